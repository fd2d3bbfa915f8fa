package suites

import "github.com/acsconform/acsconform/schemas"

// A Chapter is one part of the book: its rules, then its cases.
type Chapter struct {
	Name  string
	Rules []Rule
	Cases []Case
}

// A Rule judges by one clause. Exactly one of its three checks is set: of one exchange, of the exchanges of one case,
// or of those of the whole run.
type Rule struct {
	Name    Name
	Clause  string
	Kind    schemas.FindingKind // of what it finds, where a Check names no other; empty: the kind is that of the answer
	One     func(*Observation) Check
	Case    func(*Planned, []*Observation) Check
	Whole   func([]*Observation) []Check  // one Check for each observation it concerns, with Check.At set
	Informs func([]*Observation) string   // of a clause that only informs: what the observations of a run show; empty when nothing
	Sees    string                        // what an exchange must be for the rule to look at it, in words; "" where that is plain from the clause
	Due     func(*Planned) bool           // the cases that must show the rule something for its clause to be kept; nil: any exchange will do
	Aside   bool                          // looks only where something is wrong, so that its silence shows nothing
	Idle    func(*schemas.Profile) string // why the clause has nothing to look at in a profile, whatever a server answers; "" where it has
	Reason  bool                          // concerns why a request is refused, which shows nothing where the sound request is refused too
	Behind  []string                      // the clauses that explain its findings where they are broken too: reports show them first; [Everything] are all
	Echoes  bool                          // concerns flaws that the request's value may have made: not where answers that repeat none of it have them too
	Any     bool                          // concerns any refusal, and so of cases whose condition no clause of the profile concerns
	Across  Across                        // of whole-run rules: what a reader of endless traffic has to count in the place of Whole
	Shape   bool                          // concerns the shape of an envelope alone, and so of throttled answers that were set aside too
}

// A Check is what a rule found when it looked. The zero Check means that it had nothing to look at, which is not the
// same as a clause kept.
type Check struct {
	Looked  bool
	At      *Observation // of whole-run rules: the observation it concerns
	Got     string       // empty when kept
	Want    string
	Level   schemas.Level       // when lighter than the clause's own; empty otherwise
	Others  int                 // of whole-run rules: how many more observations the same finding concerns
	Kind    schemas.FindingKind // when another than the rule's
	Subject string              // what it found is about, of a kind that does not concern the answer as a whole
	Unable  string              // of a rule of a case: why the case cannot show anything; it is then not judged
}

// broken reports whether the rule found its clause not kept.
func (l Check) broken() bool { return l.Got != "" }

func pass() Check                 { return Check{Looked: true} }
func fail(got, want string) Check { return Check{Looked: true, Got: got, Want: want} }
func warned(got, want string) Check {
	return Check{Looked: true, Got: got, Want: want, Level: schemas.Should}
}

// of returns the check as one that concerns an answer as a whole: its kind is that of the answer.
func (l Check) of(e *Observation) Check {
	l.At, l.Kind = e, e.kind()
	return l
}

// about returns the check with what it found about what.
func (l Check) about(kind schemas.FindingKind, subject string) Check {
	l.Kind, l.Subject = kind, subject
	return l
}

func notApplicable() Check { return Check{} }

// unable is what a rule found that cannot judge the case, and says why.
func unable(why string) Check { return Check{Unable: why} }

// passIf is kept when ok, else broke.
func passIf(ok bool, got, want string) Check {
	if ok {
		return pass()
	}
	return fail(got, want)
}
