// Package explain explains a word of the suite: a clause, an erratum, a case, a condition or a code.
//
// Nothing about it is promised to importers; package runner says what is.
package explain

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/catalogue"
	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
	"github.com/acsconform/acsconform/suites/wording"
)

// Word explains a word as a clause, else as an erratum, a case, a condition, a code, as the profiles have it. It reports
// whether it is any of these. The version is that of the suite, which the reference server is told; the text is for a terminal
// of so many columns (0: 80).
func Word(out io.Writer, word string, profiles []*schemas.Profile, version string, columns int, language lang.Language) bool {
	x := &explaining{language, out, version, max(cmp.Or(columns, 80), 40), profiles, catalogue.Cases(profiles)}
	for _, clause := range fixtures.Clauses() {
		if strings.EqualFold(clause.ID, word) {
			x.clause(clause)
			return true
		}
	}
	if e, known := fixtures.Norm().Erratum(word); known {
		x.erratum(e)
		return true
	}
	for _, e := range x.cases {
		if e.Name == word || suites.IsFamily(e.Name) && strings.HasPrefix(word, e.Name+"-") {
			x.aCase(e)
			return true
		}
	}
	if slices.Contains(suites.Conditions(), schemas.Condition(word)) {
		x.condition(schemas.Condition(word))
		return true
	}
	return x.code(word)
}

// explaining is what a word is explained by.
type explaining struct {
	language lang.Language
	out      io.Writer
	version  string
	columns  int
	profiles []*schemas.Profile
	cases    []*catalogue.Case // that the profiles have a say in
}

func (x *explaining) printf(format string, args ...any) {
	_, _ = fmt.Fprintf(x.out, x.language.Format(format), args...)
}

// Words lists every word that can be explained.
func Words(profiles []*schemas.Profile) []string {
	words := schemas.ClauseIDs(fixtures.Clauses())
	for _, e := range fixtures.Norm().Errata {
		words = append(words, e.ID)
	}
	for _, e := range catalogue.Cases(profiles) {
		words = append(words, e.Name)
	}
	for _, c := range suites.Conditions() {
		words = append(words, string(c))
	}
	for _, p := range profiles {
		for _, row := range p.Codes {
			words = append(words, row.Code)
		}
	}
	return words
}

// labelled is how wide a label is, with the blanks behind it.
const labelled = 14

// paragraph prints a labelled text, wrapped.
func (x *explaining) paragraph(label, text string) {
	if text = wording.Plain(x.language.Text(text)); text == "" {
		return
	}
	for _, line := range wording.Wrap(text, x.columns-labelled, 16) {
		x.line(label, line)
		label = ""
	}
}

// line prints a line behind a label.
func (x *explaining) line(label, text string) {
	label = x.language.Text(label)
	x.printf("%s%s%s\n", label, strings.Repeat(" ", max(1, labelled-wording.Width(label))), text)
}

// items prints a labelled list, each item in a line of its own or in several.
func (x *explaining) items(label string, items []string) {
	for _, item := range items {
		x.paragraph(label, item)
		label = ""
	}
}

// clauseHead prints what a clause says, and why nothing exercises it where that is so.
func (x *explaining) clauseHead(clause schemas.Clause) {
	x.printf("%s  %s\n", clause.ID, x.language.Text(string(clause.Level)))
	x.paragraph("says", clause.Text())
	x.paragraph("source", clause.Source)
	x.documents(clause.Documents)
	x.paragraph("profiles", catalogue.ProfilesOf(clause))
	x.paragraph("untested", clause.Untested)
	x.paragraph("impact", clause.Impact)
	x.paragraph("fix", clause.Fix)
	x.gatewayLines(clause.Gateways)
}

// answers describes what each of the named profiles wants for a condition, those that want the same together.
func (x *explaining) answers(condition schemas.Condition, names []string) []string {
	var order []string
	by := map[string][]string{}
	for _, p := range x.profiles {
		if !slices.Contains(names, p.Name) {
			continue
		}
		want := catalogue.Answer(p, condition)
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
