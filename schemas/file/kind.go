// Package file reads the files of ours strictly: YAML that people write and JSON that programs write, by their JSON
// Schemas. A fault has a file, a line, a column and a remedy.
//
// Nothing about it is promised to importers; package runner says what is.
package file

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/xeipuuv/gojsonschema"

	"github.com/acsconform/acsconform/schemas"
)

// Kind names a shape of our own files. Its JSON Schema is <kind>.schema.json.
type Kind string

// The kinds of file. Target, fleet, answers, known, profile, map, clauses, vectors, sources, errata, conditions and translation are written by people, in YAML; the others in JSON.
const (
	Profile   Kind = "profile"
	Clauses   Kind = "clauses"
	Vectors   Kind = "vectors"
	Target    Kind = "target"
	Report    Kind = "report"
	Exchange  Kind = "exchange"
	Capture   Kind = "capture"
	Known     Kind = "known"
	Diff      Kind = "diff"
	Map       Kind = "map"
	Fleet     Kind = "fleet"
	Answers   Kind = "answers"
	Subject   Kind = "subject"
	Lint      Kind = "lint"
	LintEvent Kind = "lint-event"

	// What the clauses rest on.
	Sources    Kind = "sources"
	Errata     Kind = "errata"
	Conditions Kind = "conditions"

	// The texts of these, and of the clauses, in another language.
	Translation Kind = "translation"
)

// Kinds lists the kinds in the order of their declaration.
func Kinds() []Kind {
	return []Kind{Profile, Clauses, Vectors, Target, Report, Exchange, Capture, Known, Diff, Map, Fleet, Answers, Subject, Lint, LintEvent, Sources, Errata, Conditions, Translation}
}

// Schema returns the text of the JSON Schema (draft-07) of a kind of file, and nil for a kind that there is not.
func Schema(kind Kind) []byte {
	text, err := schemas.Texts.ReadFile(string(kind) + ".schema.json")
	if err != nil {
		return nil
	}
	return text
}

// SchemaID returns the address under which the schema of a kind of file is published, which is its $id.
func SchemaID(kind Kind) string {
	return "https://raw.githubusercontent.com/acsconform/acsconform/main/schemas/" + string(kind) + ".schema.json"
}

// fileShape is a schema twice: compiled for judging, and as a tree for finding out what a place should hold.
type shape struct {
	schema *gojsonschema.Schema
	tree   schemaTree
}

// fileShapes holds each kind's schema, compiled when it is first asked for.
var shapes = func() map[Kind]func() (*shape, error) {
	shapes := map[Kind]func() (*shape, error){}
	for _, kind := range Kinds() {
		shapes[kind] = sync.OnceValues(func() (*shape, error) { return compileShape(kind) })
	}
	return shapes
}()

func compileShape(kind Kind) (*shape, error) {
	text := Schema(kind)
	var root map[string]any
	if err := json.Unmarshal(text, &root); err != nil {
		return nil, fmt.Errorf("schema of %s files: %w", kind, err)
	}
	loader := gojsonschema.NewSchemaLoader()
	loader.Draft, loader.AutoDetect = gojsonschema.Draft7, false
	schema, err := loader.Compile(gojsonschema.NewBytesLoader(text))
	if err != nil {
		return nil, fmt.Errorf("schema of %s files: %w", kind, err)
	}
	return &shape{schema, schemaTree{root, root}}, nil
}

func shapeOf(kind Kind) (*shape, error) {
	shape, ok := shapes[kind]
	if !ok {
		return nil, fmt.Errorf("no kind of file is called %q", kind)
	}
	return shape()
}

// check holds a decoded document, its numbers json.Number, against the schema. The validator is kept from taking
// the process down with it.
func (s *shape) check(document any) (faults []gojsonschema.ResultError, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("cannot be checked against its schema: %v", r)
		}
	}()
	result, err := s.schema.Validate(gojsonschema.NewRawLoader(document))
	if err != nil {
		return nil, err
	}
	return result.Errors(), nil
}

// decodeFile puts a checked document into its Go type.
func decodeFile(document, into any) error {
	text, err := json.Marshal(document)
	if err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	return d.Decode(into)
}
