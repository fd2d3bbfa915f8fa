package file_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	oracle "github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

// keywords are those of draft-07 that our schemas use, each known to gojsonschema, which passes over what it does not
// know.
var keywords = []string{"$schema", "$id", "$ref", "if", "else", "propertyNames", "title", "description", "type", "properties", "additionalProperties", "required",
	"items", "minItems", "uniqueItems", "enum", "const", "pattern", "format", "minimum", "maximum", "minLength", "definitions"}

func schemaOf(t *testing.T, kind file.Kind) map[string]any {
	t.Helper()
	var root map[string]any
	if err := json.Unmarshal(file.Schema(kind), &root); err != nil {
		t.Fatalf("%s.schema.json: %v", kind, err)
	}
	return root
}

func oracleOf(t *testing.T, kind file.Kind) *oracle.Schema {
	t.Helper()
	document, err := oracle.UnmarshalJSON(bytes.NewReader(file.Schema(kind)))
	if err != nil {
		t.Fatal(err)
	}
	c := oracle.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("schema.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("schema.json")
	if err != nil {
		t.Fatalf("%s.schema.json is no schema: %v", kind, err)
	}
	return schema
}

func TestSchemasAreDraft07(t *testing.T) {
	for _, kind := range file.Kinds() {
		if schema := oracleOf(t, kind); schema.DraftVersion != 7 {
			t.Errorf("%s.schema.json is of draft %d, want 7", kind, schema.DraftVersion)
		}
		if got, want := schemaOf(t, kind)["$id"], file.SchemaID(kind); got != want {
			t.Errorf("%s.schema.json calls itself %v, want %s", kind, got, want)
		}
		if got := schemaOf(t, kind)["$schema"]; got != "http://json-schema.org/draft-07/schema#" {
			t.Errorf("%s.schema.json declares %v", kind, got)
		}
	}
	if file.Schema("no such kind") != nil {
		t.Error("a kind that there is not has a schema")
	}
}

// walkSchema calls visit for every schema in a schema, with its path.
func walkSchema(path string, schema map[string]any, visit func(path string, schema map[string]any)) {
	visit(path, schema)
	for _, group := range []string{"properties", "definitions"} {
		members, _ := schema[group].(map[string]any)
		for name, member := range members {
			walkSchema(path+"/"+group+"/"+name, member.(map[string]any), visit)
		}
	}
	for _, name := range []string{"items", "additionalProperties", "propertyNames", "if", "else"} {
		if member, ok := schema[name].(map[string]any); ok {
			walkSchema(path+"/"+name, member, visit)
		}
	}
}

func TestSchemasSayEverythingAndNothingUnknown(t *testing.T) {
	for _, kind := range file.Kinds() {
		walkSchema(string(kind), schemaOf(t, kind), func(path string, schema map[string]any) {
			for word := range schema {
				if !slices.Contains(keywords, word) {
					t.Errorf("%s: the keyword %q is not on the list of those that the validator knows", path, word)
				}
			}
			if _, ok := schema["$ref"]; ok && len(schema) > 1 {
				t.Errorf("%s: what stands beside $ref is passed over in draft-07", path)
			}
			if _, ok := schema["properties"]; ok && !strings.Contains(path, "/else") && schema["additionalProperties"] != false {
				t.Errorf("%s: want additionalProperties false", path)
			}
			if schema["type"] == "object" && schema["additionalProperties"] == nil {
				t.Errorf("%s: say what further members may be", path)
			}
			for _, word := range []string{"pattern", "format", "minLength", "minItems"} {
				if schema[word] != nil && schema["description"] == nil {
					t.Errorf("%s: give it a description, which messages quote", path)
				}
			}
			if pattern, ok := schema["pattern"].(string); ok {
				if _, err := regexp.Compile(pattern); err != nil {
					t.Errorf("%s: %v", path, err)
				}
			}
		})
	}
}

// An editor shows the description of a key: there is one in every file that people write.
func TestEveryKeyThatPeopleWriteIsDescribed(t *testing.T) {
	for _, kind := range []file.Kind{file.Profile, file.Target, file.Known, file.Map, file.Fleet, file.Answers} {
		root := schemaOf(t, kind)
		definitions, _ := root["definitions"].(map[string]any)
		walkSchema(string(kind), root, func(path string, schema map[string]any) {
			properties, _ := schema["properties"].(map[string]any)
			for name, member := range properties {
				place := member.(map[string]any)
				if ref, ok := place["$ref"].(string); ok {
					place = definitions[strings.TrimPrefix(ref, "#/definitions/")].(map[string]any)
				}
				if text, _ := place["description"].(string); text == "" && !strings.Contains(path, "/else") {
					t.Errorf("%s: the key %s has no description", path, name)
				}
			}
		})
	}
}

func TestDefinitionsOfOneNameAreTheSameInEverySchema(t *testing.T) {
	first := map[string]string{}
	own := []string{"style", "clause", "request", "exchange", "condition"} // mean different things in different files
	for _, kind := range file.Kinds() {
		definitions, _ := schemaOf(t, kind)["definitions"].(map[string]any)
		for name, definition := range definitions {
			text, err := json.Marshal(definition)
			if err != nil {
				t.Fatal(err)
			}
			if had, ok := first[name]; ok && had != string(text) && !slices.Contains(own, name) {
				t.Errorf("%s: the definition of %s differs from that of another schema: %s", kind, name, text)
			}
			first[name] = string(text)
		}
	}
	report, exchange := schemaOf(t, file.Report), schemaOf(t, file.Exchange)
	for _, name := range []string{"request", "response", "fault", "header", "body"} {
		a := report["definitions"].(map[string]any)[name]
		if b := exchange["definitions"].(map[string]any)[name]; !reflect.DeepEqual(a, b) {
			t.Errorf("report and exchange differ in %s", name)
		}
	}
}

func TestGoTypesMirrorTheSchemas(t *testing.T) {
	types := map[file.Kind]any{
		file.Profile: schemas.Profile{}, file.Clauses: schemas.ClausesText{}, file.Vectors: schemas.VectorsText{},
		file.Target: schemas.Target{}, file.Report: schemas.Report{}, file.Exchange: schemas.Exchange{},
		file.Capture: schemas.Capture{}, file.Known: schemas.KnownList{}, file.Diff: schemas.Diff{}, file.Map: schemas.FieldMap{}, file.Fleet: schemas.Fleet{}, file.Answers: schemas.AnswerFile{},
		file.Subject: schemas.Subject{},
		file.Lint:    schemas.Lint{}, file.LintEvent: schemas.LintEvent{},
		file.Sources: schemas.SourcesText{}, file.Errata: schemas.ErrataText{}, file.Conditions: schemas.ConditionsText{},
		file.Translation: schemas.Translation{},
	}
	for _, kind := range file.Kinds() {
		mirror(t, string(kind), schemaOf(t, kind), schemaOf(t, kind), reflect.TypeOf(types[kind]))
	}
}

// mirror compares the members of a schema with the JSON names of a Go type, all the way down.
func mirror(t *testing.T, path string, root, schema map[string]any, typ reflect.Type) {
	for schema["$ref"] != nil {
		name := strings.TrimPrefix(schema["$ref"].(string), "#/definitions/")
		schema = root["definitions"].(map[string]any)[name].(map[string]any)
	}
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	switch {
	case typ.Implements(reflect.TypeFor[json.Marshaler]()) || schema["properties"] == nil && schema["type"] == "string":
	case typ.Kind() == reflect.Struct && schema["properties"] != nil:
		properties, hidden := schema["properties"].(map[string]any), 0
		for i := range typ.NumField() {
			name, _, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
			if name == "-" {
				hidden++
				continue
			}
			member, ok := properties[name].(map[string]any)
			if !ok {
				t.Errorf("%s: the schema lacks %q, which %s has", path, name, typ)
				continue
			}
			delete(properties, name)
			mirror(t, path+"."+name, root, member, typ.Field(i).Type)
			properties[name] = member
		}
		if len(properties) != typ.NumField()-hidden {
			t.Errorf("%s: the schema has %d members, %s %d", path, len(properties), typ, typ.NumField())
		}
	case typ.Kind() == reflect.Slice:
		mirror(t, path+"[]", root, schema["items"].(map[string]any), typ.Elem())
	case typ.Kind() == reflect.Map:
		mirror(t, path+"{}", root, schema["additionalProperties"].(map[string]any), typ.Elem())
	default:
		want := map[reflect.Kind]string{reflect.String: "string", reflect.Bool: "boolean", reflect.Int: "integer",
			reflect.Int64: "integer", reflect.Float64: "number"}[typ.Kind()]
		if schema["type"] != want && schema["const"] == nil {
			t.Errorf("%s: the schema says %v, the Go type is %s", path, schema["type"], typ)
		}
	}
}
