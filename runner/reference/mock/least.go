package mock

import (
	"encoding/json"

	"github.com/acsconform/acsconform/schemas"
)

// leastDepth is how deep objects are made that nobody has published a sample of. Definitions may refer to themselves.
const leastDepth = 6

// least returns the least object of a kind: all members, each empty or zero.
func least(definitions map[string]*schemas.Kind, kind *schemas.Kind) map[string]any {
	object, ok := leastValue(definitions, kind, leastDepth).(map[string]any)
	if !ok {
		return map[string]any{}
	}
	return object
}

// leastValue returns nil for an unknown kind, and for one that is nested too deeply.
func leastValue(definitions map[string]*schemas.Kind, kind *schemas.Kind, depth int) any {
	for n := 0; kind != nil && kind.Ref != ""; n++ {
		if n == schemas.MaxKindDepth {
			return nil
		}
		kind = definitions[kind.Ref]
	}
	if kind == nil || depth == 0 && kind.Name == schemas.KindObject {
		return nil
	}
	switch kind.Name {
	case schemas.KindObject:
		object := map[string]any{}
		for name, of := range kind.Members {
			if value := leastValue(definitions, of, depth-1); value != nil {
				object[name] = value
			}
		}
		return object
	case schemas.KindArray:
		return []any{}
	case schemas.KindNumber:
		return json.Number("0")
	case schemas.KindBoolean:
		return false
	case schemas.KindString:
		return ""
	}
	return nil
}
