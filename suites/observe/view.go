package observe

import (
	"reflect"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// A View is one exchange, its body opened once. What a method returns depends on the exchange by the answers to the
// questions that it notes, and by nothing else.
type View struct {
	exchange *schemas.Exchange
	opened   *body.Envelope // nil when the body is neither JSON nor XML
	begun    *body.Envelope // of an answer that broke off; nil for none
	nature   body.Nature
	notes    *Notes // nil: nobody wants to know
}

// Open opens an exchange. An answer that broke off is none. The notes may be nil.
func Open(x *schemas.Exchange, notes *Notes) *View {
	v := &View{exchange: x, notes: notes}
	if notes != nil && !captured(x) {
		notes.beyond = true
	}
	switch {
	case v.answered():
		v.nature = body.Sniff(x.Response.Body)
		v.opened = body.Open(x.Response.Body)
	case v.BrokeOff():
		v.begun = body.Open(x.Response.Body)
	}
	return v
}

func (v *View) answered() bool { return v.exchange.Response != nil && v.exchange.Fault == nil }

// captured reports that there is nothing in the exchange that a [Record] has no place for, but for what only
// [View.Exchange] returns.
func captured(x *schemas.Exchange) bool {
	asked := x.Intent
	asked.Action, asked.Operation, asked.Host, asked.Format, asked.Profile, asked.Method = "", "", "", "", "", ""
	return x.Response != nil && x.Fault == nil && x.Response.Behind == 0 && len(x.Readings) == 0 && reflect.ValueOf(asked).IsZero()
}

// ask notes a question with its answer.
func (v *View) ask(q question) (code int, text string) {
	if a, ok := v.notes.find(q); ok {
		return a.code, a.text
	}
	if q.what == class { // it is known with a value
		if a, ok := v.notes.find(question{value, q.name}); ok {
			return a.code, ""
		}
	}
	a := v.answer(q)
	v.notes.add(q, a)
	return a.code, a.text
}

// Exchange returns the whole exchange. A verdict that depends on it is not repeated.
func (v *View) Exchange() *schemas.Exchange {
	v.beyond()
	return v.exchange
}

func (v *View) beyond() {
	if v.notes != nil {
		v.notes.beyond = true
	}
}

// Intent returns what the request meant, which is nothing in captured traffic.
func (v *View) Intent() Intent { return intent(v.exchange.Intent) }

// Fault returns what went wrong on the wire; nil in a record.
func (v *View) Fault() *schemas.Fault { return v.exchange.Fault }

// Readings returns what official SDKs made of the answer; none in a record.
func (v *View) Readings() []schemas.Reading { return v.exchange.Readings }

// Status returns the status of the answer; 0 when no complete answer came.
func (v *View) Status() int {
	code, _ := v.ask(question{what: status})
	return code
}

// Arrived returns the status that came, also that of an answer that broke off behind its header; 0 when none came.
func (v *View) Arrived() int {
	if v.BrokeOff() {
		return v.exchange.Response.Status
	}
	return v.Status()
}

// BrokeOff reports whether an answer began and did not come to its end, as none in a record.
func (v *View) BrokeOff() bool { return v.exchange.Response != nil && v.exchange.Fault != nil }

// Behind returns how many bytes came behind the answer at least; 0 in a record.
func (v *View) Behind() int {
	if v.exchange.Response == nil {
		return 0
	}
	return v.exchange.Response.Behind
}

// Begun returns as much of an answer that broke off as can be read; nil of others, and for nothing.
func (v *View) Begun() *body.Envelope { return v.begun }

// Header returns the first field of that name of the answer, also of one that broke off behind its header; empty where
// there is none, and when no answer came.
func (v *View) Header(name string) string {
	_, text := v.ask(question{header, name})
	return text
}

// HasHeader reports whether the answer has a field of that name, be it empty.
func (v *View) HasHeader(name string) bool {
	v.beyond()
	if v.exchange.Response == nil {
		return false
	}
	_, ok := v.exchange.Response.Header.Lookup(name)
	return ok
}

// Action returns the action that was called; empty when not known.
func (v *View) Action() string {
	_, text := v.ask(question{what: action})
	return text
}

// Operation returns the published operation that was called; empty when the request was not one of a product's operations.
func (v *View) Operation() string {
	_, text := v.ask(question{what: operation})
	return text
}

// Kinds returns JSON that has the kinds of all values of a JSON body, and of each list an item of each kind, see
// [scan.Kinds]. Of a body that is too large or too odd for that it returns the body itself, and such a verdict is not
// repeated.
func (v *View) Kinds() []byte {
	code, text := v.ask(question{what: kinds})
	if code == 1 {
		return []byte(text)
	}
	v.beyond()
	if !v.answered() {
		return nil
	}
	return v.exchange.Response.Body
}

// Host returns the host that the client addressed; empty when not known.
func (v *View) Host() string {
	_, text := v.ask(question{what: host})
	return text
}

// HostKnown reports whether the host is known.
func (v *View) HostKnown() bool {
	code, _ := v.ask(question{what: hostKnown})
	return code == 1
}

// AskedFormat returns the format that the answer must have; empty when none was asked for.
func (v *View) AskedFormat() schemas.Format {
	_, text := v.ask(question{what: askedFormat})
	return schemas.Format(text)
}

// Method returns the method that the request was sent by. A verdict that depends on it is not repeated.
func (v *View) Method() string {
	v.beyond()
	return v.exchange.Intent.Method
}

// Nature returns that of the body; empty when no complete answer came.
func (v *View) Nature() body.Nature {
	_, text := v.ask(question{what: nature})
	return body.Nature(text)
}

// Envelope returns the body opened; nil when it is neither JSON nor XML, and when no complete answer came.
func (v *View) Envelope() *Envelope {
	switch v.Nature() {
	case body.NatureJSON:
		return &Envelope{v, schemas.JSON}
	case body.NatureXML:
		return &Envelope{v, schemas.XML}
	}
	return nil
}

// IDFormat returns the format of the request id that the body carries.
func (v *View) IDFormat() IDFormat {
	code, _ := v.ask(question{what: idFormat})
	return IDFormat(code)
}

// RequestID returns the request id that the body carries; empty where it carries none that can be spoken of.
func (v *View) RequestID() string {
	_, text := v.ask(question{what: requestID})
	return text
}

// Agreement describes how two texts agree.
type Agreement int

// The ways to agree. Incomparable is that of texts of which one is not there.
const (
	Incomparable Agreement = iota
	Same
	Different
)

// IDHeader reports whether x-acs-request-id, whatever its letter case, is the request id that the body carries.
func (v *View) IDHeader() Agreement {
	code, _ := v.ask(question{what: idHeader})
	return Agreement(code)
}
