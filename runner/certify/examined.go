package certify

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// examined is a run held against a level.
type examined struct {
	book    Book
	level   Level
	profile *schemas.Profile
	needs   needs
	run     *schemas.Run
	waits   map[schemas.Condition]bool // of the cases that the target file lacks a line for
}

// skipped names each line that the target file lacks once, with the cases that wait for it. Where rows are required, they
// say better which recipes are missing.
func (e *examined) skipped() []Gap {
	var whys []string
	names := map[string][]string{}
	for i := range e.run.Cases {
		c := &e.run.Cases[i]
		if c.Outcome != schemas.Skipped || !e.level.requires(e.needs, c) || e.level.Rows && c.Condition == suites.FromRecipe {
			continue
		}
		e.waits[c.Condition] = true
		if names[c.Why] == nil {
			whys = append(whys, c.Why)
		}
		if !slices.Contains(names[c.Why], c.Name) {
			names[c.Why] = append(names[c.Why], c.Name)
		}
	}
	lacks := make([]Gap, len(whys))
	for i, why := range whys {
		says := strings.Join(names[why], ", ") + ": " + why + "; take the entry out of skip"
		if line, ok := strings.CutPrefix(why, "needs "); ok {
			says = fmt.Sprintf("the target file needs %s (for %s)", line, strings.Join(names[why], ", "))
		}
		lacks[i] = Gap{Lacking, says}
	}
	return lacks
}

// rows names the rows that did not come back where they were asked for, in one line, and those that did though they are
// declared not to. A row that answers a case which waits for a line of the target file is not named too.
func (e *examined) rows(declared []schemas.Inapplicable) []Gap {
	if !e.level.Rows {
		return nil
	}
	var missing, back []string
	first := schemas.CodeState{}
	for i, row := range e.run.Codes {
		name := row.Code + " " + row.Status.String()
		not := slices.ContainsFunc(declared, func(n schemas.Inapplicable) bool { return n.Names(row.Code, row.Status, row.Message) })
		switch {
		case not && row.State == schemas.CodeAnswered:
			back = append(back, name)
		case !not && row.State != schemas.CodeAnswered && !e.comes(i):
			if missing = append(missing, name); len(missing) == 1 {
				first = row
			}
		}
	}
	var lacks []Gap
	if len(back) > 0 {
		lacks = append(lacks, Gap{Lacking, "declared not applicable, and they came back: " + strings.Join(back, ", ") + "; take them out of not_applicable"})
	}
	if len(missing) > 0 {
		lacks = append(lacks, Gap{Lacking, fmt.Sprintf("%s of the table not answered: %s; add a line for each to recipes, like {code: %s, status: %s, action: …, params: {…}}, or to not_applicable, like {code: %s, status: %s, reason: …}",
			text.Count(len(missing), "row"), strings.Join(missing, ", "), first.Code, first.Status, first.Code, first.Status)})
	}
	return lacks
}

// comes reports whether a row answers one of the cases that wait.
func (e *examined) comes(row int) bool {
	return row < len(e.profile.Codes) && slices.ContainsFunc(e.profile.Codes[row].Answers, func(c schemas.Condition) bool { return e.waits[c] })
}

// unexercised names the MUST clauses that nothing exercised, but for those of which only cases speak that the level does
// not require, and those of which the skipped cases tell already.
func (e *examined) unexercised() []Gap {
	var lacks []Gap
	for _, clause := range e.run.Clauses {
		if clause.Level != schemas.Must || clause.State != schemas.Unexercised || e.untestable(clause.ID) || e.explained(clause.ID) {
			continue
		}
		lacks = append(lacks, Gap{Unexercised, fmt.Sprintf("%s is a MUST that nothing exercised: %s", clause.ID, cmp.Or(clause.Why, "no reason known"))})
	}
	return lacks
}

// untestable reports whether the book itself says that no case can exercise the clause.
func (e *examined) untestable(id string) bool {
	c, _ := schemas.ClauseByID(e.book.Clauses, id)
	return c.Untested != ""
}

// explained reports whether every case of the clause was skipped for a reason that another gap names or that is allowed. A
// clause without a case of its own is not explained.
func (e *examined) explained(id string) bool {
	skipped := false
	for i := range e.run.Cases {
		c := &e.run.Cases[i]
		if c.Clause != id {
			continue
		}
		if c.Outcome != schemas.Skipped {
			return false
		}
		skipped = true
	}
	return skipped
}
