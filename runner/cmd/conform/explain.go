package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/catalogue"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

// explainCommand is conform explain.
type explainCommand struct {
	Word string `arg:"" name:"clause|case|code" help:"A clause (NONCE-1), a case (nonce-used-twice) or a code (SignatureNonceUsed)."`
}

// Run explains the word as a clause, else as a case, else as a code.
func (c *explainCommand) Run(w *world) error {
	word := strings.TrimSpace(c.Word)
	if name, _, variant := strings.Cut(word, " ["); variant {
		word = name
	}
	cases := catalogue.Cases(fixtures.Profiles())
	for _, clause := range fixtures.Clauses() {
		if strings.EqualFold(clause.ID, word) {
			w.explainClause(clause, cases)
			return nil
		}
	}
	for _, e := range cases {
		if e.Name == word || e.Name == "row" && strings.HasPrefix(word, "row-") {
			w.explainCase(e)
			return nil
		}
	}
	if w.explainCode(word, cases) {
		return nil
	}
	return wrong("%q is no clause, case or code%s", word, meant(word, explainable(cases), "conform list clauses, cases and codes shows them"))
}

// explainable lists every word that can be explained.
func explainable(cases []*catalogue.Case) []string {
	var words []string
	for _, clause := range fixtures.Clauses() {
		words = append(words, clause.ID)
	}
	for _, e := range cases {
		words = append(words, e.Name)
	}
	for _, p := range fixtures.Profiles() {
		for _, row := range p.Codes {
			words = append(words, row.Code)
		}
	}
	return words
}

// paragraph prints a labelled text, wrapped.
func (w *world) paragraph(label, text string) {
	if text = wording.Plain(text); text == "" {
		return
	}
	for _, line := range wording.Wrap(text, 86, 8) {
		w.printf("%-12s  %s\n", label, line)
		label = ""
	}
}

// items prints a labelled list, one in a line.
func (w *world) items(label string, items []string) {
	for _, item := range items {
		w.printf("%-12s  %s\n", label, wording.Clip(wording.Plain(item), 160))
		label = ""
	}
}

// clauseHead prints what a clause says, and why nothing exercises it where that is so.
func (w *world) clauseHead(clause schemas.Clause) {
	w.printf("%s  %s\n", clause.ID, clause.Level)
	w.paragraph("says", clause.Statement)
	w.paragraph("source", clause.Source)
	w.paragraph("profiles", allOr(clause.Profiles))
	w.paragraph("untested", clause.Untested)
}

// answers says what each profile that has a say in a condition wants, profiles that want the same together.
func answers(condition schemas.Condition, profiles []string) []string {
	var order []string
	by := map[string][]string{}
	for _, name := range profiles {
		p, err := fixtures.Profile(name)
		if err != nil {
			continue
		}
		want := answer(p, condition)
		if by[want] == nil {
			order = append(order, want)
		}
		by[want] = append(by[want], name)
	}
	for i, want := range order {
		order[i] = fmt.Sprintf("%s: %s", strings.Join(by[want], ", "), want)
	}
	return order
}

// answer says what a profile documents about a condition.
func answer(p *schemas.Profile, condition schemas.Condition) string {
	var codes []string
	for _, row := range p.Codes {
		if slices.Contains(row.Answers, condition) {
			codes = append(codes, row.Status.String()+" "+row.Code)
		}
	}
	switch {
	case len(codes) > 0:
		text := strings.Join(slices.Compact(codes), " or ")
		if more := p.Tolerates[condition]; len(more) > 0 {
			text += "; " + strings.Join(more, ", ") + " warns"
		}
		return text
	case condition == schemas.Sound, slices.Contains(p.Serves, condition):
		return "served"
	case slices.Contains(p.Silent, condition):
		return "refused with 4xx; the document names no code"
	case slices.Contains(p.Ignores, condition):
		return "whatever it answers comes in the envelope"
	}
	return "cannot arise"
}
