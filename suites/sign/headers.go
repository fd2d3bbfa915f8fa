package sign

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// joined returns the values of every field of that name, trimmed and joined by a comma, as one line of canonical
// headers returns them.
func joined(header schemas.Header, name string) string {
	var values []string
	for _, f := range header {
		if strings.EqualFold(f.Name, name) {
			values = append(values, strings.TrimSpace(f.Value))
		}
	}
	return strings.Join(values, ",")
}

// acsNames returns the names of the x-acs-* fields in lower case, sorted, each once.
func acsNames(header schemas.Header) []string {
	var names []string
	for _, f := range header {
		if name := strings.ToLower(f.Name); strings.HasPrefix(name, "x-acs-") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
