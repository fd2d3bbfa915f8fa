package suites_test

import (
	"slices"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// TestEveryCaseGoesInEveryStyleAndMethodOrSaysWhyNot holds the plan of every profile and style against what the profile has.
func TestEveryCaseGoesInEveryStyleAndMethodOrSaysWhyNot(t *testing.T) {
	reasons := 0
	for _, chapter := range suites.Book() {
		for i := range chapter.Cases {
			c := &chapter.Cases[i]
			switch why := c.Excepted(); {
			case c.Narrow() && why == "":
				t.Errorf("%s: %s goes in styles %v and spread %d: say why not in every style and by every method (Except: …)", c.Name.Source(), c.Name, c.Styles, c.Spread)
			case !c.Narrow() && why != "":
				t.Errorf("%s: %s goes in all styles and methods and says why it does not: take Except out", c.Name.Source(), c.Name)
			case why != "":
				reasons++
			}
		}
	}
	if reasons < 20 {
		t.Errorf("%d cases state a reason, want those that go in some styles or by one method", reasons)
	}
}

// A case that states no reason is sent in each style of the profile by each method that it takes.
func TestCasesWithoutAReasonAreSentByEveryMethod(t *testing.T) {
	for _, p := range fixtures.Profiles() {
		for _, style := range p.Styles {
			if style == schemas.ROA { // its calls name their methods
				continue
			}
			sent, cases := map[string][]string{}, map[string]*suites.Case{}
			target := &schemas.Target{URL: "http://127.0.0.1/", Style: style, Recipes: []schemas.Recipe{{Code: p.Codes[0].Code, Status: p.Codes[0].Status, Message: p.Codes[0].Message, Action: "A"}}}
			for _, planned := range suites.Plan(suites.Brief{Profile: p, Clauses: fixtures.Clauses(), Target: target}) {
				name := planned.Case.Name.Text
				cases[name] = planned.Case
				if !slices.Contains(sent[name], planned.Method) {
					sent[name] = append(sent[name], planned.Method)
				}
			}
			for name, c := range cases {
				// An input of a signature may be there by one method only.
				if !c.Narrow() && c.Family != "tampered" && c.Base != suites.BaseBody && len(sent[name]) < min(2, len(p.Methods)) {
					t.Errorf("%s in %s: %s goes by %v, want every method of %v", p.Name, style, name, sent[name], p.Methods)
				}
			}
		}
	}
}
