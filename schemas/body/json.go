package body

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/go-json-experiment/json/jsontext"
)

// openJSON reads a body as RFC 8259 has it. Where the grammar is broken it goes on with a forgiving reading, for
// the members only.
func openJSON(body []byte) *Envelope {
	e := &Envelope{Format: schemas.JSON}
	if isUTF16(body) {
		e.fault(FlawEncoding, "", "the body is UTF-16, not UTF-8")
		return e
	}
	if rest, ok := bytes.CutPrefix(body, []byte(bomUTF8)); ok {
		e.fault(FlawBOM, "", "the body begins with a byte order mark")
		body = rest
	}
	if outlineJSON(body).depth > maxDepth {
		e.fault(FlawDepth, "", "nested deeper than %d levels", maxDepth)
		if top := skipComments(trimLeft(body)); top[0] != '{' {
			e.notAnObject(jsontext.Kind(top[0]))
		} else {
			e.Members = looseMembers(body)
		}
	} else {
		body = e.strictJSON(body)
	}
	if n := outlineJSON(body).breaks; n > 0 {
		e.fault(FlawLineBreaks, "", "%s", onLines(body, n))
	}
	return e
}

// strictJSON fills in the members and faults, and returns the body as it was read in the end: with blanks for
// comments.
func (e *Envelope) strictJSON(body []byte) []byte {
	stop, ok := e.readJSON(body)
	if !ok && beginsComment(body[stop:]) {
		if bare, found := blankComments(body); found {
			e.fault(FlawComment, "", "a comment at byte %d: %s", stop, body[stop:])
			body, e.Members = bare, nil
			stop, ok = e.readJSON(body)
		}
	}
	if !ok {
		if stop == len(body) {
			e.fault(FlawSyntax, "", "the body ends in the middle, at byte %d", stop)
		} else {
			e.fault(FlawSyntax, "", "not JSON from byte %d on: %s", stop, body[stop:])
		}
		e.Members = looseMembers(body)
	}
	return body
}

// readJSON reads one value, strictly except for repeated names and bad text, which it records and reads past. It
// returns false, and where, when the grammar does not let it go on.
func (e *Envelope) readJSON(body []byte) (stop int, ok bool) {
	dec := jsontext.NewDecoder(bytes.NewBuffer(body), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	if kind := dec.PeekKind(); kind != '{' {
		raw, err := dec.ReadValue()
		if err != nil {
			return stoppedAt(body, err, dec), false
		}
		e.notAnObject(kind)
		e.checkNested("", raw)
		return e.trailing(body, int(dec.InputOffset()))
	}
	if _, err := dec.ReadToken(); err != nil {
		return stoppedAt(body, err, dec), false
	}
	seen := names{}
	for dec.PeekKind() != '}' {
		raw, err := dec.ReadValue()
		if err != nil {
			return stoppedAt(body, err, dec), false
		}
		name := e.unquote(raw, "")
		if seen.repeats(name) {
			e.fault(FlawRepeated, name, "the member stands twice")
		}
		raw, err = dec.ReadValue()
		if err != nil {
			return stoppedAt(body, err, dec), false
		}
		e.keep(e.member(name, raw))
	}
	if _, err := dec.ReadToken(); err != nil {
		return stoppedAt(body, err, dec), false
	}
	return e.trailing(body, int(dec.InputOffset()))
}

// trailing records what follows the value. Only a comment there makes it return false.
func (e *Envelope) trailing(body []byte, end int) (stop int, ok bool) {
	rest := bytes.TrimLeft(body[end:], " \t\r\n")
	end = len(body) - len(rest)
	if beginsComment(rest) {
		return end, false
	}
	if len(rest) > 0 {
		e.fault(FlawTrailing, "", "something follows the value at byte %d: %s", end, rest)
	}
	return end, true
}

// notAnObject records what the top is instead of an object.
func (e *Envelope) notAnObject(kind jsontext.Kind) {
	e.fault(FlawNotAnObject, "", "the top is %s, not an object", withArticle(jsonKind(kind)))
}

// member makes a member of a raw value and records what is wrong inside it.
func (e *Envelope) member(name string, raw jsontext.Value) Member {
	m := Member{Name: name, Kind: jsonKind(raw.Kind())}
	switch m.Kind {
	case KindString:
		m.Text = e.unquote(raw, name)
	case KindObject, KindArray:
		m.Text = clipBytes(raw)
		e.checkNested(name, raw)
	default:
		m.Text = clipBytes(raw)
		if m.Kind == KindNumber && absurd(raw) {
			e.fault(FlawNumber, name, "a number that no double can hold: %s", []byte(raw))
		}
	}
	return m
}

// checkNested holds an object or array inside a member against the strict rules.
func (e *Envelope) checkNested(member string, raw jsontext.Value) {
	dec := jsontext.NewDecoder(bytes.NewBuffer(raw))
	for {
		token, err := dec.ReadToken()
		switch {
		case errors.Is(err, io.EOF):
			return
		case errors.Is(err, jsontext.ErrDuplicateName):
			e.fault(FlawRepeated, member, "a member inside it stands twice")
			return
		case err != nil:
			e.fault(FlawEncoding, member, "text inside it is not UTF-8, or half of a surrogate pair")
			return
		case token.Kind() == '0' && absurd([]byte(token.String())):
			e.fault(FlawNumber, member, "a number inside it that no double can hold")
		}
	}
}

// unquote decodes a JSON string. Bad text in it is recorded and replaced.
func (e *Envelope) unquote(raw []byte, member string) string {
	text, err := jsontext.AppendUnquote(nil, raw)
	if err != nil {
		e.fault(FlawEncoding, member, "not UTF-8, or half of a surrogate pair: %s", []byte(raw))
		return strings.ToValidUTF8(string(text), "\uFFFD")
	}
	return string(text)
}

// absurd reports a number that is out of the range of a double, or has an exponent to choke a reader on.
func absurd(raw []byte) bool {
	e := bytes.IndexAny(raw, "eE")
	if e < 0 && len(raw) < 300 {
		return false
	}
	if e >= 0 {
		if exponent, err := strconv.Atoi(string(raw[e+1:])); err != nil || exponent > 400 || exponent < -400 {
			return true
		}
	}
	_, err := strconv.ParseFloat(string(raw), 64)
	return err != nil
}

// stoppedAt returns the first byte, white space and commas passed over, that the grammar did not let pass.
func stoppedAt(body []byte, err error, dec *jsontext.Decoder) int {
	at := int(dec.InputOffset())
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) {
		at = int(syntax.ByteOffset)
	}
	for at = min(at, len(body)); at < len(body) && strings.IndexByte(" \t\r\n,:", body[at]) >= 0; at++ {
	}
	return at
}

func jsonKind(k jsontext.Kind) Kind {
	switch k {
	case '"':
		return KindString
	case 't', 'f':
		return KindBool
	case 'n':
		return KindNull
	case '{':
		return KindObject
	case '[':
		return KindArray
	}
	return KindNumber
}

// names reports whether a name came before; cheap for the few of an envelope.
type names struct {
	few  []string
	many map[string]struct{}
}

func (n *names) repeats(name string) bool {
	if n.many == nil {
		for _, old := range n.few {
			if old == name {
				return true
			}
		}
		if n.few = append(n.few, name); len(n.few) > 16 {
			n.many = map[string]struct{}{}
			for _, old := range n.few {
				n.many[old] = struct{}{}
			}
		}
		return false
	}
	_, again := n.many[name]
	n.many[name] = struct{}{}
	return again
}
