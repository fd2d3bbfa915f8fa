package file

import (
	"fmt"
	"slices"
	"strings"
)

// schemaTree is a place in a JSON Schema: what a key or an item should be, in words and type.
type schemaTree struct {
	root map[string]any
	here map[string]any // nil where the schema says nothing
}

// resolved follows a reference into the definitions.
func (t schemaTree) resolved() schemaTree {
	name, ok := t.here["$ref"].(string)
	if !ok {
		return t
	}
	definitions, _ := t.root["definitions"].(map[string]any)
	target, _ := definitions[strings.TrimPrefix(name, "#/definitions/")].(map[string]any)
	return schemaTree{t.root, target}.resolved()
}

// key returns the part of the schema that describes a member of an object.
func (t schemaTree) key(name string) schemaTree {
	t = t.resolved()
	if properties, ok := t.here["properties"].(map[string]any); ok {
		if child, ok := properties[name].(map[string]any); ok {
			return schemaTree{t.root, child}.resolved()
		}
	}
	child, _ := t.here["additionalProperties"].(map[string]any)
	return schemaTree{t.root, child}.resolved()
}

// item returns the part of the schema that describes the items of a list.
func (t schemaTree) item() schemaTree {
	child, _ := t.resolved().here["items"].(map[string]any)
	return schemaTree{t.root, child}.resolved()
}

// at returns the part of the schema that describes what is under a path of keys and indices.
func (t schemaTree) at(path []string) schemaTree {
	for _, step := range path {
		if t = t.resolved(); t.allows("array") && !t.allows("object") {
			t = t.item()
		} else {
			t = t.key(step)
		}
	}
	return t.resolved()
}

// types lists the JSON types that the place takes; none where the schema does not say.
func (t schemaTree) types() []string {
	switch v := t.resolved().here["type"].(type) {
	case string:
		return []string{v}
	case []any:
		var names []string
		for _, name := range v {
			names = append(names, name.(string))
		}
		return names
	}
	return nil
}

func (t schemaTree) allows(kind string) bool { return slices.Contains(t.types(), kind) }

// keys lists the keys that an object may have, sorted; none where any key is allowed.
func (t schemaTree) keys() []string {
	properties, _ := t.resolved().here["properties"].(map[string]any)
	var names []string
	for name := range properties {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// choices lists the values of an enum.
func (t schemaTree) choices() []string {
	values, _ := t.resolved().here["enum"].([]any)
	var words []string
	for _, v := range values {
		word, _ := v.(string)
		words = append(words, word)
	}
	return words
}

// names returns what the schema says of the keys of an object.
func (t schemaTree) names() schemaTree {
	child, _ := t.resolved().here["propertyNames"].(map[string]any)
	return schemaTree{t.root, child}.resolved()
}

// manyChoices is how many values of an enum are listed in a message.
const manyChoices = 12

// wanted describes what one of the values of an enum would be, and which of them a text most likely misspells.
func (t schemaTree) wanted(text string) string {
	words := t.choices()
	want := alternatives(words)
	if len(words) > manyChoices || len(words) == 0 {
		want = t.says()
	}
	if like := Nearest(text, words); like != "" {
		want += fmt.Sprintf(" (did you mean %s?)", like)
	}
	return want
}

// says returns the first sentence of the place's description, which completes "want …".
func (t schemaTree) says() string {
	text, _ := t.resolved().here["description"].(string)
	text, _, _ = strings.Cut(text, ". ")
	return strings.TrimSuffix(text, ".")
}

// A KeyText is what the schema of a kind of file says of a key.
type KeyText struct {
	Says    string   // sentences that begin in lower case
	Choices []string // the values it may have, or the items of its list; none where any is allowed
	Keys    []string // the keys that may be under it, or in the items of its list, sorted
}

// Describe returns what the schema says of the key under a path of keys and indices. Where it knows none, the text is
// empty.
func Describe(kind Kind, path ...string) KeyText {
	shape, err := shapeOf(kind)
	if err != nil {
		return KeyText{}
	}
	place := shape.tree.at(path)
	text, _ := place.here["description"].(string)
	inside := place
	if place.allows("array") {
		inside = place.item()
	}
	return KeyText{text, inside.choices(), inside.keys()}
}
