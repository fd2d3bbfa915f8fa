package server

import (
	"encoding/json"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// Kinds are the definitions that the published kinds of a product refer to, by their names.
type Kinds map[string]*schemas.Kind

// KindsOf returns the published kind of what an operation answers, and what it refers to; both are nil where nothing is published.
func KindsOf(p *schemas.Profile, a *Action) (*schemas.Kind, Kinds) {
	if a == nil || a.Operation == nil || p.Operations == nil {
		return nil, nil
	}
	return a.Published().Result, p.Operations.Definitions
}

// Of follows a kind to what it refers to. It is never nil.
func (k Kinds) Of(kind *schemas.Kind) *schemas.Kind {
	for n := 0; kind != nil && kind.Ref != "" && n < schemas.MaxKindDepth; n++ {
		kind = k[kind.Ref]
	}
	if kind == nil {
		return &schemas.Kind{}
	}
	return kind
}

// Value returns a text as a value of a kind, and as a text where nothing is published of it or it is no such value.
func (k Kinds) Value(text string, kind *schemas.Kind) any {
	switch k.Of(kind).Name {
	case schemas.KindNumber:
		if json.Valid([]byte(text)) && strings.ContainsAny(text[:1], "-0123456789") {
			return json.Number(text)
		}
	case schemas.KindBoolean:
		if text == "true" || text == "false" {
			return text == "true"
		}
	}
	return text
}
