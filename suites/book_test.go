package suites_test

import (
	"regexp"
	"slices"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

var kebab = regexp.MustCompile(`^[a-z0-9]+([-.][a-z0-9]+)*$`)

func TestNamesOfCasesAreKebabAndOnlyOnce(t *testing.T) {
	seen := map[string]string{}
	for _, chapter := range suites.Book() {
		for _, c := range chapter.Cases {
			if !kebab.MatchString(c.Name.Text) {
				t.Errorf("%s: case %q is not in kebab case", c.Name.Source(), c.Name.Text)
			}
			if at := seen[c.Name.Text]; at != "" {
				t.Errorf("%s: case %q stands at %s already", c.Name.Source(), c.Name.Text, at)
			}
			seen[c.Name.Text] = c.Name.Source()
		}
	}
}

func TestEveryRuleNamesAClauseAndHasOneCheck(t *testing.T) {
	known := map[string]bool{}
	for _, c := range fixtures.Clauses() {
		known[c.ID] = true
	}
	names := map[string]bool{}
	for _, chapter := range suites.Book() {
		for _, r := range chapter.Rules {
			if !known[r.Clause] {
				t.Errorf("%s: rule %s names clause %s, which fixtures/spec/clauses.yaml does not have", r.Name.Source(), r.Name, r.Clause)
			}
			checks := 0
			for _, set := range []bool{r.One != nil, r.Case != nil, r.Whole != nil} {
				if set {
					checks++
				}
			}
			if checks != 1 {
				t.Errorf("%s: rule %s has %d checks, want 1", r.Name.Source(), r.Name, checks)
			}
			if names[r.Name.Text] {
				t.Errorf("%s: rule %s is there twice", r.Name.Source(), r.Name)
			}
			names[r.Name.Text] = true
		}
	}
}

func TestEveryClauseHasARuleOrSaysWhyNot(t *testing.T) {
	ruled := map[string]bool{}
	for _, chapter := range suites.Book() {
		for _, r := range chapter.Rules {
			ruled[r.Clause] = true
		}
	}
	for _, c := range fixtures.Clauses() {
		if !ruled[c.ID] && c.Untested == "" {
			t.Errorf("clause %s has no rule: write one in suites, or say why in its row of fixtures/spec/clauses.yaml (untested: …)", c.ID)
		}
		if ruled[c.ID] && c.Untested != "" {
			t.Errorf("clause %s has a rule and says why it has none: remove untested from its row", c.ID)
		}
	}
}

func TestEveryConditionIsClassifiedOnceInEveryProfile(t *testing.T) {
	for _, p := range fixtures.Profiles() {
		lists := map[schemas.Condition][]string{}
		note := func(list string, cs []schemas.Condition) {
			for _, c := range cs {
				if !slices.Contains(lists[c], list) {
					lists[c] = append(lists[c], list)
				}
			}
		}
		for _, r := range p.Codes {
			note("answers", r.Answers)
		}
		note("silent", p.Silent)
		note("serves", p.Serves)
		note("ignores", p.Ignores)
		note("inapplicable", p.Inapplicable)
		for _, c := range suites.Conditions() {
			if len(lists[c]) != 1 {
				t.Errorf("%s: condition %s is in %v, want exactly one of answers, silent, serves, ignores, inapplicable", p.Name, c, lists[c])
			}
			delete(lists, c)
		}
		for c := range lists {
			t.Errorf("%s: condition %s is not one of the book's", p.Name, c)
		}
	}
}

func TestEnoughCasesBeforeVariants(t *testing.T) {
	least := map[string]int{"gateway": 120, "ecs": 90, "kms": 90, "kms-legacy": 90, "ess": 90}
	for _, p := range fixtures.Profiles() {
		for _, style := range p.Styles {
			names := map[string]bool{}
			for _, planned := range suites.Plan(suites.Brief{Profile: p, Clauses: fixtures.Clauses(), Target: &schemas.Target{URL: "http://127.0.0.1:1", Style: style}}) {
				names[planned.Case.Name.Text] = true
			}
			if style == schemas.RPC && len(names) < least[p.Name] {
				t.Errorf("%s in %s: %d cases, want at least %d", p.Name, style, len(names), least[p.Name])
			}
		}
	}
}
