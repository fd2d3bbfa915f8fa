package observe

import (
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
	"github.com/acsconform/acsconform/schemas/scan"
)

// A question is one thing that is asked of an exchange.
type question struct {
	what what
	name string // of a header or a member; the form of a root
}

type what uint8

// What is asked, with the answer's code and text.
const (
	status      what = iota // code: the status
	header                  // text: the value
	action                  // text
	host                    // text
	hostKnown               // code: 1 for known
	askedFormat             // text
	nature                  // text
	root                    // text
	rootOfForm              // code: 1 for a root of the form
	flaws                   // code: how many
	class                   // code: the class of the first member
	value                   // the same for its text
	values                  // the same of the only member of that name; several for more
	names                   // text: each with a NUL behind it
	structured              // text: the same of the structured ones
	idFormat                // code
	requestID               // text
	idHeader                // code: an agreement
	sameAsHost              // code: an agreement
	holdsHost               // code: 1 for yes
	operation               // text: of a product with published operations; empty where none is known
	kinds                   // text: JSON that has the kinds of all values; code: 1 where that is known
	allQuestions
)

// several is the code of more than one member.
const several = -1

// answer is what was answered.
type answer struct {
	code int
	text string
}

// answer answers a question from the exchange.
func (v *View) answer(q question) answer {
	x := v.exchange
	switch q.what {
	case action:
		return answer{text: x.Intent.Action}
	case operation:
		return answer{text: x.Intent.Operation}
	case host:
		return answer{text: x.Intent.Host}
	case hostKnown:
		return answer{code: yes(x.Intent.Host != "")}
	case askedFormat:
		return answer{text: string(x.Intent.Format)}
	case header:
		if x.Response == nil {
			return answer{}
		}
		return answer{text: x.Response.Header.Get(q.name)}
	}
	if !v.answered() {
		return answer{}
	}
	switch q.what {
	case status:
		return answer{code: x.Response.Status}
	case nature:
		return answer{text: string(v.nature)}
	}
	if v.opened == nil {
		return answer{}
	}
	return v.answerOfBody(q, v.opened)
}

// answerOfBody answers a question about an envelope.
func (v *View) answerOfBody(q question, e *body.Envelope) answer {
	asked := &v.exchange.Intent
	switch q.what {
	case root:
		return answer{text: e.Root}
	case rootOfForm:
		return answer{code: yes(e.Format == schemas.XML && hasForm([]byte(e.Root), q.name, []byte(asked.Action)))}
	case flaws:
		return answer{code: len(e.Faults)}
	case class:
		return answer{code: int(e.Class(q.name))}
	case value:
		return answer{int(e.Class(q.name)), e.Text(q.name)}
	case values:
		return only(e, q.name)
	case names, structured:
		var text strings.Builder
		for _, m := range e.Members {
			if q.what == names || m.Kind == body.KindObject || m.Kind == body.KindArray || m.Kind == body.KindElement {
				text.WriteString(m.Name + "\x00")
			}
		}
		return answer{text: text.String()}
	case kinds:
		var k scan.Kinds
		text, ok := k.OfText(v.exchange.Response.Body)
		return answer{yes(ok), string(text)}
	case requestID:
		return answer{text: requestIDOf(e)}
	case idFormat:
		return answer{code: int(IDOf([]byte(writtenIDOf(e))).format())}
	case idHeader:
		same := func(id, header string) bool { return strings.EqualFold(id, strings.TrimSpace(header)) }
		return answer{code: int(agree(same, requestIDOf(e), v.exchange.Response.Header.Get("x-acs-request-id")))}
	case sameAsHost:
		if !e.Class(q.name).Textual() {
			return answer{}
		}
		return answer{code: int(agree(func(a, b string) bool { return a == b }, e.Text(q.name), asked.Host))}
	case holdsHost:
		return answer{code: yes(asked.Host != "" && strings.Contains(e.Text(q.name), asked.Host))}
	}
	return answer{}
}

func yes(ok bool) int {
	if ok {
		return 1
	}
	return 0
}

func only(e *body.Envelope, name string) (a answer) {
	n := 0
	for _, m := range e.Members {
		if m.Name == name {
			n++
			a = answer{int(body.ClassOf(m.Kind, m.Text)), m.Text}
		}
	}
	if n > 1 {
		return answer{code: several}
	}
	return a
}

func requestIDOf(e *body.Envelope) string { return strings.TrimSpace(writtenIDOf(e)) }

// writtenIDOf returns the request id to the letter.
func writtenIDOf(e *body.Envelope) string {
	m, _ := e.Get("RequestId")
	if m.Kind != body.KindString && m.Kind != body.KindText {
		return ""
	}
	return m.Text
}

func agree[T string | []byte](same func(a, b T) bool, a, b T) Agreement {
	switch {
	case len(a) == 0, len(b) == 0:
		return Incomparable
	case same(a, b):
		return Same
	}
	return Different
}

// hasForm reports a root of a form, in which {Action} stands for the action, or for anything where that is not known.
func hasForm(root []byte, form string, action []byte) bool {
	before, behind, named := strings.Cut(form, "{Action}")
	switch {
	case !named:
		return string(root) == form
	case len(root) < len(before)+len(behind) || string(root[:len(before)]) != before || string(root[len(root)-len(behind):]) != behind:
		return false
	}
	return len(action) == 0 || string(root[len(before):len(root)-len(behind)]) == string(action)
}
