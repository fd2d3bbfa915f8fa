package lint

import (
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/scan"
)

// A form is how records are written.
type form interface {
	// pick reads a record in one pass; false when it is one for exchange. It does not allocate.
	pick(p *picked, raw []byte) bool
	// learn learns the layout of the record that was picked last; nil where there is none to learn.
	learn(p *picked, raw []byte) *scan.Layout
	// again reads a record out of its values, those of a layout or those that were picked; false when it is one for
	// exchange. What kinds the values are of was looked at when they were picked.
	again(p *picked, v []scan.Value) bool
	// exchange reads any record, or says why it is none.
	exchange(raw []byte) (*schemas.Exchange, error)
}

// picked is what one pass takes out of a record. Its slices point into the record, or into
// what was unquoted of it.
type picked struct {
	scanner scan.Scanner
	values  [ownValues]scan.Value
	field   [2]scan.Value

	status      int
	contentType []byte
	idHeader    []byte
	host        []byte
	action      []byte
	format      schemas.Format
	profile     []byte
	time        []byte
	body        []byte         // as it is written in the record
	plain       bool           // body has no escapes
	found       *scan.Envelope // in body; nil: not read yet
	envelope    scan.Envelope

	url, form []byte // what text unquotes into
}

// text returns the text of a string, unquoted into scratch where it has escapes.
func (p *picked) text(v scan.Value, scratch *[]byte) []byte {
	if v.Plain {
		return v.Raw
	}
	*scratch = scan.Unquote((*scratch)[:0], v.Raw)
	return *scratch
}

// harForm reads entries of a HAR file, always in full.
type harForm struct{}

func (harForm) pick(*picked, []byte) bool                      { return false }
func (harForm) again(*picked, []scan.Value) bool               { return false }
func (harForm) learn(*picked, []byte) *scan.Layout             { return nil }
func (harForm) exchange(raw []byte) (*schemas.Exchange, error) { return harExchange(raw) }

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
