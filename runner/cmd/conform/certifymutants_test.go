package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// Twenty mutants, each of a clause of its own, and a word with every refusal of which clause it is.
func TestCertifyRefusesMutantsByTheirClause(t *testing.T) {
	wanted, left := 6, func(p *suites.Planned) bool { return long(p) || p.Case.IsTampering() }
	if os.Getenv("ACSCONFORM_WHOLE") != "" {
		wanted, left = 20, long
	}
	tried := map[string]bool{}
	for _, m := range mutants.All() {
		if len(tried) == wanted {
			break
		}
		if tried[m.Clause] || !m.MakesSense("gateway", schemas.RPC) || levelOf(m.Clause) != schemas.Must || strings.HasPrefix(m.Clause, "ROBUST") {
			continue
		}
		tried[m.Clause] = true
		t.Run(m.Name, func(t *testing.T) {
			o := newOffice(t)
			_, config := served(t, "gateway", without(left), reference.With(m))
			code, out, errs := o.certify(config)
			if code != exitBroken || !regexp.MustCompile(`(?m)^conform: 1\. `+m.Clause+` is broken by `).MatchString(errs) {
				t.Errorf("exit %d, want 1 and %s first\n%s%s", code, m.Clause, out, errs)
			}
			if n := strings.Count(errs, "\n"); n > 15 {
				t.Errorf("%d lines", n)
			}
			o.nothingWritten()
		})
	}
	if len(tried) != wanted {
		t.Errorf("%d mutants were tried", len(tried))
	}
}

// long are the cases of many requests, and the hostile ones: no mutant of the test needs them to be seen.
func long(p *suites.Planned) bool { return p.Requests() > 4 || p.Condition == suites.Hostile }

// without has some cases skipped.
func without(left func(*suites.Planned) bool) func(*schemas.Target) {
	return func(target *schemas.Target) {
		p, err := fixtures.Profile(target.Profile)
		if err != nil {
			panic(err)
		}
		seen := map[string]bool{}
		for _, planned := range suites.Plan(suites.Brief{Profile: p, Clauses: fixtures.Clauses(), Target: target}) {
			name := planned.Case.Name.Text
			if !seen[name] && left(planned) {
				target.Skip = append(target.Skip, schemas.Skip{Case: name, Reason: "the test needs it not"})
			}
			seen[name] = true
		}
	}
}

func levelOf(id string) schemas.Level {
	for _, c := range fixtures.Clauses() {
		if c.ID == id {
			return c.Level
		}
	}
	return ""
}
