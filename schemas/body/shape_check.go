package body

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/acsconform/acsconform/schemas"
	"github.com/xeipuuv/gojsonschema"
)

// Shapes holds envelopes against one shape. It is safe for use by many goroutines.
type Shapes struct {
	shape     schemas.EnvelopeShape
	onError   func() *gojsonschema.Schema
	onSuccess func() *gojsonschema.Schema
}

// NewShapes returns the checker of a shape. Its JSON Schemas are compiled when the first JSON envelope comes.
func NewShapes(shape schemas.EnvelopeShape) *Shapes {
	return &Shapes{
		shape:     shape,
		onError:   sync.OnceValue(func() *gojsonschema.Schema { return compile(ErrorSchema(shape)) }),
		onSuccess: sync.OnceValue(func() *gojsonschema.Schema { return compile(SuccessSchema(shape)) }),
	}
}

// compile takes a schema that this package derived, which always compiles.
func compile(schema []byte) *gojsonschema.Schema {
	compiled, err := gojsonschema.NewSchema(gojsonschema.NewBytesLoader(schema))
	if err != nil {
		panic(fmt.Sprintf("derived schema: %v", err))
	}
	return compiled
}

// CheckError returns what of an error envelope does not have the shape, in the order of the shape; nil when all
// does. An envelope whose root is wrong is checked for its members too, but one that is no object is not.
func (s *Shapes) CheckError(e *Envelope) []Violation {
	all := s.shape
	order := slices.Concat(all.Mandatory, all.Recommended, all.Numeric, []string{accessDenied})
	switch {
	case e == nil:
		return []Violation{noEnvelope}
	case e.Format == schemas.XML:
		var found []Violation
		if e.Root != all.ErrorRoot {
			found = append(found, wrongRoot(e.Root, all.ErrorRoot))
		}
		for _, name := range all.Mandatory {
			if !s.fitsXML(e, name) {
				found = append(found, s.violation(e, name))
			}
		}
		return found
	}
	return s.checkJSON(e, s.onError(), order)
}

// CheckSuccess returns what a success envelope lacks of RequestId; nil when nothing. Its XML root is not looked at,
// since that names the action.
func (s *Shapes) CheckSuccess(e *Envelope) []Violation {
	switch {
	case e == nil:
		return []Violation{noEnvelope}
	case e.Format == schemas.XML:
		if !s.fitsXML(e, requestID) {
			return []Violation{s.violation(e, requestID)}
		}
		return nil
	}
	return s.checkJSON(e, s.onSuccess(), []string{requestID})
}

// fitsXML reports an element with text in it, or with digits only where the shape asks for a number.
func (s *Shapes) fitsXML(e *Envelope, name string) bool {
	m, ok := e.Get(name)
	switch {
	case !ok || m.Kind != KindText:
		return false
	case s.numeric(name):
		return isDigits(m.Text)
	}
	return !isBlank(m.Text)
}

// checkJSON lets the schema say which members are wrong, and finds its own words for each.
func (s *Shapes) checkJSON(e *Envelope, schema *gojsonschema.Schema, order []string) []Violation {
	wrong, err := failing(schema, tree(e))
	if err != nil {
		return []Violation{{Kind: ViolatesRoot, Got: "a body that no schema can be held against", Want: "one JSON object"}}
	}
	var found []Violation
	if i := slices.IndexFunc(e.Faults, isNotAnObject); i >= 0 && slices.Contains(wrong, "") {
		found = append(found, Violation{Kind: ViolatesRoot, Got: e.Faults[i].Text, Want: "one JSON object"})
	}
	for i, name := range order {
		if slices.Contains(wrong, name) && !slices.Contains(order[:i], name) {
			found = append(found, s.violation(e, name))
		}
	}
	return found
}

// failing names the members of a tree that a schema objects to; the tree itself is "". A panic of the schema library comes
// back as an error.
func failing(schema *gojsonschema.Schema, tree any) (wrong []string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("schema check: %v", p)
		}
	}()
	result, err := schema.Validate(gojsonschema.NewRawLoader(tree))
	if err != nil || result.Valid() {
		return nil, err
	}
	for _, e := range result.Errors() {
		if _, ok := e.(*gojsonschema.RequiredError); ok {
			name, _ := e.Details()["property"].(string)
			wrong = append(wrong, name)
			continue
		}
		_, name, _ := strings.Cut(e.Context().String("\x00"), "\x00")
		wrong = append(wrong, name)
	}
	return wrong, nil
}

// tree is the JSON of an envelope as deep as the schemas look; an array for a top that is no object, whatever else it is.
// A number that is not written as a plain integer is replaced by one that is none, so that 404.0 and 4e2 do not pass and no
// exponent is ever expanded.
func tree(e *Envelope) any {
	if slices.ContainsFunc(e.Faults, isNotAnObject) {
		return []any{}
	}
	object := make(map[string]any, len(e.Members))
	for _, m := range e.Members {
		if _, repeated := object[m.Name]; repeated {
			continue
		}
		switch m.Kind {
		case KindString:
			object[m.Name] = m.Text
		case KindNumber:
			object[m.Name] = json.Number("0.5")
			if isInteger(m.Text) {
				object[m.Name] = json.Number(m.Text)
			}
		case KindBool:
			object[m.Name] = m.Text == "true"
		case KindNull:
			object[m.Name] = nil
		case KindArray:
			object[m.Name] = []any{}
		default:
			object[m.Name] = map[string]any{}
		}
	}
	return object
}

func isNotAnObject(f Flaw) bool { return f.Kind == FlawNotAnObject }

func isInteger(text string) bool { return len(text) < 19 && isDigits(strings.TrimPrefix(text, "-")) }

func isDigits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

func isBlank(text string) bool { return strings.Trim(text, " \t\r\n\f") == "" }

func (s *Shapes) numeric(name string) bool { return slices.Contains(s.shape.Numeric, name) }
