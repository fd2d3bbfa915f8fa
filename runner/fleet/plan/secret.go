package plan

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/acsconform/acsconform/runner/redact"
	"github.com/acsconform/acsconform/schemas"
)

// fromEnvironment is a text that is nothing but a value of the environment.
var fromEnvironment = regexp.MustCompile(`^\$\{[A-Za-z_][A-Za-z0-9_]*\}$`)

// literal finds secrets that are written out: a fleet is kept in a database, and read by every worker.
func literal(t *schemas.Target, fault func(path []string, format string, args ...any)) {
	const remedy = "a secret is written out (write ${NAME}, and set NAME where the worker runs)"
	secret := func(value string, path ...string) {
		if value != "" && !fromEnvironment.MatchString(value) {
			fault(path, "%s", remedy)
		}
	}
	for name, c := range t.Credentials {
		secret(c.AccessKeySecret, "credentials", name, "access_key_secret")
		secret(c.SecurityToken, "credentials", name, "security_token")
	}
	named := func(values map[string]string, path ...string) {
		for name, value := range values {
			if redact.IsSecret(name) && !strings.Contains(value, "${") {
				fault(append(append([]string{}, path...), name), "%s", remedy)
			}
		}
	}
	named(t.Headers, "headers")
	named(t.Request.Params, "request", "params")
	named(t.BodyRequest.Params, "body_request", "params")
	if u, err := url.Parse(t.URL); err == nil && u.User != nil && !strings.Contains(u.User.String(), "$") {
		fault([]string{"url"}, "%s", remedy)
	}
}
