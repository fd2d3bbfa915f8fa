package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/diff"
	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/runner/targetfile"
	"github.com/acsconform/acsconform/schemas"
)

// checkResolve checks the addresses of --resolve, and writes them in their usual spelling.
func (c *runCommand) checkResolve() error {
	if len(c.Resolve) > 0 && c.own() {
		return wrong("--resolve says where to reach a target, and there is none; add --target or --config")
	}
	for i, given := range c.Resolve {
		address, err := targetfile.Address(given)
		if err != nil {
			return wrong("--resolve: %s", err)
		}
		if slices.Contains(c.Resolve[:i], address) {
			return wrong("--resolve: %s is there twice; name each address once", address)
		}
		c.Resolve[i] = address
	}
	return nil
}

// compareAddresses notes of each run of an address of --resolve in what it differs from that of the first address.
func compareAddresses(jobs []*job, runs []schemas.Run) {
	for i := range runs {
		for k := range runs[:i] {
			if jobs[i].sameBut(jobs[k]) {
				runs[i].Notes = append(runs[i].Notes, differences(&runs[k], &runs[i]))
				break
			}
		}
	}
}

// sameBut reports whether both jobs test the same target by the same profile in the same style, at two addresses.
func (j *job) sameBut(other *job) bool {
	return j.at != other.at && j.config == other.config && j.address == other.address &&
		j.brief.Profile.Name == other.brief.Profile.Name && j.brief.Target.Style == other.brief.Target.Style
}

// differences describes in what a run differs from that of another address.
func differences(base, fresh *schemas.Run) string {
	only := func(run *schemas.Run) diff.Side { return diff.Side{Report: &schemas.Report{Runs: []schemas.Run{*run}}} }
	d := diff.Of(only(base), only(fresh), nil)
	var parts []string
	add := func(list []schemas.CaseDiff, words string) {
		if len(list) == 0 {
			return
		}
		var clauses []string
		for _, c := range list {
			if !slices.Contains(clauses, c.Clause) {
				clauses = append(clauses, c.Clause)
			}
		}
		slices.Sort(clauses)
		parts = append(parts, fmt.Sprintf("%s %s (%s)", text.Count(len(list), "case"), words, strings.Join(clauses, ", ")))
	}
	add(d.Regressions, "broken here alone")
	add(d.Fixed, "broken there alone")
	add(d.Gone, "not judged here alone")
	for _, one := range d.Drift {
		parts = append(parts, strings.TrimSpace(one.What+" "+one.Name)+" differs")
	}
	if len(parts) == 0 {
		return fmt.Sprintf("no different from %s in %s", base.Target.Address, text.Count(d.Compared, "case"))
	}
	return fmt.Sprintf("different from %s: %s", base.Target.Address, strings.Join(parts, "; "))
}
