package certify

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// examined is a run held against a level.
type examined struct {
	book          Book
	level         Level
	needs         needs
	run           *schemas.Run
	excuseRecipes bool // no row waits for a recipe: that there is none is no lack
}

// skipped names each line that the target file lacks once, with the cases that wait for it.
func (e *examined) skipped() []Lack {
	var whys []string
	names := map[string][]string{}
	for i := range e.run.Cases {
		c := &e.run.Cases[i]
		if c.Outcome != schemas.Skipped || !e.level.requires(e.needs, c) || e.excused(c.Condition) {
			continue
		}
		if names[c.Why] == nil {
			whys = append(whys, c.Why)
		}
		if !slices.Contains(names[c.Why], c.Name) {
			names[c.Why] = append(names[c.Why], c.Name)
		}
	}
	lacks := make([]Lack, len(whys))
	for i, why := range whys {
		says := strings.Join(names[why], ", ") + ": " + why + "; take the entry out of skip"
		if line, ok := strings.CutPrefix(why, "needs "); ok {
			says = fmt.Sprintf("the target file needs %s (for %s)", line, strings.Join(names[why], ", "))
		}
		lacks[i] = Lack{Lacking, says}
	}
	return lacks
}

func (e *examined) excused(c schemas.Condition) bool {
	return c == suites.FromRecipe && e.excuseRecipes
}

// rows names the rows that did not come back where they were asked for, in one line, and those that came back though
// they are declared not to.
func (e *examined) rows(declared []schemas.Inapplicable) []Lack {
	if !e.level.Rows {
		return nil
	}
	var missing, back []string
	first := schemas.CodeState{}
	for _, row := range e.run.Codes {
		name := row.Code + " " + row.Status.String()
		not := slices.ContainsFunc(declared, func(n schemas.Inapplicable) bool { return n.Names(row.Code, row.Status, row.Message) })
		switch {
		case not && row.State != schemas.Unexercised:
			back = append(back, name)
		case !not && row.State != schemas.CodeAnswered:
			if missing = append(missing, name); len(missing) == 1 {
				first = row
			}
		}
	}
	var lacks []Lack
	if len(back) > 0 {
		lacks = append(lacks, Lack{Lacking, "declared not applicable, and they came back: " + strings.Join(back, ", ") + "; take them out of not_applicable"})
	}
	if len(missing) > 0 {
		lacks = append(lacks, Lack{Lacking, fmt.Sprintf("%s of the table not answered: %s; add a line for each to recipes, like {code: %s, status: %s, action: …, params: {…}}, or to not_applicable, like {code: %s, status: %s, reason: …}",
			counted(len(missing), "row"), strings.Join(missing, ", "), first.Code, first.Status, first.Code, first.Status)})
	}
	return lacks
}

// unexercised names the MUST clauses that nothing exercised, but for those of which only cases speak that the level does
// not require, and those of which the skipped cases tell already.
func (e *examined) unexercised() []Lack {
	var lacks []Lack
	for _, clause := range e.run.Clauses {
		if clause.Level != schemas.Must || clause.State != schemas.Unexercised || e.untestable(clause.ID) || e.told(clause.ID) {
			continue
		}
		lacks = append(lacks, Lack{Unexercised, fmt.Sprintf("%s is a MUST that nothing exercised: %s", clause.ID, cmp.Or(clause.Why, "no reason known"))})
	}
	return lacks
}

// untestable reports whether the book itself says that no case can exercise the clause.
func (e *examined) untestable(id string) bool {
	return slices.ContainsFunc(e.book.Clauses, func(c schemas.Clause) bool { return c.ID == id && c.Untested != "" })
}

// told reports whether every case of the clause was skipped, and for a reason that is told elsewhere or not required. A
// clause without a case of its own is not told.
func (e *examined) told(id string) bool {
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
