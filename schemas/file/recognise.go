package file

import (
	"encoding/json"
	"regexp"
	"slices"

	"go.yaml.in/yaml/v3"
)

// Written are the kinds of file that users write.
func Written() []Kind { return []Kind{Profile, Target, Known, Map, Fleet, Answers} }

// atTheTop finds the keys at the top of a YAML file that does not parse.
var atTheTop = regexp.MustCompile(`(?m)^["']?([A-Za-z_]+)["']?[ \t]*:(?:\s|$)`)

// Recognise returns which kind of file a text is, of those that users write: the one that has most of the keys at its top.
// It is false where none has any, or two have as many.
func Recognise(text []byte) (Kind, bool) {
	keys := topKeys(text)
	var found Kind
	most, alone := 0, false
	for _, kind := range Written() {
		n := hits(kind, keys)
		if n > most {
			found, most, alone = kind, n, true
		} else if n == most {
			alone = false
		}
	}
	return found, alone && most > 0
}

// hits scores how well keys fit a kind of file: a point for each key that the kind has, two for a required one, and minus one
// for each required one that is missing.
func hits(kind Kind, keys []string) int {
	if kind == Fleet && !slices.Contains(keys, "targets") && !slices.Contains(keys, "logs") {
		return 0 // its other keys are also those of other kinds
	}
	var schema struct {
		Required   []string
		Properties map[string]json.RawMessage
	}
	if json.Unmarshal(Schema(kind), &schema) != nil {
		return 0
	}
	n := -len(schema.Required)
	for _, key := range keys {
		if schema.Properties[key] != nil {
			n++
		}
		if slices.Contains(schema.Required, key) {
			n += 2
		}
	}
	return n
}

// topKeys returns the keys at the top of a file, also of one that is broken further down.
func topKeys(text []byte) []string {
	var keys []string
	if root, fault := yamlDocument("", text, MaxProfileBytes); fault == nil {
		if root.Kind != yaml.MappingNode {
			return nil
		}
		for i := 0; i < len(root.Content); i += 2 {
			keys = append(keys, root.Content[i].Value)
		}
		return keys
	}
	for _, m := range atTheTop.FindAllSubmatch(text[:min(len(text), MaxProfileBytes)], -1) {
		keys = append(keys, string(m[1]))
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}
