package file

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// CheckJSON holds one JSON text against the schema of a kind of file. It must be one value by RFC 8259, in UTF-8,
// with no member given twice. What is wrong comes back as Faults without a file name: syntax with its line, the
// rest with its key.
func CheckJSON(kind Kind, text []byte) error {
	shape, err := shapeOf(kind)
	if err != nil {
		return Faults{{Text: err.Error()}}
	}
	document, fault := jsonDocument(text)
	if fault != nil {
		return Faults{*fault}
	}
	found, err := shape.check(document)
	if err != nil {
		return Faults{{Text: err.Error()}}
	}
	var faults Faults
	for _, p := range shape.wordFaults(found) {
		faults = append(faults, Fault{Key: keyPath(p.path), Text: p.text})
	}
	return faults.Err()
}

// jsonDocument decodes one value strictly, numbers as json.Number.
func jsonDocument(text []byte) (any, *Fault) {
	d := jsontext.NewDecoder(bytes.NewReader(text))
	if _, err := d.ReadValue(); err != nil {
		return nil, jsonFault(text, err)
	}
	if _, err := d.ReadToken(); err == nil || !errors.Is(err, io.EOF) {
		return nil, &Fault{Place: placeAt(text, int(d.InputOffset())), Text: "something follows the JSON value (keep one value)"}
	}
	var document any
	plain := json.NewDecoder(bytes.NewReader(text))
	plain.UseNumber()
	if err := plain.Decode(&document); err != nil {
		return nil, &Fault{Text: err.Error()}
	}
	if n := absurdNumber(document); n != "" {
		return nil, &Fault{Text: "the number " + clipped(n) + " is out of all bounds"}
	}
	return document, nil
}

func jsonFault(text []byte, err error) *Fault {
	if errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return &Fault{Text: "is empty (want one JSON value)"}
	}
	e := &Fault{Text: "is not JSON: " + strings.TrimPrefix(err.Error(), "jsontext: ")}
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) {
		e.Place = placeAt(text, int(syntax.ByteOffset))
	}
	return e
}

// soundNumber is what the validator can count with in little time and memory.
var soundNumber = regexp.MustCompile(`^-?[0-9]{1,40}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,2})?$`)

// absurdNumber returns the first number that the validator should not be handed, and "" when there is none.
func absurdNumber(v any) string {
	switch v := v.(type) {
	case json.Number:
		if !soundNumber.MatchString(v.String()) {
			return v.String()
		}
	case []any:
		for _, item := range v {
			if n := absurdNumber(item); n != "" {
				return n
			}
		}
	case map[string]any:
		for _, item := range v {
			if n := absurdNumber(item); n != "" {
				return n
			}
		}
	}
	return ""
}
