package suites

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
	"github.com/acsconform/acsconform/suites/observe"
)

// An Observation is one exchange opened for judging: the body read once, the profile's expectation looked up once. All that
// rules can read of the exchange they read through its [observe.View], and what is derived here is derived from that.
type Observation struct {
	*observe.View
	Profile  *schemas.Profile
	Nature   body.Nature       // of the body; empty when no complete answer came
	Envelope *observe.Envelope // nil when the body is neither JSON nor XML
	Status   int               // 0 when no complete answer came
	Shape    []body.Violation  // what the structure of the envelope lacks: as an error when it tells one, else as a success
	Code     string            // of an error told, whatever the status
	Row      *schemas.Row      // the row of the table that the error is, nil when it is none

	expected expectation
	setAside bool    // only the shape of the envelope is judged
	told     telling // of a failure, where the status is none
	listed   bool    // the body is an error by its Code
	wording  *wording
	kinds    *body.Results
	intent   observe.Intent
}

// open opens an exchange. An answer that broke off is none: the fault speaks for it. The notes may be nil.
func (j *Judge) open(x *schemas.Exchange, notes *observe.Notes) *Observation {
	e := &Observation{View: observe.Open(x, notes), Profile: j.profile, wording: &j.wording, kinds: j.results}
	e.intent = e.Intent()
	e.expected = j.expectation(e.intent.Condition)
	if e.intent.Style == schemas.ROA && e.intent.Condition == MissingAccessKeyID {
		e.expected = e.expected.or(j.expectation(EmptyAccessKeyID)) // "acs :signature" is one as well as the other
	}
	if e.intent.AnyRefusal {
		e.expected = anyRefusal(e.intent.MayServe)
	}
	e.setAside = e.throttledUnasked()
	e.Status, e.Nature, e.Envelope = e.View.Status(), e.View.Nature(), e.View.Envelope()
	if e.mislabelled() {
		e.Envelope = nil
	}
	if e.Envelope == nil {
		return e
	}
	e.readFailure()
	if e.failed() {
		e.Shape = j.shapes.CheckError(e.Envelope)
	} else {
		e.Shape = j.shapes.CheckSuccess(e.Envelope)
	}
	return e
}

// mislabelled reports a body that Content-Encoding calls packed, and that is not: no client can read it. Of captured traffic,
// and where the request asked for packing, it may have been unpacked before.
func (e *Observation) mislabelled() bool {
	if e.Envelope == nil || e.captured() || !slices.Contains([]string{"gzip", "x-gzip", "deflate", "br", "zstd"}, strings.ToLower(e.Header("Content-Encoding"))) {
		return false
	}
	x := e.Exchange()
	_, asked := x.Request.Header.Lookup("Accept-Encoding")
	return !asked && !bytes.Contains(bytes.ToLower(x.Request.Raw), []byte("\naccept-encoding:"))
}

// findRow looks a code up in the table: of rows that share it, the one whose message and status fit best; nil for none.
func (e *Observation) findRow(code string) *schemas.Row {
	if code == "" {
		return nil
	}
	var rows []*schemas.Row
	for i := range e.Profile.Codes {
		r := &e.Profile.Codes[i]
		if !mayBe(e.Profile, r, code) {
			continue
		}
		if _, ok := sameCode(e.Profile, *r, code); ok {
			rows = append(rows, r)
		}
	}
	switch len(rows) {
	case 0:
		return nil
	case 1:
		return rows[0]
	}
	var found *schemas.Row
	best := -1
	for _, r := range rows {
		if fits := e.fits(r); fits > best {
			best, found = fits, r
		}
	}
	return found
}

// fits weighs how well a row of the error's code fits the answer.
func (e *Observation) fits(r *schemas.Row) int {
	n := 0
	if r.Status.Holds(e.Status) {
		n += 2
	}
	if e.wording.isText(r.Message, e.Envelope.Text("Message"), "") && e.exactWords(r) {
		n += 4
	}
	if slices.Contains(r.Answers, e.intent.Condition) {
		n++
	}
	return n
}

// exactWords reports whether the message is the row's own to the letter, so that rows that differ by a quoted name are
// told apart.
func (e *Observation) exactWords(r *schemas.Row) bool {
	return placeholders.MatchString(r.Message) || strings.HasPrefix(strings.ToLower(plain(e.Envelope.Text("Message"))), strings.ToLower(plain(r.Message)))
}

// answered reports whether a complete answer came.
func (e *Observation) answered() bool { return e.Status != 0 }

// tells reports whether the body tells of a failure.
func (e *Observation) tells() bool { return e.told >= tellsFailure }

// failed reports whether the answer is an error: by its status, or because its body is one.
func (e *Observation) failed() bool { return e.Status >= 400 || e.told == tellsError }

// served reports whether the answer is a success in status and body.
func (e *Observation) served() bool { return e.Status/100 == 2 && !e.tells() }

// refusalWanted reports whether the profile wants this very request refused.
func (e *Observation) refusalWanted() bool {
	return (e.expected.outcome == refuses || e.expected.outcome == silent) && !slices.Contains(judgedTogether, e.intent.Condition)
}

// captured reports whether nothing is known of what was wrong in the request.
func (e *Observation) captured() bool { return e.intent.Condition == "" && e.intent.Case == "" }

// hostile reports whether the request is hostile input, of which only the ROBUST clauses speak.
func (e *Observation) hostile() bool { return e.intent.Condition == Hostile }

// unreadable reports whether the body's syntax is so broken that nothing can be said of its members.
func (e *Observation) unreadable() bool {
	return e.Envelope != nil && len(e.Envelope.Flaws()) > 0 && len(e.Envelope.Names()) == 0 && !e.notAnObject()
}

// notAnObject reports JSON whose top is no object.
func (e *Observation) notAnObject() bool { return e.Envelope != nil && e.Envelope.NotAnObject() != "" }

// lacks returns what the structure of the envelope lacks in the named members, in one line; empty when nothing. A member
// that the reading of the format found fault with is left to FORMAT-10 and FORMAT-11.
func (e *Observation) lacks(members ...string) (got, want string) {
	var gots, wants []string
	for _, v := range e.Shape {
		if slices.Contains(members, v.Member) && !e.flawedMember(v.Member) {
			got, want := sayViolation(v)
			gots = append(gots, got)
			wants = append(wants, want)
		}
	}
	return strings.Join(gots, "; "), strings.Join(wants, "; ")
}

// sayViolation words a violation so that it names its member.
func sayViolation(v body.Violation) (got, want string) {
	switch v.Kind {
	case body.ViolatesMissing:
		return "no " + v.Member, v.Member + ", " + v.Want
	case body.ViolatesSpelling:
		return v.Got + " in place of " + v.Member, v.Member
	}
	return v.Member + " is " + v.Got, v.Member + ", " + v.Want
}

func (e *Observation) flawedMember(name string) bool {
	return slices.ContainsFunc(e.Envelope.Flaws(), func(f body.Flaw) bool { return f.Member == name })
}

// sketch reports in a few words what came back: "200 DescribeRegionsResponse", "400 MissingParameter", "502 an HTML page".
func (e *Observation) sketch() string {
	switch {
	case !e.answered() && e.Fault() != nil:
		return e.Fault().Text
	case !e.answered():
		return "no answer"
	}
	what := e.what()
	if what == "served" && e.Code == "" {
		return fmt.Sprintf("%d, served", e.Status)
	}
	return fmt.Sprintf("%d %s", e.Status, what)
}

// sayBody describes a body that is no envelope.
func (e *Observation) sayBody() string {
	text := sayBody(e.Nature, e.Exchange().Response)
	if coding := e.Header("Content-Encoding"); coding != "" && (e.Nature == body.NatureJSON || e.Nature == body.NatureXML) {
		text += " that Content-Encoding calls " + short(coding)
	}
	return text
}

// sayBody is SayNature, which names what a text is where that is known.
func sayBody(n body.Nature, r *schemas.Response) string {
	if n != body.NatureText {
		return SayNature(n)
	}
	if body.IsEventStream(r.Body, r.Header.Get("Content-Type")) {
		return "an event stream"
	}
	if packing := body.Packing(r.Body); packing != "" {
		return "no text (" + packing + ")"
	}
	return SayNature(n)
}

// SayNature describes what a body is at first sight: "an HTML page".
func SayNature(n body.Nature) string {
	switch n {
	case body.NatureEmpty:
		return "an empty body"
	case body.NatureHTML:
		return "an HTML page"
	case body.NatureJSON:
		return "JSON"
	case body.NatureXML:
		return "XML"
	}
	return "plain text"
}
