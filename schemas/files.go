package schemas

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/xeipuuv/gojsonschema"
)

// FileKind names a shape of our own files. Its JSON Schema is <kind>.schema.json.
type FileKind string

// The kinds of file. Target, known, profile, map, clauses and vectors are written by people, in YAML; the others in JSON.
const (
	ProfileFile  FileKind = "profile"
	ClausesFile  FileKind = "clauses"
	VectorsFile  FileKind = "vectors"
	TargetFile   FileKind = "target"
	ReportFile   FileKind = "report"
	ExchangeFile FileKind = "exchange"
	CaptureFile  FileKind = "capture"
	KnownFile    FileKind = "known"
	DiffFile     FileKind = "diff"
	MapFile      FileKind = "map"
	SubjectFile  FileKind = "subject"
	LintFile     FileKind = "lint"
	LintLine     FileKind = "lint-event"
)

// FileKinds lists the kinds in the order of their declaration.
func FileKinds() []FileKind {
	return []FileKind{ProfileFile, ClausesFile, VectorsFile, TargetFile, ReportFile, ExchangeFile, CaptureFile, KnownFile, DiffFile, MapFile, SubjectFile, LintFile, LintLine}
}

//go:embed profile.schema.json clauses.schema.json vectors.schema.json target.schema.json
//go:embed report.schema.json exchange.schema.json capture.schema.json known.schema.json diff.schema.json map.schema.json
//go:embed subject.schema.json lint.schema.json lint-event.schema.json
var fileSchemas embed.FS

// Schema returns the text of the JSON Schema (draft-07) of a kind of file, and nil for a kind that there is not.
func Schema(kind FileKind) []byte {
	text, err := fileSchemas.ReadFile(string(kind) + ".schema.json")
	if err != nil {
		return nil
	}
	return text
}

// SchemaID returns the address under which the schema of a kind of file is published, which is its $id.
func SchemaID(kind FileKind) string {
	return "https://raw.githubusercontent.com/acsconform/acsconform/main/schemas/" + string(kind) + ".schema.json"
}

// fileShape is a schema twice: compiled for judging, and as a tree for finding out what a place should hold.
type fileShape struct {
	schema *gojsonschema.Schema
	tree   schemaTree
}

// fileShapes holds each kind's schema, compiled when it is first asked for.
var fileShapes = func() map[FileKind]func() (*fileShape, error) {
	shapes := map[FileKind]func() (*fileShape, error){}
	for _, kind := range FileKinds() {
		shapes[kind] = sync.OnceValues(func() (*fileShape, error) { return compileFileShape(kind) })
	}
	return shapes
}()

func compileFileShape(kind FileKind) (*fileShape, error) {
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
	return &fileShape{schema, schemaTree{root, root}}, nil
}

func fileShapeOf(kind FileKind) (*fileShape, error) {
	shape, ok := fileShapes[kind]
	if !ok {
		return nil, fmt.Errorf("no kind of file is called %q", kind)
	}
	return shape()
}

// check holds a decoded document, its numbers json.Number, against the schema. The validator is kept from taking
// the process down with it.
func (s *fileShape) check(document any) (faults []gojsonschema.ResultError, err error) {
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
