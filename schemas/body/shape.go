package body

import (
	"encoding/json"
	"github.com/acsconform/acsconform/schemas"
	"slices"
)

// notBlank is the pattern of text that is more than white space, in the dialect that every reader of JSON Schema
// knows.
const notBlank = `[^ \t\r\n\f]`

// draft07 is the dialect our JSON Schemas are written in.
const draft07 = "http://json-schema.org/draft-07/schema#"

// jsonSchema is as much of draft-07 as the envelopes need. Whatever is not here is not used, so that gojsonschema,
// which passes over keywords it does not know, knows all of them. Each keyword that asserts something decides: without it,
// some body that is wrong would pass.
type jsonSchema struct {
	Schema     string                `json:"$schema,omitempty"`
	Title      string                `json:"title,omitempty"`
	Comment    string                `json:"description,omitempty"`
	Type       string                `json:"type,omitempty"`
	Pattern    string                `json:"pattern,omitempty"`
	Required   []string              `json:"required,omitempty"`
	Properties map[string]jsonSchema `json:"properties,omitempty"`
}

// ErrorSchema returns the JSON Schema of the error envelope of that shape. Members it does not name are allowed:
// services may add some.
func ErrorSchema(shape schemas.EnvelopeShape) []byte {
	members := map[string]jsonSchema{}
	for _, name := range shape.Known {
		members[name] = jsonSchema{Comment: "seen in practice; nothing is asked of it"}
	}
	for _, name := range shape.Recommended {
		members[name] = jsonSchema{Type: "string"}
	}
	for _, name := range shape.Mandatory {
		members[name] = jsonSchema{Type: "string", Pattern: notBlank}
	}
	for _, name := range shape.Numeric {
		members[name] = jsonSchema{Type: "integer"}
	}
	members[accessDenied] = jsonSchema{Type: "object"}
	return encodeSchema("Error envelope", shape.Mandatory, members)
}

// SuccessSchema returns the JSON Schema of what every success carries, whatever else is in it.
func SuccessSchema(schemas.EnvelopeShape) []byte {
	return encodeSchema("Success envelope", []string{requestID}, map[string]jsonSchema{
		requestID: {Type: "string", Pattern: notBlank},
	})
}

func encodeSchema(title string, required []string, members map[string]jsonSchema) []byte {
	required = slices.Clone(required)
	slices.Sort(required)
	text, err := json.MarshalIndent(jsonSchema{
		Schema: draft07, Title: title, Comment: "further members are allowed", Type: "object", Required: required, Properties: members,
	}, "", "  ")
	if err != nil {
		panic(err) // strings and maps of them always encode
	}
	return append(text, '\n')
}

// The members that every shape has.
const (
	requestID    = "RequestId"
	accessDenied = "AccessDeniedDetail" // the official SDKs assert that it is an object, and panic
)

// EnvelopeFiles returns the schema files of a profile, by name: the JSON Schemas of error and success and, where
// the profile answers in XML, the structures of both.
func EnvelopeFiles(p *schemas.Profile) map[string][]byte {
	files := map[string][]byte{
		p.Name + "-error.schema.json":   ErrorSchema(p.Envelope),
		p.Name + "-success.schema.json": SuccessSchema(p.Envelope),
	}
	if structure := ErrorStructure(p.Envelope); structure != nil {
		files[p.Name+"-error.xsd"] = structure
	}
	if structure := SuccessStructure(p.Envelope); structure != nil {
		files[p.Name+"-success.xsd"] = structure
	}
	return files
}
