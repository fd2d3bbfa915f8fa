package schemas

import (
	"encoding/json"
	"fmt"
)

// A Kind is the published JSON kind of a result or of a part of one. In a file it is short: "string", "number", "boolean",
// "object", "array" and "any" are themselves, "#Name" refers to a definition, a list of one kind is an array of it, and an
// object has the kinds of its members.
type Kind struct {
	Name    string           // string, number, boolean, object, array; empty: nothing is published of it, or it is not held against anybody
	Members map[string]*Kind // of an object
	Items   *Kind            // of an array; nil: nothing is published of them
	Ref     string           // the name of a definition; the rest is empty then
}

// The kinds, as JSON has them.
const (
	KindString  = "string"
	KindNumber  = "number"
	KindBoolean = "boolean"
	KindObject  = "object"
	KindArray   = "array"
	kindAny     = "any"
)

// MaxKindDepth bounds how deep a published result is followed.
const MaxKindDepth = 64

// MarshalJSON writes the short form.
func (k *Kind) MarshalJSON() ([]byte, error) {
	switch {
	case k.Ref != "":
		return json.Marshal("#" + k.Ref)
	case k.Name == KindObject && len(k.Members) > 0:
		return json.Marshal(k.Members)
	case k.Name == KindArray && k.Items != nil:
		return json.Marshal([]*Kind{k.Items})
	case k.Name == "":
		return json.Marshal(kindAny)
	}
	return json.Marshal(k.Name)
}

// UnmarshalJSON reads the short form.
func (k *Kind) UnmarshalJSON(text []byte) error {
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		return err
	}
	read, err := kindOf(value, MaxKindDepth)
	if err != nil {
		return err
	}
	*k = *read
	return nil
}

// kindOf reads a kind of at most that depth.
func kindOf(value any, depth int) (*Kind, error) {
	if depth == 0 {
		return nil, fmt.Errorf("a result is deeper than %d", MaxKindDepth)
	}
	switch v := value.(type) {
	case string:
		return kindNamed(v)
	case []any:
		if len(v) != 1 {
			return nil, fmt.Errorf("the kind of an array has %d items, want one", len(v))
		}
		items, err := kindOf(v[0], depth-1)
		return &Kind{Name: KindArray, Items: items}, err
	case map[string]any:
		k := &Kind{Name: KindObject, Members: map[string]*Kind{}}
		for name, member := range v {
			of, err := kindOf(member, depth-1)
			if err != nil {
				return nil, err
			}
			k.Members[name] = of
		}
		return k, nil
	}
	return nil, fmt.Errorf("a kind is %T, want a word, a list of one kind, or the kinds of members", value)
}

func kindNamed(word string) (*Kind, error) {
	switch {
	case word == KindString, word == KindNumber, word == KindBoolean, word == KindObject, word == KindArray:
		return &Kind{Name: word}, nil
	case word == kindAny:
		return &Kind{}, nil
	case len(word) > 1 && word[0] == '#':
		return &Kind{Ref: word[1:]}, nil
	}
	return nil, fmt.Errorf("no kind is called %q (want string, number, boolean, object, array, any, or #Name)", word)
}
