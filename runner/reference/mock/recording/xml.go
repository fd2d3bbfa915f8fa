package recording

import (
	"strings"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// objectOfXML returns a body in XML as the object that is served for it in either format, and nil where it is not sound.
// Values have their published kinds. Where none is published they are texts, and a list is known by its repeated element.
func objectOfXML(text []byte, kind *schemas.Kind, kinds server.Kinds) map[string]any {
	root := body.Tree(text)
	if root == nil {
		return nil
	}
	if object, ok := valueOf(root, kind, kinds).(map[string]any); ok {
		return object
	}
	return map[string]any{} // it is a root with a text alone, or with nothing
}

// valueOf returns an object where elements are in the element, else a value. Text between elements has no place in JSON.
func valueOf(e *body.Node, kind *schemas.Kind, kinds server.Kinds) any {
	kind = kinds.Of(kind)
	switch {
	case len(e.Children) > 0:
		object := map[string]any{}
		for i := range e.Children {
			addTo(object, &e.Children[i], kind.Members[e.Children[i].Name], kinds)
		}
		return object
	case kind.Name == schemas.KindObject && strings.TrimSpace(e.Text) == "":
		return map[string]any{}
	}
	return kinds.Value(e.Text, kind)
}

// addTo puts an element into an object: as the value of its name, or as one more item of the list of that name.
func addTo(object map[string]any, e *body.Node, kind *schemas.Kind, kinds server.Kinds) {
	kind = kinds.Of(kind)
	before, repeated := object[e.Name]
	if kind.Name == schemas.KindArray {
		list, _ := before.([]any)
		object[e.Name] = append(list, valueOf(e, kind.Items, kinds))
		return
	}
	value := valueOf(e, kind, kinds)
	switch list, several := before.([]any); {
	case several:
		object[e.Name] = append(list, value)
	case repeated:
		object[e.Name] = []any{before, value}
	default:
		object[e.Name] = value
	}
}
