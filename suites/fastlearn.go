package suites

import (
	"bytes"
	"html"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
	"github.com/acsconform/acsconform/schemas/scan"
)

// What a Fast learns is what the rules themselves say of a Content-Type, a code or a message, each asked once.

type typeSeen struct {
	value  string
	format schemas.Format
	ok     bool
}

// fastCode is what the table has of one code.
type fastCode struct {
	listed   bool // Exam.Row would be set: the code is one of the table
	rows     []schemas.Row
	messages map[messageKey]bool
}

type messageKey struct {
	raw string // as it is written in the body
	xml bool
}

// typed reports whether a Content-Type is in order for a body of that format.
func (f *Fast) typed(format schemas.Format, value []byte) bool {
	for i := range f.types {
		if t := &f.types[i]; len(t.value) == len(value) && t.format == format && t.value == string(value) {
			return t.ok
		}
	}
	e := &Exam{
		Profile: f.judge.profile, Status: 200, Envelope: &body.Envelope{Format: format},
		Exchange: &schemas.Exchange{Response: &schemas.Response{Status: 200, Header: schemas.Header{{Name: "Content-Type", Value: string(value)}}}},
	}
	ok := !contentTypeNames(e).broken() && !contentTypeForSDKs(e).broken()
	if len(f.types) < maxFastTypes {
		f.types = append(f.types, typeSeen{string(value), format, ok})
	}
	return ok
}

// code looks a code up in the table; nil when it is too odd to be remembered.
func (f *Fast) code(raw []byte) *fastCode {
	if c := f.codes[string(raw)]; c != nil {
		return c
	}
	if len(f.codes) >= maxFastCodes || len(raw) > maxFastMessage || bytes.ContainsAny(raw, "&<{%") {
		return nil
	}
	p := f.judge.profile
	c := &fastCode{rows: rowsOf(p, p.Codes, string(raw)), messages: map[messageKey]bool{}}
	c.listed = len(c.rows) > 0
	f.codes[string(raw)] = c
	return c
}

// holds reports whether the status is one of the table's for the code; of codes that are in no table any is.
func (c *fastCode) holds(status int) bool {
	for _, r := range c.rows {
		if r.Status.Holds(status) {
			return true
		}
	}
	return !c.listed
}

// message reports whether a message is in order for its code. One that names the host, or may do so in escapes, is left
// to the full judge, which knows what the request itself said.
func (f *Fast) message(c *fastCode, a *Answer, e *scan.Envelope) bool {
	raw := e.Message.Raw
	if len(a.Host) > 0 && (bytes.Contains(raw, a.Host) || bytes.Contains(raw, []byte(`\u`)) || bytes.ContainsAny(a.Host, `"'<>&\/`)) {
		return false
	}
	if ok, known := c.messages[messageKey{string(raw), e.XML}]; known {
		return ok
	}
	text := string(raw)
	switch {
	case e.Message.Plain:
	case e.XML:
		text = html.UnescapeString(text)
	default:
		text = string(scan.Unquote(nil, raw))
	}
	ok := f.rightMessage(c, text)
	if len(c.messages) < maxFastMessages && len(raw) <= maxFastMessage {
		c.messages[messageKey{string(raw), e.XML}] = ok
	}
	return ok
}

// rightMessage is what the rules of ERROR-1, ERROR-10, CLIENT-4 and ROBUST-4 say of a message.
func (f *Fast) rightMessage(c *fastCode, text string) bool {
	if strings.Trim(text, " \t\r\n\f") == "" || placeholders.MatchString(text) || inside.MatchString(text) {
		return false
	}
	if !c.listed {
		return true
	}
	for _, r := range c.rows {
		if f.judge.wording.isRow(r, text, "") || vague(r, text) {
			return true
		}
	}
	return false
}
