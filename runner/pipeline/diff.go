package pipeline

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/acsconform/acsconform/runner/diff"
	"github.com/acsconform/acsconform/schemas"
)

// The rules of a diff that belong to no clause.
const (
	ruleGone  = "no-longer-judged"
	ruleDrift = "drift"
)

// ownRules describes them.
func ownRules() map[string]string {
	return map[string]string{
		ruleGone:  "What was judged before is no longer judged.",
		ruleDrift: "The verdict is the same, and the answer is another one.",
	}
}

// OfDiff lists what changed for the worse. The issues point at the new report or target file.
func OfDiff(d *schemas.Diff, suite schemas.Suite, clauses []schemas.Clause) *Issues {
	l := &Issues{Command: "diff", Suite: suite, Clauses: clauses, Summary: []string{shown(diff.Line(d))}, Place: Place{File: d.New.Name}}
	if d.Compared == 0 && d.Verdict != schemas.Regressed {
		l.Faults = append(l.Faults, "nothing could be compared: "+shown(d.Base.Name)+" judged no case that "+shown(d.New.Name)+" has")
	}
	all := &changes{first: map[int]string{}}
	for _, c := range d.Regressions {
		for _, f := range c.Findings {
			if f.Level != schemas.May {
				key := []string{"regressed", of(c.Profile, c.Style), string(f.Kind), fmt.Sprint(f.Status), f.Subject}
				all.add(c.Case, f.Clause, f.Level, fmt.Sprintf("%s %s regressed: %s", f.Clause, f.Level, gotWant(f)), key)
			}
		}
	}
	for _, c := range d.Gone {
		why := cmp.Or(c.Why, string(c.After))
		all.add(c.Case, ruleGone, schemas.Must, "no longer judged: "+shown(why), []string{of(c.Profile, c.Style), why})
	}
	for _, c := range d.Drift {
		what := strings.TrimSpace(c.What + " " + c.Name)
		change := fmt.Sprintf("drift of %s: %s, before %s", shown(what), cmp.Or(shown(c.After), "none"), cmp.Or(shown(c.Before), "none"))
		key := []string{of(c.Profile, c.Style), what, c.Before, c.After}
		if c.What == "latency" { // its numbers differ each time
			key = key[:2]
		}
		for _, name := range c.Cases {
			all.add(name, ruleDrift, schemas.Should, change, key)
		}
		if len(c.Cases) == 0 {
			all.add("", ruleDrift, schemas.Should, change, key)
		}
	}
	l.List = all.ordered()
	for i := range l.List {
		l.List[i].Places = []Place{l.Place}
	}
	return l
}

func of(profile string, style schemas.Style) string { return profile + "/" + string(style) }

// changes collects what changed, by the text of its issue.
type changes struct {
	gather
	first map[int]string
}

// add adds a case that changed.
func (a *changes) add(name, rule string, level schemas.Level, says string, key []string) {
	n := a.find(rule, level, key...)
	issue := &a.list[n]
	if issue.Text == "" {
		issue.Text, a.first[n] = says, name
	}
	issue.Count++
}

// ordered returns the issues with the cases that they are of.
func (a *changes) ordered() []Issue {
	for n := range a.list {
		if issue := &a.list[n]; a.first[n] != "" {
			issue.Text += " (" + named(a.first[n], issue.Count) + ")"
		}
	}
	return a.gather.ordered()
}
