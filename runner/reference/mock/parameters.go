package mock

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
)

// parameters are what a call was made with, by their names in the spelling of [spelling]. A list of one item is that item.
type parameters map[string]string

// spelling returns a name as it is compared: results of products that are called by path write cluster_id what is ClusterId
// elsewhere.
func spelling(name string) string { return strings.ToLower(separators.Replace(name)) }

var separators = strings.NewReplacer("_", "", "-", "")

// parametersOf gathers those of the query and the form, of the path, and of a body that is a JSON object.
func parametersOf(c *server.Call) parameters {
	all := parameters{}
	several := map[string]bool{}
	for _, p := range c.Params() {
		if slices.Contains(server.PublicNames, p.Name) {
			continue
		}
		name, _, numbered := strings.Cut(p.Name, ".")
		if numbered && !strings.HasSuffix(p.Name, ".1") {
			several[spelling(name)] = true
		}
		all.take(name, p.Value)
	}
	for name, value := range c.PathParams() {
		all.take(name, unescaped(value))
	}
	if !server.IsForm(c.Header) {
		var object map[string]any
		if json.Unmarshal(c.Body, &object) == nil {
			for name, value := range object {
				if text, ok := value.(string); ok {
					all.take(name, text)
				}
			}
		}
	}
	maps.DeleteFunc(all, func(name, _ string) bool { return several[name] })
	return all
}

// take keeps the first value of a name. A JSON list of one text, as InstanceIds is written, is that text by the name of one.
func (all parameters) take(name, value string) {
	name = spelling(name)
	var list []string
	if strings.HasSuffix(name, "s") && strings.HasPrefix(value, "[") && json.Unmarshal([]byte(value), &list) == nil {
		if len(list) != 1 {
			return
		}
		name, value = strings.TrimSuffix(name, "s"), list[0]
	}
	if _, there := all[name]; !there && value != "" {
		all[name] = value
	}
}
