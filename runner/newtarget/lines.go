package newtarget

import (
	"fmt"

	"github.com/acsconform/acsconform/schemas"
)

const head = `# What conform run tests. Every key is described by: conform schema target
# A line that begins with "# key:" is an example: take the # away, and put in what your service has.

`

const keys = `
# Keys. Without the key called default, the environment is looked at: ALIBABA_CLOUD_ACCESS_KEY_ID and
# ALIBABA_CLOUD_ACCESS_KEY_SECRET. ${NAME} takes a value from the environment, so that no secret is in this file.
# credentials:
#   default: {access_key_id: "${KEY_ID}", access_key_secret: "${KEY_SECRET}"}
#   inactive: {access_key_id: "${INACTIVE_ID}", access_key_secret: "${INACTIVE_SECRET}"}   # disabled
#   sts: {access_key_id: "${STS_ID}", access_key_secret: "${STS_SECRET}", security_token: "${STS_TOKEN}"}   # temporary
#   sts_expired: {access_key_id: "${OLD_ID}", access_key_secret: "${OLD_SECRET}", security_token: "${OLD_TOKEN}"}   # no longer valid

# What cases need beside the harmless call. Each of these may change something: name what does no harm.
`

const way = `
# How it is reached.
%s# limits: {concurrency: 16, rate: 50, timeout: 10s}   # rate in requests a second
# headers: {X-Route: blue}   # sent with every request
# resolve: [10.0.0.1, "10.0.0.2:8443"]   # the addresses of one balancer
# window: 15m   # the clock window, where it is not the document's

# skip: [{case: throttled-burst, reason: the environment is shared}]   # what is left out, and why
`

// tlsExample is for addresses that are spoken to over TLS; with others the key is refused.
const tlsExample = "# tls: {server_name: api.example.test}   # also ca, cert and key: PEM files, named from the folder of this file\n"

// calls are the examples of further calls: by their names, and in style roa by their paths.
func (s Start) calls() string {
	call := func(action, method, path string) string {
		if s.Style == schemas.ROA {
			return "method: " + method + ", path: " + path
		}
		return "action: " + action
	}
	text := fmt.Sprintf("# recipes: [{code: InvalidInstanceId.NotFound, status: 404, %s}]   # what leads to a row of the table\n", call("StopInstance", "GET", "/instances/i-none"))
	if s.Style != schemas.RPC {
		text += "# body_request: {method: POST, path: /instances, body: '{\"name\":\"a\"}', content_type: application/json}   # a call with a body\n"
	}
	text += fmt.Sprintf("# idempotency: {%s, token_param: ClientToken}   # a call that takes a client token\n", call("CreateInstance", "POST", "/instances"))
	text += fmt.Sprintf("# tls_only: {%s}   # a call that is refused over plain HTTP\n", call("GetSecret", "GET", "/secret"))
	if s.Of != nil && s.Of.Operations != nil {
		text += "# operations: read   # call every operation that is published as read-only\n"
	}
	return text
}
