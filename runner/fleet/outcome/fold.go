package outcome

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// A Cause is clauses that the same targets do not keep.
type Cause struct {
	Clauses []string        `json:"clauses"`
	Outcome schemas.Outcome `json:"outcome"` // broken, warned or known
	Targets []string        `json:"targets"`
	Shared  []string        `json:"shared,omitempty"` // what these targets have in common and not all targets have: "server: Tengine/2.3"
	Example Case            `json:"example"`          // of the first target
}

// Reason is why targets could not be tested.
type Reason struct {
	Why     string   `json:"why"` // of the first
	Targets []string `json:"targets"`
	Shared  []string `json:"shared,omitempty"`
}

// fold finds the causes: clauses are one cause where the very same targets do not keep them.
func (o *Outcome) fold() {
	type broken struct {
		clause  string
		outcome schemas.Outcome
	}
	targets, examples := map[broken][]int{}, map[broken]Case{}
	for i := range o.Targets {
		for _, c := range o.Targets[i].Cases {
			b := broken{c.Clause, c.Outcome}
			list := targets[b]
			if len(list) == 0 {
				examples[b] = c
			}
			if len(list) == 0 || list[len(list)-1] != i {
				targets[b] = append(list, i)
			}
		}
	}
	causes := map[string]*Cause{}
	for _, b := range slices.SortedFunc(maps.Keys(targets), func(a, b broken) int {
		return cmp.Or(cmp.Compare(a.clause, b.clause), cmp.Compare(a.outcome, b.outcome))
	}) {
		key := fmt.Sprint(b.outcome, targets[b])
		c := causes[key]
		if c == nil {
			c = &Cause{Outcome: b.outcome, Targets: o.names(targets[b]), Shared: o.shared(targets[b]), Example: examples[b]}
			causes[key] = c
		}
		c.Clauses = append(c.Clauses, b.clause)
	}
	for _, c := range causes {
		o.Causes = append(o.Causes, *c)
	}
	weight := []schemas.Outcome{schemas.Broken, schemas.Warned, schemas.Known}
	slices.SortFunc(o.Causes, func(a, b Cause) int {
		return cmp.Or(slices.Index(weight, a.Outcome)-slices.Index(weight, b.Outcome), len(b.Targets)-len(a.Targets), slices.Compare(a.Clauses, b.Clauses))
	})
	o.foldUntested()
}

// changing is what differs between two texts of one reason: addresses, numbers, names of hosts in them.
var changing = regexp.MustCompile(`[0-9]+|https?://\S+|"[^"]*"`)

func (o *Outcome) foldUntested() {
	found := map[string][]int{}
	for i := range o.Targets {
		if t := &o.Targets[i]; t.Outcome == "untested" {
			key := changing.ReplaceAllString(t.Why, "…")
			found[key] = append(found[key], i)
		}
	}
	for _, list := range found {
		o.Untested = append(o.Untested, Reason{Why: o.Targets[list[0]].Why, Targets: o.names(list), Shared: o.shared(list)})
	}
	slices.SortFunc(o.Untested, func(a, b Reason) int {
		return cmp.Or(len(b.Targets)-len(a.Targets), strings.Compare(a.Why, b.Why))
	})
}

func (o *Outcome) names(list []int) []string {
	names := make([]string, len(list))
	for i, t := range list {
		names[i] = o.Targets[t].Name
	}
	return names
}

// shared returns the traits that all targets of a list have, and not every target of the round.
func (o *Outcome) shared(list []int) []string {
	if len(list) < 2 {
		return nil
	}
	common := traits(&o.Targets[list[0]])
	for _, i := range list[1:] {
		own := traits(&o.Targets[i])
		maps.DeleteFunc(common, func(name, value string) bool { return own[name] != value })
	}
	have := map[string]int{}
	for i := range o.Targets {
		for name, value := range traits(&o.Targets[i]) {
			if common[name] == value {
				have[name]++
			}
		}
	}
	var words []string
	for _, name := range slices.Sorted(maps.Keys(common)) {
		if have[name] == len(o.Targets) {
			continue
		}
		word := name + ": " + common[name]
		if have[name] == len(list) {
			word += " (every target there)"
		}
		words = append(words, word)
	}
	return words
}

func traits(t *Target) map[string]string {
	all := map[string]string{"profile": t.Profile, "Server": t.Server}
	maps.Copy(all, t.Labels)
	maps.DeleteFunc(all, func(_, value string) bool { return value == "" })
	return all
}
