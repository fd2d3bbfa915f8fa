package recording

import (
	"bytes"
	"encoding/xml"
	"strings"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// objectOfXML returns a body in XML as the object that is served for it in either format, and nil where it is not sound.
// Values have their published kinds. Where none is published they are texts, and a list is known by its repeated element.
func objectOfXML(text []byte, kind *schemas.Kind, kinds server.Kinds) map[string]any {
	if !sound(body.Open(text)) {
		return nil
	}
	r := xmlReading{xml.NewDecoder(bytes.NewReader(text)), kinds}
	for {
		token, err := r.Token()
		if err != nil {
			return nil
		}
		if _, root := token.(xml.StartElement); root {
			value := r.element(kind)
			object, _ := value.(map[string]any)
			if object == nil && value == "" {
				object = map[string]any{}
			}
			return object
		}
	}
}

// sound reports whether a body has at most such flaws as change nothing in what it holds.
func sound(e *body.Envelope) bool {
	for _, f := range e.Faults {
		switch f.Kind {
		case body.FlawUndeclared, body.FlawLineBreaks, body.FlawBOM:
		default:
			return false
		}
	}
	return true
}

// xmlReading reads elements of a body that is well-formed and of bounded depth.
type xmlReading struct {
	*xml.Decoder
	kinds server.Kinds
}

// element reads to the end of the element that has begun: an object where elements are in it, else a value. Attributes, and
// text between elements, have no place in JSON.
func (r xmlReading) element(kind *schemas.Kind) any {
	kind = r.kinds.Of(kind)
	var text strings.Builder
	var object map[string]any
	for {
		token, err := r.Token()
		if err != nil {
			return nil
		}
		switch t := token.(type) {
		case xml.CharData:
			text.Write(t)
		case xml.StartElement:
			if object == nil {
				object = map[string]any{}
			}
			r.member(object, t.Name.Local, kind.Members[t.Name.Local])
		case xml.EndElement:
			switch {
			case object != nil:
				return object
			case kind.Name == schemas.KindObject && strings.TrimSpace(text.String()) == "":
				return map[string]any{}
			}
			return r.kinds.Value(text.String(), kind)
		}
	}
}

// member reads a child of an object: the value of its name, or one more item of the list of that name.
func (r xmlReading) member(object map[string]any, name string, kind *schemas.Kind) {
	kind = r.kinds.Of(kind)
	before, repeated := object[name]
	if kind.Name == schemas.KindArray {
		list, _ := before.([]any)
		object[name] = append(list, r.element(kind.Items))
		return
	}
	value := r.element(kind)
	switch list, several := before.([]any); {
	case several:
		object[name] = append(list, value)
	case repeated:
		object[name] = []any{before, value}
	default:
		object[name] = value
	}
}
