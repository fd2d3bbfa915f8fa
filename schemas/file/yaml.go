package file

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"go.yaml.in/yaml/v3"
)

// MaxFileBytes and maxFileDepth bound a YAML file; no file of ours comes near. A profile may be longer: products publish
// tables of thousands of rows.
const (
	MaxFileBytes    = 1 << 20
	MaxProfileBytes = 8 << 20
	MaxAnswersBytes = 8 << 20 // of which some are recorded
	maxFileDepth    = 32
)

func maxBytes(kind Kind) int {
	switch kind {
	case Profile:
		return MaxProfileBytes
	case Answers:
		return MaxAnswersBytes
	}
	return MaxFileBytes
}

// File is a YAML file that was read by the schema of its kind.
type File struct {
	name   string
	tree   any              // maps, lists, strings, json.Number, booleans
	places map[string]Place // of every value, by its steps
	keys   map[string]Place // of every key
}

// ParseYAML is ReadYAML and Decode in one.
func ParseYAML(kind Kind, name string, text []byte, into any) error {
	f, err := ReadYAML(kind, name, text)
	if err != nil {
		return err
	}
	return f.Decode(into)
}

// ReadYAML reads one YAML document and holds it against the schema of the kind. What is wrong comes back as
// Faults, all faults at once, each with its line and column.
//
// The schema decides what a scalar is: where it wants a text, 2014-05-26, 010, yes and 1e3 are the texts that were
// written; where it wants a number, only the JSON spelling is one. Anchors, aliases, merge keys and tags are refused,
// and so are a second document, a key given twice and an empty file.
func ReadYAML(kind Kind, name string, text []byte) (*File, error) {
	f, faults := ExamineYAML(kind, name, text)
	if len(faults) > 0 {
		return nil, faults.Err()
	}
	return f, nil
}

// ExamineYAML is ReadYAML for those who look for further faults: it returns the file without what is faulty, and the
// faults. A text that is no YAML document states no file.
func ExamineYAML(kind Kind, name string, text []byte) (*File, Faults) {
	shape, err := shapeOf(kind)
	if err != nil {
		return nil, Faults{{File: name, Text: err.Error()}}
	}
	node, fault := yamlDocument(name, text, maxBytes(kind))
	if fault != nil {
		return nil, Faults{*fault}
	}
	r := yamlReading{shape: shape, spoilt: map[string]bool{}, partial: map[string]bool{},
		file: &File{name: name, places: map[string]Place{}, keys: map[string]Place{}}}
	r.file.tree = r.value(node, shape.tree, nil)
	found, err := shape.check(r.file.tree)
	if err != nil {
		return nil, append(r.faults, Fault{File: name, Text: err.Error()})
	}
	for _, p := range shape.wordFaults(found) {
		r.place(p)
	}
	r.prune()
	return r.file, r.faults
}

// Decode puts the file into the Go type of its kind. What is left of into's fields keeps its value.
func (f *File) Decode(into any) error {
	if err := decodeFile(f.tree, into); err != nil {
		return Faults{{File: f.name, Text: err.Error()}}
	}
	return nil
}

// Has reports whether the file has something under a path of keys and indices ("recipes", "0", "code").
func (f *File) Has(path ...string) bool {
	_, ok := f.places[steps(path)]
	return ok
}

// Place returns the place of the value under a path of keys and indices, of the nearest thing around it where there is
// none, and the beginning for the file as a whole.
func (f *File) Place(path ...string) Place {
	for n := len(path); n > 0; n-- {
		if place, ok := f.places[steps(path[:n])]; ok {
			return place
		}
	}
	return Place{1, 1}
}

// Line returns the line of [File.Place].
func (f *File) Line(path ...string) int { return f.Place(path...).Line }

// Errorf returns a Fault about the value under a path: for what a schema cannot say.
func (f *File) Errorf(path []string, format string, args ...any) Fault {
	return Fault{File: f.name, Place: f.Place(path...), Key: keyPath(path), Text: oneLine(fmt.Sprintf(format, args...), maxFaultText)}
}

// yamlDocument parses a text that must be one document and returns its root.
func yamlDocument(name string, text []byte, longest int) (root *yaml.Node, fault *Fault) {
	defer func() {
		if r := recover(); r != nil {
			root, fault = nil, &Fault{File: name, Text: "is not YAML"}
		}
	}()
	if len(text) > longest {
		return nil, &Fault{File: name, Text: fmt.Sprintf("is longer than %d MiB (is it the right file?)", longest>>20)}
	}
	if fault := textFault(name, text); fault != nil {
		return nil, fault
	}
	d := yaml.NewDecoder(bytes.NewReader(text))
	var document, second yaml.Node
	switch err := d.Decode(&document); {
	case errors.Is(err, io.EOF):
		return nil, emptyFile(name)
	case err != nil:
		return nil, yamlFault(name, text, err)
	}
	if err := d.Decode(&second); err == nil {
		return nil, &Fault{File: name, Place: Place{second.Line, second.Column}, Text: "a second document begins here (keep one document in a file)"}
	} else if !errors.Is(err, io.EOF) {
		return nil, yamlFault(name, text, err)
	}
	root = document.Content[0]
	if root.Kind == yaml.ScalarNode && root.ShortTag() == "!!null" {
		return nil, emptyFile(name)
	}
	return root, nil
}

func emptyFile(name string) *Fault {
	return &Fault{File: name, Place: Place{1, 1}, Text: "the file is empty (write keys and values)"}
}
