package metadata

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/acsconform/acsconform/schemas/file"
)

// MaxBytes is how long metadata may be, unpacked. The longest that is published is a tenth of it.
const MaxBytes = 64 << 20

// document is what is read of a file of metadata. Published files are not of one hand: what is not of the type that it is
// in most of them is as if it was not there.
type document struct {
	Info struct {
		Style   word `json:"style"`
		Product word `json:"product"`
		Version word `json:"version"`
	} `json:"info"`
	Components struct {
		Schemas json.RawMessage `json:"schemas"` // of *schema by their names
	} `json:"components"`
	APIs map[string]*api `json:"apis"`
}

// api is an operation. What it answers is most of it, and left as it is until it is asked for.
type api struct {
	Methods       []word                `json:"methods"`
	Path          word                  `json:"path"`
	Produces      []word                `json:"produces"`
	OperationType word                  `json:"operationType"`
	Security      json.RawMessage       `json:"security"` // a list of the proofs that may be given, each an object by its name
	Deprecated    flag                  `json:"deprecated"`
	Parameters    []parameter           `json:"parameters"`
	Responses     json.RawMessage       `json:"responses"`    // of *response by their statuses
	ResponseDemo  json.RawMessage       `json:"responseDemo"` // a word
	ErrorCodes    map[string][]errorRow `json:"errorCodes"`
	SystemTags    struct {
		OperationType word `json:"operationType"`
	} `json:"systemTags"`
}

type parameter struct {
	Name   word   `json:"name"`
	In     word   `json:"in"`
	Style  word   `json:"style"`
	Schema schema `json:"schema"`
}

type response struct {
	Schema *schema `json:"schema"`
}

type errorRow struct {
	Code    word `json:"errorCode"`
	Message word `json:"errorMessage"`
}

type schema struct {
	Type       word               `json:"type"`
	Ref        word               `json:"$ref"`
	Required   flag               `json:"required"`
	Example    word               `json:"example"`
	Default    word               `json:"default"`
	Properties map[string]*schema `json:"properties"`
	Items      *schema            `json:"items"`
}

// loose reads a part of a document. What in it is not of its type is as if it was not there.
func loose[T any](text json.RawMessage) (value T) {
	if len(text) > 0 {
		_ = json.Unmarshal(text, &value)
	}
	return value
}

// word is a text, also where a number or a truth value is written in its place; anything else is empty.
type word string

// UnmarshalJSON never fails.
func (w *word) UnmarshalJSON(text []byte) error {
	var s string
	switch {
	case len(text) == 0 || text[0] == '{' || text[0] == '[' || string(text) == "null":
	case text[0] != '"':
		*w = word(text)
	case bytes.IndexByte(text, '\\') < 0 && utf8.Valid(text): // as most are
		*w = word(text[1 : len(text)-1])
	case json.Unmarshal(text, &s) == nil:
		*w = word(s)
	}
	return nil
}

// flag is a truth value, also where it is written as a text; anything else is false.
type flag bool

// UnmarshalJSON never fails.
func (f *flag) UnmarshalJSON(text []byte) error {
	*f = flag(strings.EqualFold(strings.Trim(string(text), `"`), "true"))
	return nil
}

// parse reads one document, packed by gzip or not.
func parse(r io.Reader) (*document, error) {
	text, err := readAll(r)
	if err != nil {
		return nil, err
	}
	d := &document{}
	err = json.Unmarshal(text, d)
	var syntax *json.SyntaxError
	var other *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		at := text[:min(int(syntax.Offset), len(text))]
		return nil, fmt.Errorf("line %d: is not JSON: %w (want API metadata, the JSON document of one product version)", 1+bytes.Count(at, []byte("\n")), err)
	case err != nil && !errors.As(err, &other):
		return nil, err
	case d.Info.Product == "" && len(d.APIs) == 0:
		return nil, errors.New("is not API metadata (want the JSON document of one product version, with info and apis)")
	}
	return d, nil
}

func readAll(r io.Reader) ([]byte, error) {
	in := bufio.NewReader(r)
	var from io.Reader = in
	if magic, err := in.Peek(2); err == nil && magic[0] == 0x1f && magic[1] == 0x8b {
		unpacked, err := gzip.NewReader(in)
		if err != nil {
			return nil, fmt.Errorf("cannot be unpacked: %w", err)
		}
		from = unpacked
	}
	text, err := file.Bounded(from, MaxBytes)
	if err != nil {
		return nil, fmt.Errorf("cannot be read to its end: %w", err)
	}
	return bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), nil
}
