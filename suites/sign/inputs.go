package sign

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// Kind describes where in a request an input of its signature is.
type Kind string

// The kinds of inputs.
const (
	Method        Kind = "method"
	Path          Kind = "path"
	Parameter     Kind = "parameter" // of the query, and in style rpc of the form
	Header        Kind = "header"
	SignedHeaders Kind = "signed headers" // the list of their names, in style acs3
	Body          Kind = "body"
)

// An Input is one thing that a signature covers. Only parameters and headers have names; those of headers are in lower
// case.
type Input struct {
	Kind Kind
	Name string
}

// String returns the input in words: "parameter Action".
func (i Input) String() string { return strings.TrimSpace(string(i.Kind) + " " + i.Name) }

// A Message is a request as the signers take it.
type Message struct {
	Method        string
	Path          string // as it goes over the wire
	Params        []Param
	Header        schemas.Header
	SignedHeaders []string // of style acs3
	Body          []byte
}

// Inputs returns what the signature of a request covers in that style, in the order in which it is signed. Headers that
// are signed also when they are absent are among them. The signers sign nothing else: what they sign is made of the
// same list.
func Inputs(style schemas.Style, m Message) []Input {
	var all []part
	switch style {
	case schemas.ROA:
		all = roaParts(m.Method, m.Header, m.Path, m.Params)
	case schemas.ACS3:
		all = acs3Parts(m.Method, m.Path, m.Params, m.Header, m.SignedHeaders, ContentSHA256(m.Body))
	default:
		all = rpcParts(m.Method, m.Params)
	}
	var inputs []Input
	for _, p := range all {
		if p.Kind != "" && !slices.Contains(inputs, p.Input) {
			inputs = append(inputs, p.Input)
		}
	}
	if _, digest := m.Header.Lookup("Content-MD5"); style == schemas.ROA && digest {
		inputs = append(inputs, Input{Kind: Body}) // by way of Content-MD5
	}
	return inputs
}

// A part is a piece of what is signed: the input that it covers, none for what is always the same, and its text.
type part struct {
	Input
	text string
}

// text joins what is signed.
func text(parts []part) string {
	size := 0
	for _, p := range parts {
		size += len(p.text)
	}
	var b strings.Builder
	b.Grow(size)
	for _, p := range parts {
		b.WriteString(p.text)
	}
	return b.String()
}

// canonicalParts sorts params in place and returns them, encoded, as name=value, each further one behind an "&".
func canonicalParts(params []Param) []part {
	slices.SortStableFunc(params, byNameAndValue)
	parts := make([]part, 0, len(params))
	before := ""
	for _, p := range params {
		parts = append(parts, part{Input{Parameter, p.Name}, before + PercentEncode(p.Name) + "=" + PercentEncode(p.Value)})
		before = "&"
	}
	return parts
}
