package body

import "github.com/acsconform/acsconform/schemas"

// Envelope is a body opened: what both formats say in the same words. It is what was written, faults and all; the
// book describes what of it is right.
type Envelope struct {
	Format  schemas.Format
	Root    string   // name of the XML root; empty in JSON
	Members []Member // members of the JSON object, or child elements of the XML root, in their order, repeats included
	Faults  []Flaw   // what a strict reading of the format found, at most 8; empty for a sound body
}

// Kind is the type of a member's value. XML knows text, and elements that hold elements.
type Kind string

// The kinds of value. KindElement is an XML element that is not just text.
const (
	KindString  Kind = "string"
	KindNumber  Kind = "number"
	KindBool    Kind = "boolean"
	KindNull    Kind = "null"
	KindObject  Kind = "object"
	KindArray   Kind = "array"
	KindText    Kind = "text"
	KindElement Kind = "element"
)

// Member is one member of an envelope.
type Member struct {
	Name string
	Kind Kind
	Text string // value of a string or text, digits of a number, raw JSON or XML of anything else (at most 4 KiB)
}

// Flaw is one thing that a strict reading found wrong.
type Flaw struct {
	Kind   FlawKind
	Text   string // one line: what and where, no quoted text longer than 60 characters
	Member string // the member it is in, where it is in one
}

// FlawKind describes in one word what is wrong with a body.
type FlawKind string

// The flaws of JSON and XML bodies, and of envelopes in them.
const (
	FlawSyntax      FlawKind = "syntax"        // not the grammar of the format
	FlawTrailing    FlawKind = "trailing"      // something follows the value, or a second root
	FlawEncoding    FlawKind = "encoding"      // not UTF-8, or another encoding declared
	FlawUndeclared  FlawKind = "undeclared"    // XML without a declaration of UTF-8
	FlawBOM         FlawKind = "bom"           // begins with a byte order mark
	FlawRepeated    FlawKind = "repeated"      // a member or envelope element twice
	FlawComment     FlawKind = "comment"       // a comment in JSON
	FlawDoctype     FlawKind = "doctype"       // a DOCTYPE in XML
	FlawEntity      FlawKind = "entity"        // an entity other than the five
	FlawNested      FlawKind = "nested"        // an envelope element that holds elements, or carries attributes
	FlawDepth       FlawKind = "depth"         // nested deeper than the cap
	FlawNotAnObject FlawKind = "not-an-object" // JSON whose top is no object
	FlawNumber      FlawKind = "number"        // a number with an absurd exponent
	FlawLineBreaks  FlawKind = "line-breaks"   // not a flaw of the format: line breaks or indentation between members
)

// Get returns the first member of exactly that name.
func (e *Envelope) Get(name string) (Member, bool) {
	for _, m := range e.Members {
		if m.Name == name {
			return m, true
		}
	}
	return Member{}, false
}

// Text returns the text of the first member of exactly that name, and "" when there is none.
func (e *Envelope) Text(name string) string {
	m, _ := e.Get(name)
	return m.Text
}

// Nature describes what a body is at first sight, whatever its Content-Type says.
type Nature string

// The natures of a body. NatureJSON and NatureXML promise nothing about being well-formed.
const (
	NatureEmpty Nature = "empty"
	NatureJSON  Nature = "JSON"
	NatureXML   Nature = "XML"
	NatureHTML  Nature = "HTML"
	NatureText  Nature = "text" // anything else
)

// Form returns the format.
func (e *Envelope) Form() schemas.Format { return e.Format }

// RootName returns the name of the XML root; empty in JSON.
func (e *Envelope) RootName() string { return e.Root }

// HasRoot reports an XML root of that name.
func (e *Envelope) HasRoot(name string) bool { return e.Format == schemas.XML && e.Root == name }

// NotAnObject describes what the top of JSON is instead of an object; empty for an object, and in XML.
func (e *Envelope) NotAnObject() string {
	for _, f := range e.Faults {
		if f.Kind == FlawNotAnObject {
			return f.Text
		}
	}
	return ""
}
