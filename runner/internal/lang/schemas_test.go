package lang

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas/file"
)

// What the schemas of the files that people write say of a value is shown where the value is missing or wrong, and has a
// translation; no translation is of another text.
func TestWhatSchemasSayIsTranslated(t *testing.T) {
	translated, said := read(shapes), map[string]bool{}
	for _, kind := range []file.Kind{file.Profile, file.Target, file.Known, file.Map, file.Answers} {
		var root map[string]any
		if err := json.Unmarshal(file.Schema(kind), &root); err != nil {
			t.Fatal(err)
		}
		schemaTexts{root, said, map[string]bool{}}.walk("", root, false)
	}
	for text := range said {
		if translated[text] == "" {
			t.Errorf("%q of a schema has no translation in runner/internal/lang/zh/schemas.json", text)
		}
	}
	for text := range translated {
		if !said[text] {
			t.Errorf("schemas.json has %q, which no schema shows of a value; remove it", text)
		}
	}
	t.Logf("%d texts", len(said))
}

// schemaTexts gathers what is said of values that may be missing or wrong in themselves.
type schemaTexts struct {
	root map[string]any
	said map[string]bool
	seen map[string]bool // references
}

func (s schemaTexts) walk(name string, place map[string]any, wanted bool) {
	if ref, _ := place["$ref"].(string); ref != "" {
		if s.seen[ref] && !wanted {
			return
		}
		s.seen[ref] = true
		there := any(s.root)
		for _, step := range strings.Split(ref, "/")[1:] {
			there = there.(map[string]any)[step]
		}
		for key, value := range there.(map[string]any) {
			if _, own := place[key]; !own {
				place[key] = value
			}
		}
		delete(place, "$ref")
	}
	for _, key := range []string{"pattern", "minLength", "maxLength", "minItems", "maxItems", "enum", "const", "format"} {
		if _, bound := place[key]; bound {
			wanted = true
		}
	}
	if text, _ := place["description"].(string); text != "" && (wanted || name == "propertyNames") {
		text, _, _ = strings.Cut(text, ". ")
		s.said[strings.TrimSuffix(text, ".")] = true
	}
	required := map[string]bool{}
	s.require(place, required)
	for _, key := range []string{"items", "additionalProperties", "propertyNames", "if", "then", "else", "not"} {
		if below, ok := place[key].(map[string]any); ok {
			s.walk(key, below, false)
		}
	}
	for _, key := range []string{"allOf", "anyOf", "oneOf"} {
		list, _ := place[key].([]any)
		for _, one := range list {
			s.walk("", one.(map[string]any), false)
		}
	}
	properties, _ := place["properties"].(map[string]any)
	for key, below := range properties {
		if below, ok := below.(map[string]any); ok {
			s.walk(key, below, required[key])
		}
	}
}

// require notes the keys that a place, or a part of what it says, requires.
func (s schemaTexts) require(place map[string]any, required map[string]bool) {
	list, _ := place["required"].([]any)
	for _, key := range list {
		required[key.(string)] = true
	}
	for _, key := range []string{"allOf", "anyOf", "oneOf"} {
		parts, _ := place[key].([]any)
		for _, one := range parts {
			s.require(one.(map[string]any), required)
		}
	}
	for _, key := range []string{"if", "then", "else", "not"} {
		if below, ok := place[key].(map[string]any); ok {
			s.require(below, required)
		}
	}
}
