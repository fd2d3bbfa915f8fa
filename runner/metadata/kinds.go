package metadata

import (
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// kinds turns published schemas into kinds, and keeps the definitions that they refer to.
type kinds struct {
	published   map[string]*schema
	definitions map[string]*schemas.Kind
}

const refPrefix = "#/components/schemas/"

// of returns the kind of a schema, followed no deeper than depth.
func (k *kinds) of(s *schema, depth int) *schemas.Kind {
	if s == nil || depth == 0 {
		return &schemas.Kind{}
	}
	if s.Ref != "" {
		return k.referred(string(s.Ref))
	}
	switch name := kindNames[strings.ToLower(string(s.Type))]; {
	case name == schemas.KindObject, name == "" && s.Type == "" && len(s.Properties) > 0:
		kind := &schemas.Kind{Name: schemas.KindObject}
		for name, of := range s.Properties {
			if kind.Members == nil {
				kind.Members = map[string]*schemas.Kind{}
			}
			kind.Members[name] = k.of(of, depth-1)
		}
		return kind
	case name == schemas.KindArray:
		kind := &schemas.Kind{Name: schemas.KindArray}
		if s.Items != nil {
			kind.Items = k.of(s.Items, depth-1)
		}
		return kind
	default:
		return &schemas.Kind{Name: name}
	}
}

// kindNames returns the JSON kind of a published type; that of one which is not here can be any.
var kindNames = map[string]string{
	"string": schemas.KindString, "boolean": schemas.KindBoolean, "object": schemas.KindObject, "array": schemas.KindArray,
	"integer": schemas.KindNumber, "number": schemas.KindNumber, "long": schemas.KindNumber, "float": schemas.KindNumber, "double": schemas.KindNumber,
}

// referred returns a kind that refers to a definition, which it makes when it is met first. A definition may refer to itself.
func (k *kinds) referred(ref string) *schemas.Kind {
	name, ours := strings.CutPrefix(ref, refPrefix)
	s := k.published[name]
	if !ours || name == "" || s == nil {
		return &schemas.Kind{}
	}
	if _, made := k.definitions[name]; !made {
		k.definitions[name] = &schemas.Kind{} // for a definition that refers to itself
		*k.definitions[name] = *k.of(s, schemas.MaxKindDepth/2)
	}
	return &schemas.Kind{Ref: name}
}

// resolve follows a kind to what it refers to; the depth bounds definitions that refer to each other and to nothing else.
func (k *kinds) resolve(kind *schemas.Kind) *schemas.Kind {
	for range schemas.MaxKindDepth {
		if kind == nil || kind.Ref == "" {
			return kind
		}
		kind = k.definitions[kind.Ref]
	}
	return nil
}
