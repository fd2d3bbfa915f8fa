package main

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

func (w *world) explainClause(clause schemas.Clause, cases []*catalogue.Case) {
	w.clauseHead(clause)
	var rules []string
	for _, name := range catalogue.Rules(clause.ID) {
		rules = append(rules, fmt.Sprintf("%s (%s)", name, name.Source()))
	}
	w.items("rules", rules)
	var exercise []string
	for _, e := range cases {
		if slices.Contains(e.Clauses, clause.ID) {
			exercise = append(exercise, e.Name+": "+e.Says)
		}
	}
	wanted := func(p *suites.Planned) bool { return p.Clause.ID == clause.ID }
	if len(exercise) == 0 && clause.Untested == "" {
		exercise = []string{"every answer is looked at"}
		wanted = func(p *suites.Planned) bool { return !p.Case.Alone }
	}
	w.items("cases", exercise)
	mutants := catalogue.Mutants(clause.ID)
	w.items("broken by", sentences(mutants))
	w.example(mutants, wanted, clause.ID)
}

func (w *world) explainCase(e *catalogue.Case) {
	w.printf("%s  case of chapter %s\n", e.Name, e.Chapter)
	w.paragraph("sends", e.Says)
	w.paragraph("condition", fmt.Sprintf("%s (%s)", suites.SayCondition(e.Condition), e.Condition))
	w.items("wants", answers(e.Condition, e.Profiles))
	w.paragraph("stands in", e.Source)
	var mutants []reference.Variant
	for _, clause := range fixtures.Clauses() {
		if slices.Contains(e.Clauses, clause.ID) {
			w.printf("\n")
			w.clauseHead(clause)
			mutants = append(mutants, catalogue.Mutants(clause.ID)...)
		}
	}
	w.items("broken by", sentences(mutants))
	w.example(mutants, func(p *suites.Planned) bool { return p.Case.Name.Source() == e.Source }, e.Clauses...)
}

// explainCode explains every row with that code; where there is none, the rows of a family that it belongs to. It
// reports whether it found any.
func (w *world) explainCode(word string, cases []*catalogue.Case) bool {
	for _, means := range []func(*schemas.Profile, schemas.Row, string) bool{sameCode, inFamily} {
		found := false
		for _, p := range fixtures.Profiles() {
			for _, row := range p.Codes {
				if !means(p, row, word) {
					continue
				}
				if found {
					w.printf("\n")
				}
				found = true
				w.explainRow(p, row, cases)
			}
		}
		if found {
			return true
		}
	}
	return false
}

func (w *world) explainRow(p *schemas.Profile, row schemas.Row, cases []*catalogue.Case) {
	w.printf("%s  %s  row of %s\n", row.Code, row.Status, p.Title)
	w.paragraph("message", row.Message)
	for _, other := range row.Also {
		w.paragraph("or", other)
	}
	w.paragraph("note", row.Note)
	w.paragraph("source", p.Source)
	if len(row.Answers) == 0 {
		w.paragraph("asked for by", "a recipe of the target file: only the service knows how to provoke it")
		w.paragraph("fails when", "the recipe brings another code (ROW-1) or another status (STATUS-3, STATUS-4)")
		return
	}
	var asked []string
	for _, e := range cases {
		if slices.Contains(row.Answers, e.Condition) && slices.Contains(e.Profiles, p.Name) {
			asked = append(asked, e.Name+": "+e.Says)
		}
	}
	w.items("asked for by", asked)
	var wanted []string
	for _, condition := range row.Answers {
		wanted = append(wanted, suites.SayCondition(condition)+": "+answer(p, condition))
	}
	w.items("right for", wanted)
	w.paragraph("fails when", "one of these cases brings a code of another row (the case's clause), a code of no row (ERROR-9) or another status (STATUS-3, STATUS-4)")
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
