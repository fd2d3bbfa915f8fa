package newprofile

import (
	"cmp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/acsconform/acsconform/schemas"
)

// values returns the lines of every key: values where the file needs them, examples elsewhere.
func (s Start) values() map[string]string {
	title := strings.ToUpper(s.Name[:1]) + strings.ReplaceAll(s.Name[1:], "-", " ")
	base, example := s.Base, ""
	if base == nil {
		base = least()
	} else if !s.Full {
		example = "#"
	}
	v := map[string]string{
		"name": pair("", "name", s.Name), "title": pair("", "title", title),
		"source":         pair(example, "source", base.Source),
		"formats":        pair(example, "formats", base.Formats),
		"default_format": pair(example, "default_format", cmp.Or(base.DefaultFormat, base.Formats[0])),
		"styles":         pair(example, "styles", base.Styles),
		"methods":        pair(example, "methods", base.Methods),
		"request":        pair(example, "request", base.Request),
		"envelope":       under(example, "envelope", base.Envelope),
		"window":         s.window(example, base),
		"clauses":        pair("#", "clauses", base.Clauses),
		"silent":         pair(example, "silent", base.Silent),
		"serves":         pair(example, "serves", base.Serves),
		"ignores":        pair(example, "ignores", base.Ignores),
		"inapplicable":   pair(example, "inapplicable", base.Inapplicable),
		"tolerates":      under(example, "tolerates", base.Tolerates),
		"aliases":        under(example, "aliases", base.Aliases),
	}
	if base.Request.Action == "" {
		v["request"] = pair("#", "request", least().Request)
	}
	if base.DefaultFormat == "" {
		v["default_format"] = pair("#", "default_format", base.Formats[0])
	}
	switch {
	case s.Base == nil:
		v["like"], v["codes"] = pair("#", "like", "gateway"), rows("", base.Codes)
	case s.Full:
		v["like"], v["codes"] = pair("", "like", likeOf(base)), rows("", base.Codes)
		if len(base.Observed) > 0 {
			v["like"], v["clauses"] = pair("#", "like", "gateway"), pair("", "clauses", base.Clauses)
			v["observed"] = "observed:" + strings.TrimPrefix(rows("", base.ObservedRows()), "codes:")
		}
	default:
		v["extends"], v["like"] = pair("", "extends", s.Extends), pair("#", "like", likeOf(base))
		v["drops"], v["codes"] = s.changes()
	}
	return v
}

// changes returns an example of a row that is dropped, one whose status is changed, and one that is added.
func (s Start) changes() (drops, codes string) {
	alone := slices.DeleteFunc(slices.Clone(s.Base.Codes), func(r schemas.Row) bool {
		n := 0
		for _, other := range s.Base.Codes {
			if other.Code == r.Code {
				n++
			}
		}
		return n > 1
	})
	drops = "#drops: []"
	if n := len(alone) - 1; n > 0 {
		drops = "#drops:\n#  - " + flow(schemas.Drop{Code: alone[n].Code})
	}
	list := []schemas.Row{{Code: "NoSuchThing", Status: schemas.Exactly(404), Message: "The specified thing does not exist."}}
	codes = rows("#", list)
	if len(alone) > 0 {
		codes += "\n#  - " + flow(map[string]any{"code": alone[0].Code, "status": 418, "was": alone[0].Status})
	}
	return drops, codes
}

func (s Start) window(example string, base *schemas.Profile) string {
	if base.Window > 0 {
		return pair(example, "window", base.Window)
	}
	return pair("#", "window", "15m")
}

func likeOf(base *schemas.Profile) string {
	if len(base.Observed) > 0 && base.Like == "" {
		return "gateway" // by whose clauses nothing observed is judged; it is an example
	}
	return cmp.Or(base.Like, base.Name)
}

// pair writes a key and its value in one line.
func pair(example, key string, value any) string { return example + key + ": " + flow(value) }

// under writes a key and, in lines of their own, the members of its value.
func under(example, key string, value any) string {
	text, err := yaml.Marshal(value)
	if err != nil {
		panic(err) // texts and lists of them always encode
	}
	var n yaml.Node
	if err := yaml.Unmarshal(text, &n); err != nil {
		panic(err)
	}
	if len(n.Content) == 0 || len(n.Content[0].Content) == 0 {
		return "#" + key + ": {}"
	}
	lines := []string{example + key + ":"}
	members := n.Content[0].Content
	for i := 0; i < len(members); i += 2 {
		lines = append(lines, example+"  "+members[i].Value+": "+flowNode(members[i+1]))
	}
	return strings.Join(lines, "\n")
}

// rows writes a table, a row a line.
func rows(example string, list []schemas.Row) string {
	if len(list) == 0 {
		return example + "codes: []"
	}
	lines := []string{example + "codes:"}
	for _, r := range list {
		lines = append(lines, example+"  - "+flow(r))
	}
	return strings.Join(lines, "\n")
}

// flow writes a value in one line of YAML.
func flow(value any) string {
	var n yaml.Node
	if err := n.Encode(value); err != nil {
		panic(err) // as above
	}
	return flowNode(&n)
}

func flowNode(n *yaml.Node) string {
	n.Style |= yaml.FlowStyle
	for _, child := range n.Content {
		child.Style = 0
		if child.Kind != yaml.ScalarNode {
			child.Style = yaml.FlowStyle
		}
	}
	text, err := yaml.Marshal(n)
	if err != nil {
		panic(err)
	}
	return strings.TrimSuffix(string(text), "\n")
}
