package recording

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/redact"
	"github.com/acsconform/acsconform/runner/reference/internal/server"
)

// Params are what a recorded call is known by: all its parameters in query, form, path and a JSON body, but for the public
// ones, which change with every request or name a key, and for secrets.
func Params(c *server.Call) map[string]string {
	all := map[string]string{}
	add := func(name, value string) {
		if slices.Contains(server.PublicNames, name) || redact.IsSecret(name) || redact.Shapes(value) != value {
			return
		}
		if before, there := all[name]; there {
			value = before + "," + value
		}
		all[name] = value
	}
	for _, p := range c.Params() {
		add(p.Name, p.Value)
	}
	for name, value := range c.PathParams() {
		add(name, value)
	}
	if !server.IsForm(c.Header) {
		for name, value := range objectOf(c.Body) {
			add(name, compact(value))
		}
	}
	withoutPartners(all)
	return all
}

// withoutPartners deletes the values of pairs of which the key is the name of a secret.
func withoutPartners(all map[string]string) {
	for name, value := range all {
		if partner := redact.Partner(name, value); partner != "" {
			maps.DeleteFunc(all, func(name, _ string) bool { return strings.EqualFold(name, partner) })
		}
	}
}

// compact writes a member of a body as a text: always the same for the same value.
func compact(value any) string {
	if text, ok := value.(string); ok {
		return text
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	_ = e.Encode(value) // it came from JSON
	return strings.TrimSpace(out.String())
}
