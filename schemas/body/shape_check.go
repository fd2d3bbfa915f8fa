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

	errors, successes memo
}

// Members are the members of an envelope as far as its shape depends on them: as a rule their classes, and more only of
// what is wrong. An [Envelope] is one.
type Members interface {
	Form() schemas.Format
	HasRoot(name string) bool            // of XML
	RootName() string                    // of XML
	NotAnObject() string                 // what the top of JSON is instead of an object; empty for an object
	Class(name string) Class             // of the first member of that name
	Get(name string) (Member, bool)      // the first member of that name
	Misspelt(name string) (string, bool) // see [Envelope.Misspelt]
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
func (s *Shapes) CheckError(e Members) []Violation {
	all := s.shape
	order := slices.Concat(all.Mandatory, all.Recommended, all.Numeric, []string{accessDenied})
	if e.Form() == schemas.XML {
		var found []Violation
		if !e.HasRoot(all.ErrorRoot) {
			found = append(found, wrongRoot(e.RootName(), all.ErrorRoot))
		}
		for _, name := range all.Mandatory {
			if !s.fitsXML(e, name) {
				found = append(found, s.violation(e, name))
			}
		}
		return found
	}
	return s.checkJSON(e, s.onError, &s.errors, order)
}

// CheckSuccess returns what a success envelope lacks of RequestId; nil when nothing. Its XML root is not looked at,
// since that names the action.
func (s *Shapes) CheckSuccess(e Members) []Violation {
	if e.Form() == schemas.XML {
		if !s.fitsXML(e, requestID) {
			return []Violation{s.violation(e, requestID)}
		}
		return nil
	}
	return s.checkJSON(e, s.onSuccess, &s.successes, []string{requestID})
}

// fitsXML reports an element with text in it, or with digits only where the shape asks for a number.
func (s *Shapes) fitsXML(e Members, name string) bool {
	class := e.Class(name)
	return class == Digits || class == FilledText && !s.numeric(name)
}

// checkJSON lets the schema say which members are wrong, and finds its own words for each.
func (s *Shapes) checkJSON(e Members, schema func() *gojsonschema.Schema, m *memo, order []string) []Violation {
	top := e.NotAnObject()
	wrong, err := m.of(classesOf(e, top, order), func() ([]string, error) { return failing(schema(), tree(e, top, order)) })
	if err != nil {
		return []Violation{{Kind: ViolatesRoot, Got: "a body that no schema can be held against", Want: "one JSON object"}}
	}
	var found []Violation
	if top != "" && slices.Contains(wrong, "") {
		found = append(found, Violation{Kind: ViolatesRoot, Got: top, Want: "one JSON object"})
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

// tree is the JSON of an envelope as deep as the schemas look: an object with the named members, each of them the like of
// what the envelope has, and an array for a top that is no object, whatever else it is. Schemas ask for kinds, for more than
// white space, and for plain integers, so that 404.0 and 4e2 do not pass and no exponent is ever expanded.
func tree(e Members, top string, names []string) any {
	if top != "" {
		return []any{}
	}
	object := make(map[string]any, len(names))
	for _, name := range names {
		if class := e.Class(name); class != Absent {
			object[name] = likes[class]
		}
	}
	return object
}

// likes has a value of each class of JSON.
var likes = [...]any{
	BlankString: " ", FilledString: "text", Integer: json.Number("400"), OtherNumber: json.Number("0.5"), Bool: true, Null: nil,
	Object: map[string]any{}, Array: []any{},
}

func (s *Shapes) numeric(name string) bool { return slices.Contains(s.shape.Numeric, name) }
