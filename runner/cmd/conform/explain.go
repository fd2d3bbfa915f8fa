package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/catalogue"
	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/runner/output"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
	"github.com/acsconform/acsconform/suites/wording"
)

// explainCommand is conform explain.
type explainCommand struct {
	Word    string   `arg:"" name:"clause|case|condition|code|erratum" help:"A clause (NONCE-1), a case (nonce-used-twice), a condition (nonce-reused), a code (SignatureNonceUsed) or an erratum of the documents (X13)."`
	Profile []string `placeholder:"P" sep:"none" help:"As this profile has it: a name or the path of a YAML file. May be repeated."`

	output.Flags `embed:"" set:"forms=text"`
}

// Run explains the word as a clause, else as an erratum, a case, a condition, a code.
func (c *explainCommand) Run(w *env) error { return w.printed(&c.Flags, c.print) }

func (c *explainCommand) print(w *env) error {
	profiles, err := profilesNamed(c.Profile)
	if err != nil {
		return err
	}
	x := &explaining{w, profiles, catalogue.Cases(profiles)}
	word := strings.TrimSpace(c.Word)
	if name, _, variant := strings.Cut(word, " ["); variant {
		word = name
	}
	for _, clause := range fixtures.Clauses() {
		if strings.EqualFold(clause.ID, word) {
			x.clause(clause)
			return nil
		}
	}
	if e, known := fixtures.Norm().Erratum(word); known {
		x.erratum(e)
		return nil
	}
	for _, e := range x.cases {
		if e.Name == word || suites.IsFamily(e.Name) && strings.HasPrefix(word, e.Name+"-") {
			x.aCase(e)
			return nil
		}
	}
	if slices.Contains(suites.Conditions(), schemas.Condition(word)) {
		x.condition(schemas.Condition(word))
		return nil
	}
	if x.code(word) {
		return nil
	}
	return wrong("%q is no clause, case, condition, code or erratum%s", word, text.Meant(word, x.words(), "conform list clauses, cases, conditions, codes and errata shows them, and --profile F those of a file of yours"))
}

// explaining is what a word is explained by.
type explaining struct {
	*env
	profiles []*schemas.Profile
	cases    []*catalogue.Case // that the profiles have a say in
}

// words lists every word that can be explained.
func (x *explaining) words() []string {
	var words []string
	for _, clause := range fixtures.Clauses() {
		words = append(words, clause.ID)
	}
	for _, e := range fixtures.Norm().Errata {
		words = append(words, e.ID)
	}
	for _, e := range x.cases {
		words = append(words, e.Name)
	}
	for _, c := range suites.Conditions() {
		words = append(words, string(c))
	}
	for _, p := range x.profiles {
		for _, row := range p.Codes {
			words = append(words, row.Code)
		}
	}
	return words
}

// paragraph prints a labelled text, wrapped.
func (w *env) paragraph(label, text string) {
	if text = wording.Plain(text); text == "" {
		return
	}
	for _, line := range wording.Wrap(text, 86, 8) {
		w.printf("%-12s  %s\n", label, line)
		label = ""
	}
}

// items prints a labelled list, one in a line.
func (w *env) items(label string, items []string) {
	for _, item := range items {
		w.printf("%-12s  %s\n", label, wording.Clip(wording.Plain(item), 160))
		label = ""
	}
}

// clauseHead prints what a clause says, and why nothing exercises it where that is so.
func (w *env) clauseHead(clause schemas.Clause) {
	w.printf("%s  %s\n", clause.ID, clause.Level)
	w.paragraph("says", clause.Text())
	w.paragraph("source", clause.Source)
	w.documents(clause.Documents)
	w.paragraph("profiles", profilesOf(clause))
	w.paragraph("untested", clause.Untested)
	w.paragraph("impact", clause.Impact)
	w.paragraph("fix", clause.Fix)
	w.gatewayLines(clause.Gateways)
}

// answers describes what each of the named profiles wants for a condition, those that want the same together.
func (x *explaining) answers(condition schemas.Condition, names []string) []string {
	var order []string
	by := map[string][]string{}
	for _, p := range x.profiles {
		if !slices.Contains(names, p.Name) {
			continue
		}
		want := answer(p, condition)
		if by[want] == nil {
			order = append(order, want)
		}
		by[want] = append(by[want], p.Name)
	}
	for i, want := range order {
		order[i] = fmt.Sprintf("%s: %s", strings.Join(by[want], ", "), want)
	}
	return order
}

// answer describes what a profile documents about a condition.
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
	case slices.Contains(p.Silent, condition) && len(observed(p, condition)) > 0:
		return "refused with 4xx; observed, not published: " + strings.Join(observed(p, condition), " or ")
	case slices.Contains(p.Silent, condition):
		return "refused with 4xx; the document names no code"
	case slices.Contains(p.Ignores, condition):
		return "whatever it answers comes in the envelope"
	case slices.Contains(p.Inapplicable, condition):
		return "cannot arise"
	}
	return "not said, so nothing is sent"
}

// observed lists what is seen as an answer to a condition, and not published.
func observed(p *schemas.Profile, condition schemas.Condition) []string {
	var seen []string
	for _, row := range p.Observed {
		if slices.Contains(row.Answers, condition) {
			seen = append(seen, fmt.Sprintf("%s %s (%s)", row.Status, row.Code, row.Message))
		}
	}
	return seen
}
