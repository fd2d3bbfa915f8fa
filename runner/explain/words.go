package explain

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/catalogue"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

func (x *explaining) clause(clause schemas.Clause) {
	x.clauseHead(clause)
	var rules []string
	for _, name := range catalogue.Rules(clause.ID) {
		rules = append(rules, fmt.Sprintf("%s (%s)", name, name.Source()))
	}
	x.items("rules", rules)
	var exercise []string
	for _, e := range x.cases {
		if slices.Contains(e.Clauses, clause.ID) {
			exercise = append(exercise, e.Name+": "+e.Says)
		}
	}
	wanted := func(p *suites.Planned) bool { return p.Clause.ID == clause.ID }
	if len(exercise) == 0 && clause.Untested == "" {
		exercise = []string{"every answer is looked at"}
		wanted = func(p *suites.Planned) bool { return !p.Case.Alone && p.Requests() <= 2 } // enough, and over in no time
	}
	x.items("cases", exercise)
	mutants := catalogue.Mutants(clause.ID)
	x.items("broken by", sentences(mutants))
	x.example(mutants, wanted, clause.ID)
}

func (x *explaining) aCase(e *catalogue.Case) {
	x.printf("%s  case of chapter %s\n", e.Name, e.Chapter)
	x.paragraph("sends", e.Says)
	x.paragraph("condition", fmt.Sprintf("%s (%s)", suites.SayCondition(e.Condition), e.Condition))
	x.items("wants", x.answers(e.Condition, e.Profiles))
	x.paragraph("not in all", e.Except)
	x.paragraph("source", e.Source)
	var mutants []reference.Variant
	for _, clause := range fixtures.Clauses() {
		if slices.Contains(e.Clauses, clause.ID) {
			x.printf("\n")
			x.clauseHead(clause)
			mutants = append(mutants, catalogue.Mutants(clause.ID)...)
		}
	}
	x.items("broken by", sentences(mutants))
	x.example(mutants, func(p *suites.Planned) bool { return p.Case.Name.Source() == e.Source }, e.Clauses...)
}

// code explains every row with that code; without any, the rows of its family (Throttling for Throttling.User). It
// reports whether it found any.
func (x *explaining) code(word string) bool {
	for _, means := range []func(*schemas.Profile, schemas.Row, string) bool{sameCode, inFamily} {
		found := false
		for _, p := range x.profiles {
			for _, row := range slices.Concat(p.Codes, p.ObservedRows()) {
				if !means(p, row, word) {
					continue
				}
				if found {
					x.printf("\n")
				}
				found = true
				x.row(p, row)
			}
		}
		if found {
			return true
		}
	}
	return false
}

// condition explains what a case makes wrong: what each profile answers, and which cases make it wrong.
func (x *explaining) condition(c schemas.Condition) {
	x.printf("%s  condition\n", c)
	x.paragraph("says", suites.SayCondition(c))
	x.conditionText(c)
	var names, made []string
	for _, p := range x.profiles {
		names = append(names, p.Name)
	}
	x.items("answered", x.answers(c, names))
	for _, e := range x.cases {
		if e.Condition == c {
			made = append(made, fmt.Sprintf("%s (%s): %s", e.Name, strings.Join(e.Clauses, ", "), e.Says))
		}
	}
	x.items("cases", made)
}

func (x *explaining) row(p *schemas.Profile, row schemas.Row) {
	x.printf("%s  %s  row of %s\n", row.Code, row.Status, p.Title)
	x.paragraph("message", row.Message)
	for _, other := range row.Also {
		x.paragraph("or", other)
	}
	x.paragraph("note", row.Note)
	x.paragraph("published", row.Published)
	if slices.ContainsFunc(p.Observed, func(seen schemas.ObservedRow) bool {
		return seen.Row().Key() == row.Key() && seen.Message == row.Message
	}) {
		x.paragraph("source", "observed at gateways, and not published: another code in its place is no fault")
		return
	}
	x.paragraph("source", p.Source)
	if len(row.Answers) == 0 {
		x.paragraph("asked for by", "a recipe of the target file: only the service knows how to provoke it")
		x.paragraph("fails when", "the recipe brings another code (ROW-1) or another status (STATUS-3, STATUS-4)")
		return
	}
	var asked []string
	for _, e := range x.cases {
		if slices.Contains(row.Answers, e.Condition) && slices.Contains(e.Profiles, p.Name) {
			asked = append(asked, e.Name+": "+e.Says)
		}
	}
	x.items("asked for by", asked)
	var wanted []string
	for _, condition := range row.Answers {
		wanted = append(wanted, suites.SayCondition(condition)+": "+catalogue.Answer(p, condition))
	}
	x.items("right for", wanted)
	x.paragraph("fails when", "one of these cases brings a code of another row (the case's clause), a code of no row (ERROR-9) or another status (STATUS-3, STATUS-4)")
}

func sameCode(p *schemas.Profile, row schemas.Row, word string) bool {
	return strings.EqualFold(row.Code, word) || p.Aliases[word] == row.Code
}

// inFamily reports whether the word is a member of the family that a row with a placeholder stands for.
func inFamily(_ *schemas.Profile, row schemas.Row, word string) bool {
	prefix, _, family := strings.Cut(row.Code, "{")
	name, fits := strings.CutPrefix(word, prefix)
	return family && fits && name != "" && !strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) })
}

func sentences(variants []reference.Variant) []string {
	var out []string
	for _, v := range variants {
		out = append(out, catalogue.Sentence(v))
	}
	return out
}
