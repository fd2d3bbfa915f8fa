package suites

import (
	"cmp"
	"fmt"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// finding returns what a rule found as reports have it. The observation is the one that was judged, nil where it was several.
func (j *Judge) finding(e *Observation, r *Rule, l Check) schemas.Finding {
	f := schemas.Finding{
		Clause: r.Clause, Level: cmp.Or(l.Level, j.levels[r.Clause]), Kind: cmp.Or(l.Kind, r.Kind), Subject: l.Subject, Got: l.Got, Want: l.Want,
	}
	switch {
	case f.Kind == "" && e == nil:
		f.Kind = schemas.FoundDisagree
	case f.Kind == "":
		f.Kind = e.kind()
	}
	if e != nil && f.Kind.OfAnswer() {
		f.Status, f.Subject = e.Arrived(), e.what()
	}
	return f
}

// kind returns what a finding that concerns the answer as a whole is.
func (e *Observation) kind() schemas.FindingKind {
	switch {
	case !e.answered():
		return schemas.FoundNoAnswer
	case e.Nature == body.NatureHTML:
		return schemas.FoundHTMLPage
	case e.Envelope == nil:
		return schemas.FoundNoEnvelope
	case e.served():
		return schemas.FoundServed
	case !e.failed():
		return schemas.FoundStatus
	case e.expected.outcome == serves:
		return schemas.FoundRefused
	}
	return schemas.FoundWrongCode
}

// what describes what came, without its status: the Code of an error, the root of a success, what a body is.
func (e *Observation) what() string {
	switch {
	case !e.answered() && e.Fault() != nil:
		return string(e.Fault().Kind)
	case !e.answered():
		return "no answer"
	case e.Envelope == nil:
		return e.sayBody()
	case e.Code != "":
		return e.Code
	case e.Envelope.Format == schemas.XML && e.Envelope.RootName() != "":
		return e.Envelope.RootName()
	case e.Status/100 == 2:
		return "served"
	}
	return fmt.Sprintf("%s without a Code", e.Nature)
}
