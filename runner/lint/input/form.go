package input

import (
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/scan"
	"github.com/acsconform/acsconform/suites/observe"
)

// A Form is how records are written.
type Form interface {
	// Pick reads a record, the body in it too, in one pass; false when it is one for Exchange. It does not allocate.
	Pick(p *Picked, raw []byte) bool
	// Exchange reads any record, or reports why it is none: [ErrNoBody] where only its body is missing, and [ErrNoText]
	// where that is no text, together with all else of the record.
	Exchange(raw []byte) (*schemas.Exchange, error)
}

// Picked is what one pass takes out of a record. Its slices point into the record, or into what was unquoted of it.
type Picked struct {
	observe.Record
	Profile []byte // that the record names
	Time    []byte // as it is written
	Version []byte // of the API that is called; read only where Versioned is set
	Method  []byte // of the request, as it is written
	URL     []byte // likewise

	Versioned bool // the version is of use
	foreign   bool // the answer has a field of another convention

	scanner  scan.Scanner
	values   [ownValues]scan.Value
	field    [2]scan.Value
	envelope scan.Envelope

	url, form, body []byte // what text unquotes into
}

// take takes the values of a line; read tells that the body was read on the way.
func (p *Picked) take(from *scan.Picker, line []byte, into []scan.Value) (read, ok bool) {
	return p.scanner.PickBody(from, line, into, &p.envelope)
}

// open parses the body unless that was already done; it returns false where the body has a flaw, or may have one.
func (p *Picked) open(read bool, v scan.Value) bool {
	if !read {
		text := p.text(v, &p.body)
		if len(text) > 0 && text[0] == '{' {
			read = p.scanner.JSON(text, &p.envelope)
		} else {
			read = p.scanner.XML(text, &p.envelope)
		}
	}
	return read && p.Read(&p.envelope)
}

// Called returns method and path of the request, as [Called] does of its exchange.
func (p *Picked) Called() (method, path string) {
	return Called(&schemas.Exchange{Request: schemas.Request{Method: string(p.Method), URL: string(p.URL)}})
}

// text returns the text of a string, unquoted into scratch where it has escapes.
func (p *Picked) text(v scan.Value, scratch *[]byte) []byte {
	if v.Plain {
		return v.Raw
	}
	*scratch = scan.Unquote((*scratch)[:0], v.Raw)
	return *scratch
}

// Forms read the records of a reading, however they are written. They are for one goroutine.
type Forms struct{ line Form }

// NewForms makes the forms of access logs by a map; of exchanges of our own schema where that is nil.
func NewForms(m *Map) Forms {
	if m == nil {
		return Forms{newExchangeForm()}
	}
	return Forms{newMappedForm(m)}
}

// Of returns the form of the records of a block.
func (f Forms) Of(b *Block) Form {
	if b.har {
		return harForm{}
	}
	return f.line
}

// harForm reads entries of a HAR file, always in full.
type harForm struct{}

// Pick picks nothing.
func (harForm) Pick(*Picked, []byte) bool { return false }

// Exchange reads an entry.
func (harForm) Exchange(raw []byte) (*schemas.Exchange, error) { return harExchange(raw) }

// number reads a status that is written as a number or a string; 0 when it is none.
func number(v scan.Value) int {
	if (v.Kind != scan.Number && v.Kind != scan.String) || len(v.Raw) != 3 {
		return 0
	}
	return max(0, digits(v.Raw))
}

// formatOf returns the format that a word asks for; empty for anything else.
func formatOf(word []byte) schemas.Format {
	switch string(word) {
	case "JSON":
		return schemas.JSON
	case "XML":
		return schemas.XML
	}
	return ""
}
