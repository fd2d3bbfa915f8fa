package lang

import (
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/fixtures/translated"
)

// fixtureTexts returns the texts of clauses, conditions, errata and sources: English, and their translation.
func fixtureTexts() map[string]string {
	texts := map[string]string{}
	add := func(english, chinese string) {
		if english != "" && chinese != "" {
			texts[english] = chinese
		}
	}
	for i, c := range translated.Clauses(string(Chinese)) {
		english := fixtures.Clauses()[i]
		add(english.Text(), c.Text())
		add(english.Source, c.Source)
		add(english.Impact, c.Impact)
		add(english.Fix, c.Fix)
		add(english.Untested, c.Untested)
	}
	norm, english := translated.Norm(string(Chinese)), fixtures.Norm()
	for i, c := range norm.Conditions {
		add(english.Conditions[i].Sends, c.Sends)
		add(english.Conditions[i].Wants, c.Wants)
	}
	for i, e := range norm.Errata {
		add(english.Errata[i].Published, e.Published)
		add(english.Errata[i].Reading, e.Reading)
	}
	for _, p := range fixtures.Profiles() {
		if strings.Contains(p.Title, " ") { // else it is a name
			add(p.Title, translated.Title(p))
		}
	}
	for i, s := range norm.Sources {
		add(english.Sources[i].String(), translated.SourceLine(string(Chinese), s))
	}
	return texts
}
