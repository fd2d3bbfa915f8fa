package body

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/xeipuuv/gojsonschema"

	"github.com/acsconform/acsconform/schemas"
)

// resultSchema is as much of draft-07 as published kinds need.
type resultSchema struct {
	Schema      string                   `json:"$schema,omitempty"`
	Ref         string                   `json:"$ref,omitempty"`
	Type        []string                 `json:"type,omitempty"`
	Properties  map[string]*resultSchema `json:"properties,omitempty"`
	Items       *resultSchema            `json:"items,omitempty"`
	Definitions map[string]*resultSchema `json:"definitions,omitempty"`
}

// ResultSchema returns the JSON Schema of what a success of the operation carries; nil where nothing is published of it.
// Members may be missing or null, and others are allowed: it concerns kinds alone.
func ResultSchema(list *schemas.Operations, o *schemas.Operation) []byte {
	if o.Result == nil || o.Result.Name == "" && o.Result.Ref == "" {
		return nil
	}
	m := resultMaker{list: list, names: map[string]string{}, made: map[string]*resultSchema{}}
	s := m.of(o.Result)
	if len(m.made) > 0 {
		s = &resultSchema{Properties: s.Properties, Type: s.Type, Items: s.Items, Ref: s.Ref, Definitions: m.made}
	}
	s.Schema = draft07
	text, err := json.Marshal(s)
	if err != nil {
		return nil
	}
	return text
}

// resultMaker numbers the definitions that an operation refers to: their published names need not be what a reference in a
// JSON Schema may be made of.
type resultMaker struct {
	list  *schemas.Operations
	names map[string]string
	made  map[string]*resultSchema
}

func (m *resultMaker) of(k *schemas.Kind) *resultSchema {
	switch {
	case k == nil:
		return &resultSchema{}
	case k.Ref != "":
		return m.referred(k.Ref)
	case k.Name == "":
		return &resultSchema{}
	}
	s := &resultSchema{Type: []string{k.Name, "null"}}
	for _, name := range slices.Sorted(maps.Keys(k.Members)) {
		if s.Properties == nil {
			s.Properties = map[string]*resultSchema{}
		}
		s.Properties[name] = m.of(k.Members[name])
	}
	if k.Items != nil {
		s.Items = m.of(k.Items)
	}
	return s
}

func (m *resultMaker) referred(name string) *resultSchema {
	to := m.list.Definitions[name]
	for range schemas.MaxKindDepth { // a definition that is nothing but another one, or itself, makes no schema
		if to == nil || to.Ref == "" {
			break
		}
		to = m.list.Definitions[to.Ref]
	}
	if to == nil || to.Ref != "" || to.Name == "" {
		return &resultSchema{}
	}
	number, known := m.names[name]
	if !known {
		number = fmt.Sprintf("d%d", len(m.names))
		m.names[name] = number
		m.made[number] = m.of(to)
	}
	return &resultSchema{Ref: "#/definitions/" + number}
}

// Results holds the results of operations against their published kinds. It is safe for use by many goroutines.
type Results struct {
	list     *schemas.Operations
	compiled sync.Map // *gojsonschema.Schema by the name of the operation; nil where nothing is published
}

// NewResults returns the checker of a product's operations, which may be nil. A schema is compiled when it is first asked
// for.
func NewResults(list *schemas.Operations) *Results { return &Results{list: list} }

// Check returns in words which members of a JSON result have another kind than the published one, and what they should be;
// ok is false when nothing can be said of it.
func (r *Results) Check(operation string, text []byte) (got, want string, ok bool) {
	o := r.list.Named(operation)
	if o == nil {
		return "", "", false
	}
	schema := r.schema(o)
	if schema == nil {
		return "", "", false
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var value any
	if d.Decode(&value) != nil {
		return "", "", false
	}
	result, err := validated(schema, tame(value))
	if err != nil {
		return "", "", false
	}
	return sayKinds(result.Errors())
}

func (r *Results) schema(o *schemas.Operation) *gojsonschema.Schema {
	if made, ok := r.compiled.Load(o.Name); ok {
		return made.(*gojsonschema.Schema)
	}
	var schema *gojsonschema.Schema
	if text := ResultSchema(r.list, o); text != nil {
		loader := gojsonschema.NewSchemaLoader()
		loader.Draft, loader.AutoDetect = gojsonschema.Draft7, false
		schema, _ = loader.Compile(gojsonschema.NewBytesLoader(text))
	}
	r.compiled.Store(o.Name, schema)
	return schema
}

// validated keeps the validator from taking the process down with it.
func validated(schema *gojsonschema.Schema, value any) (result *gojsonschema.Result, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("cannot be checked: %v", r)
		}
	}()
	return schema.Validate(gojsonschema.NewRawLoader(value))
}

// tame replaces numbers, whose size is nothing to kinds and much to the validator.
func tame(value any) any {
	switch v := value.(type) {
	case json.Number:
		return json.Number("0")
	case map[string]any:
		for name, member := range v {
			v[name] = tame(member)
		}
	case []any:
		for i, item := range v {
			v[i] = tame(item)
		}
	}
	return value
}

// manyKinds is how many members are named; of more there is a count.
const manyKinds = 4

// sayKinds words what is of another kind, in an order of its own: the validator's differs from one process to the next.
func sayKinds(errors []gojsonschema.ResultError) (got, want string, ok bool) {
	var found [][3]string // where, given, expected
	for _, e := range errors {
		if e.Type() != "invalid_type" {
			continue
		}
		details := e.Details()
		given, _ := details["given"].(string)
		expected, _ := details["expected"].(string)
		expected, _, _ = strings.Cut(strings.NewReplacer("[", "", "]", "").Replace(expected), ",")
		found = append(found, [3]string{sayWhere(e.Field()), kindWord(given), kindWord(expected)})
	}
	slices.SortFunc(found, func(a, b [3]string) int { return slices.Compare(a[:], b[:]) })
	found = slices.CompactFunc(found, func(a, b [3]string) bool { return a[0] == b[0] && a[1] == b[1] })
	var gots, wants []string
	for _, f := range found[:min(len(found), manyKinds)] {
		gots = append(gots, f[0]+" is "+f[1])
		wants = append(wants, f[0]+", "+f[2])
	}
	if more := len(found) - manyKinds; more > 0 {
		gots = append(gots, fmt.Sprintf("%d more", more))
	}
	return strings.Join(gots, "; "), strings.Join(wants, "; "), true
}

// sayWhere writes a path with [] for any index: Books[].Pages.
func sayWhere(field string) string {
	if field == "(root)" {
		return "the result"
	}
	var b strings.Builder
	for part := range strings.SplitSeq(field, ".") {
		if part != "" && strings.Trim(part, "0123456789") == "" {
			b.WriteString("[]")
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(part)
	}
	return b.String()
}

func kindWord(kind string) string {
	switch kind {
	case "integer", "number":
		return "a number"
	case "string", "boolean":
		return "a " + kind
	case "object", "array":
		return "an " + kind
	}
	return kind
}
