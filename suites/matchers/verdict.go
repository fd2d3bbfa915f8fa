package matchers

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
	"github.com/acsconform/acsconform/suites/wording"
)

// keeps fails where a finding is as grave as the clause itself.
func keeps(a *answer) ([]string, error) {
	clause := a.clause
	found := a.found(func(f schemas.Finding) bool {
		return f.Clause == clause.ID && (f.Level == clause.Level || f.Level == schemas.Must)
	})
	if len(found) == 0 && a.Looks[clause.ID] == 0 {
		return nil, a.notLookedAt(clause.ID)
	}
	return a.words(found), nil
}

// isError fails for any other answer than an error of that code, and for one that breaks a MUST.
func isError(a *answer, code string) ([]string, error) {
	want := "an error of " + a.book.profile.Name + " with " + cmp.Or(code, "a Code")
	switch {
	case !a.Answered:
		return nil, a.unanswered()
	case !a.Failed:
		return a.mismatch(want), nil
	}
	lines, err := a.sound(suites.ErrorClause)
	if lines == nil && err == nil && code != "" && a.Code != code {
		return a.mismatch(want), nil
	}
	return lines, err
}

// isSuccess fails for any other answer than a success, and for one that breaks a MUST.
func isSuccess(a *answer) ([]string, error) {
	switch {
	case !a.Answered:
		return nil, a.unanswered()
	case !a.Served:
		return a.mismatch("a success of " + a.book.profile.Name), nil
	}
	return a.sound(suites.SuccessClause)
}

// sound fails for an answer that breaks a MUST, and is an error where the judge did not look at the clause.
func (a *answer) sound(clause string) ([]string, error) {
	switch found := a.found(isMust); {
	case len(found) > 0:
		return a.words(found), nil
	case a.Looks[clause] == 0:
		return nil, a.notLookedAt(clause)
	}
	return nil, nil
}

// hasRequestID fails where there is none, in the words of the clauses that ask for one, and for one that breaks a MUST.
func hasRequestID(a *answer) ([]string, error) {
	if !a.Answered {
		return nil, a.unanswered()
	}
	clauses := idClauses()
	if a.RequestID == "" {
		clauses = []string{suites.ErrorClause, suites.SuccessClause}
	}
	found := a.found(func(f schemas.Finding) bool { return isMust(f) && slices.Contains(clauses, f.Clause) })
	switch {
	case len(found) > 0:
		return a.words(found), nil
	case a.RequestID == "":
		return a.mismatch("a body with RequestId, a UUID"), nil
	}
	return nil, nil
}

// idClauses are the clauses of the chapter on request ids.
func idClauses() (ids []string) {
	for _, chapter := range suites.Book() {
		if chapter.Name == "requestid" {
			for _, r := range chapter.Rules {
				ids = append(ids, r.Clause)
			}
		}
	}
	return ids
}

func (a *answer) unanswered() error {
	return errors.New("no complete answer came: " + wording.Plain(a.Sketch) + " (send the request again)")
}

func isMust(f schemas.Finding) bool { return f.Level == schemas.Must }

func (a *answer) found(which func(schemas.Finding) bool) []schemas.Finding {
	return slices.DeleteFunc(slices.Clone(a.Findings), func(f schemas.Finding) bool { return !which(f) })
}

// notLookedAt is the error of a clause that the judge did not look at, which is then not kept.
func (a *answer) notLookedAt(clause string) error {
	name := a.book.profile.Name
	why, unknown := a.book.judge.NotLookedAt(clause, a.exchange)
	remedy := "conform run --label-filter=" + clause + " sends the requests that it concerns"
	if _, applies := a.book.judge.Level(clause); !applies {
		remedy = "conform list clauses --profile " + name + " shows those that it is judged by"
	} else if unknown {
		remedy = fmt.Sprintf("state what was wrong with the request: matchers.For(%q).Given(condition).Keep(%q)", name, clause)
	}
	return fmt.Errorf("%s was not looked at, and so is not kept: %s (%s)", clause, wording.Plain(why), remedy)
}

// words are the findings as the suite reports them.
func (a *answer) words(found []schemas.Finding) []string {
	if len(found) == 0 {
		return nil
	}
	gravest := found[0]
	if i := slices.IndexFunc(found, isMust); i >= 0 {
		gravest = found[i]
	}
	clause, err := clauseNamed(gravest.Clause)
	if err != nil {
		clause = schemas.Clause{ID: gravest.Clause, Level: gravest.Level}
	}
	x := a.exchange
	return wording.Case(a.id(), clause, &schemas.CaseResult{
		Name: x.Intent.Case, Findings: found, Source: sourceOf(x.Intent.Case),
		Exchange: &schemas.ExchangeReport{Request: x.Request, Response: x.Response, Fault: x.Fault},
	})
}

// mismatch words an answer that breaks nothing, and is not what was expected.
func (a *answer) mismatch(want string) []string {
	f := wording.Failure{ID: a.id(), Level: schemas.Must, Want: want, Got: a.Sketch, RequestID: a.RequestID, Place: sourceOf(a.exchange.Intent.Case)}
	lines := f.Lines(wording.Columns)
	lines[0] = strings.TrimRight(strings.TrimSuffix(lines[0], string(schemas.Must)), " ")
	return lines
}

// sourceOf returns where a case of the book stands; "" for none.
func sourceOf(name string) string {
	if name == "" {
		return ""
	}
	for _, chapter := range suites.Book() {
		for _, c := range chapter.Cases {
			if c.Name.Text == name {
				return c.Name.Source()
			}
		}
	}
	return ""
}
