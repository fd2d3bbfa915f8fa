package suites

import (
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// An Exam is one exchange opened for judging: the body read once, the profile's expectation looked up once.
type Exam struct {
	Exchange *schemas.Exchange
	Profile  *schemas.Profile
	Nature   body.Nature      // of the body; empty when no complete answer came
	Envelope *body.Envelope   // nil when the body is neither JSON nor XML
	Status   int              // 0 when no complete answer came
	Shape    []body.Violation // what the structure of the envelope lacks: as an error when it tells one, else as a success
	Code     string           // of an error told, whatever the status
	Row      *schemas.Row     // the row of the table that the error is, nil when it is none

	begun    *body.Envelope // as much as can be read of one that broke off; nil for none
	expect   expectation
	setAside bool    // only the shape of the envelope is judged
	told     telling // of a failure, where the status is none
	listed   bool    // the body is an error by its Code
	wording  *wording
	results  *body.Results
	asked    schemas.Asked
}

// open opens an exchange. An answer that broke off is none: the fault speaks for it.
func (j *Judge) open(x *schemas.Exchange) *Exam {
	e := &Exam{Exchange: x, Profile: j.profile, wording: &j.wording, results: j.results, asked: x.Asked}
	e.expect = j.expectation(x.Asked.Condition)
	if x.Asked.Style == schemas.ROA && x.Asked.Condition == MissingAccessKeyID {
		e.expect = e.expect.or(j.expectation(EmptyAccessKeyID)) // "acs :signature" is one as well as the other
	}
	if x.Asked.AnyRefusal {
		e.expect = anyRefusal(x.Asked.MayServe)
	}
	e.setAside = e.throttledUnasked()
	if x.Response == nil {
		return e
	}
	if x.Fault != nil {
		e.begun = body.Open(x.Response.Body)
		return e
	}
	e.Status = x.Response.Status
	e.Nature = body.Sniff(x.Response.Body)
	e.Envelope = body.Open(x.Response.Body)
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

// findRow looks a code up in the table: of rows that share it, the one whose message and status fit best; nil for none.
func (e *Exam) findRow(code string) (found *schemas.Row) {
	if code == "" {
		return nil
	}
	best := -1
	for i := range e.Profile.Codes {
		if !mayBe(e.Profile, &e.Profile.Codes[i], code) {
			continue
		}
		r := e.Profile.Codes[i]
		if _, ok := sameCode(e.Profile, r, code); !ok {
			continue
		}
		score := 1
		if r.Status.Holds(e.Status) {
			score += 2
		}
		if e.wording.isText(r.Message, e.Envelope.Text("Message"), "") && e.exactWords(r) {
			score += 4
		}
		if slices.Contains(r.Answers, e.asked.Condition) {
			score++
		}
		if score > best {
			best, found = score, &e.Profile.Codes[i]
		}
	}
	return found
}

// exactWords reports whether the message is the row's own to the letter, so that rows that differ by a quoted name are
// told apart.
func (e *Exam) exactWords(r schemas.Row) bool {
	return placeholders.MatchString(r.Message) || strings.HasPrefix(strings.ToLower(plain(e.Envelope.Text("Message"))), strings.ToLower(plain(r.Message)))
}

// answered reports whether a complete answer came.
func (e *Exam) answered() bool { return e.Status != 0 }

// arrived returns the status that came, also that of an answer that broke off behind its header; 0 when none came.
func (e *Exam) arrived() int {
	if e.Exchange.Response == nil {
		return 0
	}
	return e.Exchange.Response.Status
}

// brokeOff reports whether an answer began and did not come to its end. What came of it is judged for what it proves.
func (e *Exam) brokeOff() bool { return e.Exchange.Response != nil && e.Exchange.Fault != nil }

// tells reports whether the body tells of a failure.
func (e *Exam) tells() bool { return e.told >= tellsFailure }

// failed reports whether the answer is an error: by its status, or because its body is one.
func (e *Exam) failed() bool { return e.Status >= 400 || e.told == tellsError }

// served reports whether the answer is a success in status and body.
func (e *Exam) served() bool { return e.Status/100 == 2 && !e.tells() }

// refusalWanted reports whether the profile wants this very request refused.
func (e *Exam) refusalWanted() bool {
	return (e.expect.stance == refuses || e.expect.stance == silent) && !slices.Contains(judgedTogether, e.asked.Condition)
}

// hostile reports whether the request is hostile input, of which only the ROBUST clauses speak.
func (e *Exam) hostile() bool { return e.asked.Condition == Hostile }

// unreadable reports whether the body's syntax is so broken that nothing can be said of its members.
func (e *Exam) unreadable() bool {
	return e.Envelope != nil && len(e.Envelope.Members) == 0 && len(e.Envelope.Faults) > 0 && !e.notAnObject()
}

// notAnObject reports JSON whose top is no object.
func (e *Exam) notAnObject() bool {
	return e.Envelope != nil && slices.ContainsFunc(e.Envelope.Faults, func(f body.Flaw) bool { return f.Kind == body.FlawNotAnObject })
}

// lacks returns what the structure of the envelope lacks in the named members, in one line; empty when nothing. A member
// that the reading of the format found fault with is left to FORMAT-10 and FORMAT-11.
func (e *Exam) lacks(members ...string) (got, want string) {
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

func (e *Exam) flawedMember(name string) bool {
	return slices.ContainsFunc(e.Envelope.Faults, func(f body.Flaw) bool { return f.Member == name })
}

// sketch reports in a few words what came back: "200 DescribeRegionsResponse", "400 MissingParameter", "502 an HTML page".
func (e *Exam) sketch() string {
	switch {
	case !e.answered() && e.Exchange.Fault != nil:
		return e.Exchange.Fault.Text
	case !e.answered():
		return "no answer"
	case e.Envelope == nil:
		return fmt.Sprintf("%d %s", e.Status, sayNature(e.Nature))
	case e.Code != "":
		return fmt.Sprintf("%d %s", e.Status, e.Code)
	case e.Envelope.Format == schemas.XML && e.Envelope.Root != "":
		return fmt.Sprintf("%d %s", e.Status, e.Envelope.Root)
	}
	if e.Status/100 == 2 {
		return fmt.Sprintf("%d, served", e.Status)
	}
	return fmt.Sprintf("%d %s without a Code", e.Status, e.Nature)
}

func sayNature(n body.Nature) string {
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
