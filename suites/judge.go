package suites

import (
	"slices"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// A Judge holds exchanges against the rules of the book for one profile. It is safe for concurrent use; all it keeps
// is what it compiled.
type Judge struct {
	profile *schemas.Profile
	clauses []schemas.Clause
	levels  map[string]schemas.Level // of the clauses that the profile is judged by
	rules   []Rule
	shapes  *body.Shapes
	results *body.Results
	expects map[schemas.Condition]expectation
	wording wording
}

// NewJudge makes the judge of one profile by the clauses given.
func NewJudge(profile *schemas.Profile, clauses []schemas.Clause) *Judge {
	j := &Judge{
		profile: profile, clauses: clauses,
		levels:  map[string]schemas.Level{},
		shapes:  body.NewShapes(profile.Envelope),
		results: body.NewResults(profile.Operations),
		expects: map[schemas.Condition]expectation{},
	}
	for _, c := range clauses {
		if c.AppliesTo(profile) {
			j.levels[c.ID] = c.Level
		}
	}
	for _, chapter := range chapters() {
		for _, r := range chapter.Rules {
			if _, ok := j.levels[r.Clause]; ok {
				j.rules = append(j.rules, r)
			}
		}
	}
	for _, c := range conditions {
		j.expects[c.id] = expectationFor(profile, c.id)
	}
	return j
}

// Without returns a judge that leaves one rule out, named by its name. It is how a test sees that no rule is idle.
func (j *Judge) Without(rule string) *Judge {
	less := &Judge{profile: j.profile, clauses: j.clauses, levels: j.levels, shapes: j.shapes, results: j.results, expects: j.expects}
	less.rules = slices.DeleteFunc(slices.Clone(j.rules), func(r Rule) bool { return r.Name.Text == rule })
	return less
}

// With returns a judge that has further rules. It is how a test puts a rule into the book.
func (j *Judge) With(rules ...Rule) *Judge {
	more := &Judge{profile: j.profile, clauses: j.clauses, levels: j.levels, shapes: j.shapes, expects: j.expects}
	more.rules = slices.Concat(j.rules, rules)
	return more
}

func (j *Judge) expectation(c schemas.Condition) expectation { return j.expects[c] }

// Exchange judges one exchange by itself: the universal rules, and the crafted ones where the condition is known.
func (j *Judge) Exchange(x *schemas.Exchange) []schemas.Finding {
	return j.findings(j.open(x, nil), nil, "")
}

// findings runs the rules of one exchange, those of one clause where one is named, and counts the looks in a tally; nil:
// nobody counts.
func (j *Judge) findings(e *Observation, t *tally, only string) []schemas.Finding {
	var found []schemas.Finding
	for i := range j.rules {
		r := &j.rules[i]
		if r.One == nil || e.setAside && !r.Shape || only != "" && r.Clause != only {
			continue
		}
		if l := r.One(e); l.Looked {
			found = j.take(found, e, i, l, t)
		}
	}
	return found
}

// take counts a look of the i-th rule, where somebody counts, and keeps what it found broken.
func (j *Judge) take(found []schemas.Finding, e *Observation, i int, l Check, t *tally) []schemas.Finding {
	if !l.Looked {
		return found
	}
	if t != nil {
		t.looks[i]++
	}
	if !l.broken() {
		return found
	}
	if t != nil {
		t.broke[j.rules[i].Name.Text] = true
	}
	return append(found, j.finding(e, &j.rules[i], l))
}
