package preview

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/redact"
	"github.com/acsconform/acsconform/schemas"
)

// Way describes in lines how a target is reached, where its file says more than the address: what goes with every request, how
// TLS is spoken, and which addresses a balancer has.
func Way(t *schemas.Target) (lines []string) {
	printf := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	for _, name := range slices.Sorted(maps.Keys(t.Headers)) {
		signed := ""
		if strings.HasPrefix(strings.ToLower(name), "x-acs-") && t.Style != schemas.RPC && t.Style != "" {
			signed = ", signed"
		}
		printf("with every request%s: %s: %s", signed, name, redact.Header(name, t.Headers[name]))
	}
	for _, part := range []struct{ says, value string }{
		{"authorities beside the system's", t.TLS.CA}, {"client certificate", t.TLS.Cert}, {"its key", t.TLS.Key}, {"server name", t.TLS.ServerName},
	} {
		if part.value != "" {
			printf("TLS, %s: %s", part.says, part.value)
		}
	}
	for i, address := range t.Resolve {
		when := "in cases of several addresses"
		if i == 0 {
			when = "by default"
		}
		printf("address %s: connected to %s", address, when)
	}
	if len(t.SignedBy) > 0 {
		printf("signature methods beside the document's: %s", strings.Join(t.SignedBy, ", "))
	}
	return lines
}
