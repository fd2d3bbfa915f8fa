package redact

import (
	"cmp"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/transport"
	"github.com/acsconform/acsconform/schemas"
)

// Redact returns a copy of an exchange that can be shown: every SecurityToken is left out, every Signature and
// Authorization is shortened to its first six characters, wherever the request carries them and wherever else in the
// exchange they come back. It knows no AccessKeySecret; a [Redactor] does.
func Redact(x *schemas.Exchange) *schemas.Exchange { return (&Redactor{}).Exchange(x).Value() }

// A Redactor takes the secrets of one target file out of what is shown. The zero Redactor knows none, and finds only
// what a request shows to be one. It is safe for concurrent use.
type Redactor struct {
	known  []secret // longest first
	wanted wanted
	fields map[string]bool // header fields of the target file whose values are secrets, in lower case
	way    way
}

// New returns a redactor that knows the AccessKeySecrets and SecurityTokens of the target file in any encoding and any
// case, and the values of its headers that are named as secrets are. One of fewer than four characters is not searched for:
// it could not be told from other text.
func New(t *schemas.Target) *Redactor {
	r := &Redactor{fields: map[string]bool{}, way: wayOf(t)}
	for _, c := range t.Credentials {
		r.learn(c.AccessKeySecret, c.SecurityToken)
	}
	for name, value := range t.Headers {
		if Header(name, value) != value {
			r.fields[strings.ToLower(name)] = true
			r.learn(secretParts(value)...)
		}
	}
	r.known = compacted(r.known)
	var public []string
	for _, c := range t.Credentials {
		public = append(public, bareText(c.AccessKeyID))
	}
	shown := slices.DeleteFunc(slices.Clone(public), func(id string) bool {
		return slices.ContainsFunc(r.known, func(s secret) bool { return s.beginsIn(id) })
	})
	r.wanted = *(wanted{public: public, shown: shown, views: &views{of: map[string][]byte{}}}).with(r.known)
	return r
}

// learn has values taken out wherever they are.
func (r *Redactor) learn(values ...string) {
	for _, value := range values {
		if len(value) < MinSecret {
			continue
		}
		known := newSecret(value, hidden)
		known.spelled = Spellings(value)
		r.known = append(r.known, known)
	}
}

// Exchange returns the copy that can be shown.
func (r *Redactor) Exchange(x *schemas.Exchange) Clean[*schemas.Exchange] {
	found := &finds{}
	shown := *x
	shown.Request = r.request(x.Request, found)
	shown.Response = r.response(x.Response, found)
	if x.Fault != nil {
		shown.Fault = &schemas.Fault{Kind: x.Fault.Kind, Text: r.text(x.Fault.Text, found)}
	}
	shown.Readings = slices.Clone(x.Readings)
	for i := range shown.Readings {
		for _, text := range shown.Readings[i].Texts() {
			*text = r.text(*text, found)
		}
	}
	return Clean[*schemas.Exchange]{&shown}
}

// Answer returns the response of an exchange as it can be shown, without the request.
func (r *Redactor) Answer(x *schemas.Exchange) Clean[*schemas.Response] {
	found := &finds{}
	maskedRequest(x.Request, found)
	return Clean[*schemas.Response]{r.response(x.Response, found)}
}

// Text takes the secrets of the target file out of any text.
func (r *Redactor) Text(text string) string { return r.text(text, nil) }

// Line is Text of what a writer takes.
func (r *Redactor) Line(text string) Clean[string] { return Clean[string]{r.Text(text)} }

// Met is what the requests of a case carried that must not come back in full.
type Met struct{ found finds }

// Met notes what the requests carry.
func (r *Redactor) Met(xs []*schemas.Exchange) *Met {
	m := &Met{}
	for _, x := range xs {
		maskedRequest(x.Request, &m.found)
	}
	m.found.met = compacted(m.found.met)
	return m
}

// TextOf takes the secrets out of a text, those that the requests of a case carried among them.
func (r *Redactor) TextOf(text string, m *Met) Clean[string] {
	return Clean[string]{r.text(text, &finds{met: slices.Clone(m.found.met)})}
}

// CaseResult takes the secrets out of a result, those that the requests of the case carried among them, and returns its
// request as a command for the shell. An exchange that has its command was seen to before.
func (r *Redactor) CaseResult(c schemas.CaseResult, m *Met) Clean[schemas.CaseResult] {
	found := &finds{}
	if m != nil {
		found.met = slices.Clone(m.found.met)
	}
	if e := c.Exchange; e != nil && e.Curl == "" {
		shown := &schemas.ExchangeReport{Curl: r.Text(r.way.command(r.hiding(e.Request)))}
		shown.Request = r.request(e.Request, found)
		shown.Response = r.response(transport.Searched(e.Response), found)
		transport.Shorten(shown.Response)
		if e.Fault != nil {
			shown.Fault = &schemas.Fault{Kind: e.Fault.Kind, Text: r.text(e.Fault.Text, found)}
		}
		c.Exchange = shown
	}
	c.Why = r.text(c.Why, found)
	c.Findings = slices.Clone(c.Findings)
	for i := range c.Findings {
		c.Findings[i].Subject = r.text(c.Findings[i].Subject, found)
		c.Findings[i].Got = r.text(c.Findings[i].Got, found)
		c.Findings[i].Want = r.text(c.Findings[i].Want, found)
	}
	return Clean[schemas.CaseResult]{c}
}

// Report returns a clean exchange as reports have it, with its request as a command for the shell.
func (r *Redactor) Report(c Clean[*schemas.Exchange]) *schemas.ExchangeReport {
	x := c.Value()
	return &schemas.ExchangeReport{Request: x.Request, Response: x.Response, Fault: x.Fault, Curl: r.way.command(x.Request)}
}

// Run removes the secrets of the target file from every text of a whole run. The results of its cases are
// those of [Redactor.CaseResult].
func (r *Redactor) Run(run schemas.Run, cases []Clean[schemas.CaseResult]) Clean[schemas.Run] {
	run.Cases = Values(cases)
	run.Why = r.Text(run.Why)
	run.Notes = slices.Clone(run.Notes)
	for i := range run.Notes {
		run.Notes[i] = r.Text(run.Notes[i])
	}
	run.Clauses = slices.Clone(run.Clauses)
	for i := range run.Clauses {
		run.Clauses[i].Why = r.Text(run.Clauses[i].Why)
	}
	return Clean[schemas.Run]{run}
}

// request takes out what the request carries and notes it in found, so that an echo of it can be taken out too.
func (r *Redactor) request(q schemas.Request, found *finds) schemas.Request {
	shown := maskedRequest(r.hiding(q), found)
	shown.URL = r.text(shown.URL, found)
	shown.Body, shown.Raw = r.bytes(shown.Body, found), r.bytes(shown.Raw, found)
	for i := range shown.Header {
		shown.Header[i].Value = r.text(shown.Header[i].Value, found)
	}
	return shown
}

// compacted leaves out what was met before.
func compacted(list []secret) []secret {
	slices.SortFunc(list, func(a, b secret) int {
		return cmp.Or(len(b.full)-len(a.full), strings.Compare(a.full, b.full))
	})
	return slices.CompactFunc(list, func(a, b secret) bool { return a.full == b.full })
}

// hiding returns the request without the values of the target file's header fields that are secrets, however short.
func (r *Redactor) hiding(q schemas.Request) schemas.Request {
	if len(r.fields) == 0 || q.Header == nil {
		return q
	}
	q.Header = slices.Clone(q.Header)
	for i, f := range q.Header {
		if r.fields[strings.ToLower(f.Name)] {
			q.Header[i].Value = hidden
		}
	}
	return q
}

func (r *Redactor) response(p *schemas.Response, found *finds) *schemas.Response {
	if p == nil {
		return nil
	}
	shown := *p
	shown.Header = slices.Clone(p.Header)
	for i := range shown.Header {
		shown.Header[i].Name = r.text(shown.Header[i].Name, found)
		shown.Header[i].Value = r.text(shown.Header[i].Value, found)
	}
	shown.Body = r.bytes(p.Body, found)
	return &shown
}

// text takes out the secrets of the target file and those that were met: where they are in a usual spelling, then
// wherever else they can be made out.
func (r *Redactor) text(text string, found *finds) string {
	if text == "" {
		return text
	}
	secrets, w := r.sought(found)
	if w.areAbsent(text) {
		return text
	}
	for _, s := range secrets {
		text = s.replace(text)
	}
	return without(text, search(text, w))
}

func (r *Redactor) bytes(body schemas.Body, found *finds) schemas.Body {
	if body == nil {
		return nil
	}
	before := string(body)
	if after := r.text(before, found); after != before {
		return schemas.Body(after)
	}
	return body
}
