package observe

import (
	"bytes"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
	"github.com/acsconform/acsconform/schemas/scan"
)

// A Record is one captured answer, its body read in one pass: an exchange without intent, fault and readings. It answers
// questions as a [View] of that exchange does, without allocating. Its slices are not kept. It is for one goroutine.
type Record struct {
	Status      int
	ContentType []byte
	IDHeader    []byte // x-acs-request-id; empty when there is none
	Action      []byte // empty when not known
	Published   bool   // the action is a published operation
	Host        []byte // that the client addressed; empty when not known
	Format      schemas.Format

	body       *scan.Envelope
	kinds      scan.Kinds
	text, list []byte // what was made for the last answer

	id      ID
	idKnown bool // id was read
}

// Read takes the body of the record. It is false for a page: XML with a root that pages have.
func (r *Record) Read(e *scan.Envelope) bool {
	r.body, r.idKnown = e, false
	if !e.XML || bytes.HasSuffix(e.Root, []byte("Response")) { // that root need not be looked up
		return true
	}
	r.text = append(append(append(r.text[:0], '<'), e.Root...), '>')
	return body.Sniff(r.text) == body.NatureXML
}

// RequestID returns the request id that the body carries, as a [View] does.
func (r *Record) RequestID() *ID {
	if r.idKnown {
		return &r.id
	}
	r.id, r.idKnown = ID{}, true
	if m := r.body.Get("RequestId"); m != nil && m.Kind == scan.String {
		written := m.Raw
		if !m.Plain {
			written = bytes.Clone(r.plain(m))
		}
		r.id.parse(written)
	}
	return &r.id
}

// plain returns the text of a string or an element.
func (r *Record) plain(m *scan.Member) []byte {
	switch {
	case m.Plain:
		return m.Raw
	case r.body.XML:
		r.text = scan.Unescape(r.text[:0], m.Raw)
	default:
		r.text = scan.Unquote(r.text[:0], m.Raw)
	}
	return r.text
}

// answer answers a question; not ok where the record does not know.
func (r *Record) answer(q *question) (code int, text []byte, ok bool) {
	switch q.what {
	case class:
		code, _, _ = r.member(q.name)
		return code, nil, true
	case status:
		return r.Status, nil, true
	case header:
		switch q.name {
		case "Content-Type":
			return 0, r.ContentType, true
		case "x-acs-request-id":
			return 0, r.IDHeader, true
		}
		return 0, nil, false
	case action:
		return 0, r.Action, true
	case operation:
		if !r.Published {
			return 0, nil, true
		}
		return 0, r.Action, true
	case kinds:
		text, ok = r.kinds.Of(r.body)
		return yes(ok), text, ok
	case host:
		return 0, r.Host, true
	case hostKnown:
		return yes(len(r.Host) > 0), nil, true
	case askedFormat:
		return 0, formatText(r.Format), true
	case nature:
		return 0, r.nature(), true
	case flaws:
		return 0, nil, true
	case root:
		return 0, r.body.Root, true
	case rootOfForm:
		return yes(r.body.XML && hasForm(r.body.Root, q.name, r.Action)), nil, true
	case names, structured:
		return 0, r.names(q.what == names), true
	}
	return r.answerOfMember(q)
}

// answerOfMember answers a question about one member.
func (r *Record) answerOfMember(q *question) (code int, text []byte, ok bool) {
	switch q.what {
	case value:
		return r.member(q.name)
	case values:
		if r.repeats(q.name) {
			return several, nil, false
		}
		return r.member(q.name)
	case requestID:
		return 0, r.RequestID().Text, true
	case idFormat:
		return int(r.RequestID().format()), nil, true
	case idHeader:
		return int(agree(sameID, r.RequestID().Text, r.IDHeader)), nil, true
	case sameAsHost:
		if code, text, _ = r.member(q.name); !body.Class(code).Textual() {
			return 0, nil, true
		}
		return int(agree(bytes.Equal, text, r.Host)), nil, true
	case holdsHost:
		_, text, ok = r.member(q.name)
		return yes(len(r.Host) > 0 && bytes.Contains(text, r.Host)), nil, ok
	}
	return 0, nil, false
}

func sameID(id, header []byte) bool {
	return bytes.Equal(id, header) || bytes.EqualFold(id, bytes.TrimSpace(header))
}

var (
	textJSON = []byte(schemas.JSON)
	textXML  = []byte(schemas.XML)
)

func formatText(f schemas.Format) []byte {
	switch f {
	case schemas.JSON:
		return textJSON
	case schemas.XML:
		return textXML
	}
	return []byte(f)
}

var (
	natureJSON = []byte(body.NatureJSON)
	natureXML  = []byte(body.NatureXML)
)

func (r *Record) nature() []byte {
	if r.body.XML {
		return natureXML
	}
	return natureJSON
}

// member returns the class and the text of the first member of a name; not ok of one whose text is not known.
func (r *Record) member(name string) (code int, text []byte, ok bool) {
	m := r.body.Get(name)
	if m == nil {
		return 0, nil, true
	}
	kind := body.KindString
	switch m.Kind {
	case scan.String:
		if text = r.plain(m); r.body.XML {
			kind = body.KindText
		}
	case scan.Number:
		kind, text = body.KindNumber, m.Raw
	case scan.True, scan.False:
		kind, text = body.KindBool, m.Raw
	case scan.Null:
		kind, text = body.KindNull, m.Raw
	case scan.Array:
		return int(body.Array), nil, false
	default:
		if r.body.XML {
			return int(body.Element), nil, false
		}
		return int(body.Object), nil, false
	}
	return int(body.ClassOf(kind, text)), text, true
}

func (r *Record) repeats(name string) bool {
	n := 0
	for i := range r.body.Members() {
		if string(r.body.Members()[i].Name) == name {
			n++
		}
	}
	return n > 1
}

// names joins the names of all members, or of the structured ones.
func (r *Record) names(all bool) []byte {
	r.list = r.list[:0]
	for i := range r.body.Members() {
		if m := &r.body.Members()[i]; all || m.Kind == scan.Object || m.Kind == scan.Array {
			r.list = append(append(r.list, m.Name...), 0)
		}
	}
	return r.list
}

// longest returns how long a text a verdict may depend on and be kept.
func (w what) longest() int {
	if w == kinds {
		return longKinds
	}
	return longText
}

// agrees reports whether the record answers as its exchange did.
func (r *Record) agrees(notes *Notes) bool {
	for i := range notes.path {
		n := &notes.path[i]
		code, text, ok := r.answer(&n.question)
		if !ok || code != n.code || string(text) != n.text || len(text) > n.what.longest() {
			return false
		}
	}
	return true
}
