package main

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/diff"
	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
	"github.com/acsconform/acsconform/suites/specs"
)

// SelectionFlags are the flags of conform run that choose single cases.
type SelectionFlags struct {
	Case       []string `placeholder:"NAME" sep:"none" help:"Run only this case, in every variant or in the ones named: 'nonce-used-twice[XML,GET]'. May be repeated."`
	LastFailed bool     `help:"Run only the cases that failed in the report.json of the report folder, which stays as it is."`
}

// oneCase is what a --case names: a case, and in brackets the words that its variant must have.
type oneCase struct {
	name    string
	variant []string
}

// parseCase reads "nonce-used-twice[XML,GET]", with or without blanks, as failures write it.
func parseCase(word string) (oneCase, error) {
	name, rest, narrowed := strings.Cut(word, "[")
	c := oneCase{name: strings.TrimSpace(name)}
	if !narrowed {
		return c, nil
	}
	inside, behind, closed := strings.Cut(rest, "]")
	if !closed || strings.TrimSpace(behind) != "" {
		return c, wrong("--case %q: want NAME or 'NAME[XML,GET]'", word)
	}
	for part := range strings.SplitSeq(inside, ",") {
		c.variant = append(c.variant, variantWord(part))
	}
	return c, nil
}

// variantWord folds the spellings of one word of a variant: "no Format" is noformat.
func variantWord(word string) string {
	return strings.ToLower(strings.Join(strings.Fields(word), ""))
}

// names reports whether a planned case is of that name, in whatever variant. The name of a family stands for all its cases.
func (o oneCase) names(p *suites.Planned) bool {
	return o.name == p.Case.Name.Text || o.name == p.Case.Book()
}

// fits reports whether a planned case is meant.
func (o oneCase) fits(p *suites.Planned) bool {
	if !o.names(p) {
		return false
	}
	var words []string
	for word := range strings.SplitSeq(p.Variant(), ",") {
		words = append(words, variantWord(word))
	}
	return !slices.ContainsFunc(o.variant, func(word string) bool { return !slices.Contains(words, word) })
}

// selected returns the planned cases of a job that the flags ask for.
func (c *runCommand) selected(j *job, plan []*suites.Planned) ([]*suites.Planned, error) {
	some, err := specs.Select(plan, c.LabelFilter)
	if err != nil {
		return nil, wrong("%s", err)
	}
	if len(c.Case) == 0 && !c.LastFailed {
		return some, nil
	}
	var wanted []oneCase
	for _, word := range c.Case {
		one, err := parseCase(word)
		if err != nil {
			return nil, err
		}
		wanted = append(wanted, one)
	}
	return slices.DeleteFunc(slices.Clone(some), func(p *suites.Planned) bool {
		asked := slices.ContainsFunc(wanted, func(one oneCase) bool { return one.fits(p) })
		return !asked && !j.failed[p.ID()]
	}), nil
}

// matching leaves out the jobs in which no case is asked for, and refuses a filter or a name that fits nowhere.
func (c *runCommand) matching(w *env, jobs []*job) ([]*job, error) {
	if c.LabelFilter == "" && len(c.Case) == 0 && !c.LastFailed {
		return jobs, nil
	}
	c.findFailed(jobs)
	var out []*job
	var planned []*suites.Planned
	for _, j := range jobs {
		plan := suites.Plan(j.brief)
		planned = append(planned, plan...)
		selected, err := c.selected(j, plan)
		if err != nil {
			return nil, err
		}
		if len(selected) > 0 {
			out = append(out, j)
		}
	}
	if err := c.unknownCase(planned); err != nil {
		return nil, err
	}
	switch {
	case len(out) > 0:
		c.sayGone(w, jobs)
		return out, nil
	case c.LabelFilter == "":
		return nil, wrong("--last-failed: what failed in %s is not planned here; name the target file, profile and style of that run", c.lastName)
	case c.LastFailed || len(c.Case) > 0:
		return nil, wrong("label filter %q: none of the cases asked for has such labels", c.LabelFilter)
	}
	return nil, wrong("label filter %q: no case has such labels; conform list cases shows them", c.LabelFilter)
}

// unknownCase returns the fault of a --case that no plan has.
func (c *runCommand) unknownCase(planned []*suites.Planned) error {
	for _, word := range c.Case {
		one, err := parseCase(word)
		if err != nil {
			return err
		}
		var names, variants []string
		found := false
		for _, p := range planned {
			names = append(names, p.Case.Name.Text)
			if one.names(p) {
				variants = append(variants, "["+p.Variant()+"]")
			}
			found = found || one.fits(p)
		}
		switch {
		case found:
		case len(variants) > 0:
			slices.Sort(variants)
			return wrong("--case %q: %s has no such variant; it has %s", word, one.name, strings.Join(slices.Compact(variants), ", "))
		case slices.Contains(suites.CaseNames(), one.name):
			return wrong("--case %q: the case is in the book, and not for this profile and style; conform explain %s says where it is", word, one.name)
		default:
			return wrong("--case %q: no case is called that%s", word, text.Meant(one.name, slices.Concat(names, suites.CaseNames()), "conform list cases shows them"))
		}
	}
	return nil
}

// readLast finds out which cases failed in the report of the report folder, run by run.
func (c *runCommand) readLast() error {
	if !c.LastFailed {
		return nil
	}
	last, err := diff.ReadReport(c.lastName)
	if err != nil {
		return wrong("--last-failed: %s", err)
	}
	count := 0
	for i := range last.Runs {
		count += len(c.failedIn(&last.Runs[i]))
	}
	c.last = last.Runs
	if count == 0 {
		return untested("--last-failed: no case failed in %s, so there is nothing to run again", c.lastName)
	}
	return nil
}

// failedIn returns the ids of the cases that failed in a run.
func (c *runCommand) failedIn(run *schemas.Run) map[string]bool {
	ids := map[string]bool{}
	for i := range run.Cases {
		if o := run.Cases[i].Outcome; o == schemas.Broken || o == schemas.Warned && c.Strict {
			ids[report.CaseID(&run.Cases[i])] = true
		}
	}
	return ids
}

// findFailed finds the ids of the cases that failed in the last run of each job: the run by its profile, in its style and
// against its address. What has no such run takes the one of its number among those that no address claims, since a server
// may have moved.
func (c *runCommand) findFailed(jobs []*job) {
	alike := func(j *job, run *schemas.Run) bool {
		return run.Target.Profile == j.brief.Profile.Name && run.Target.Style == j.brief.Target.Style
	}
	claimed := map[*schemas.Run]bool{}
	for _, j := range jobs {
		for i := range c.last {
			run := &c.last[i]
			if j.failed == nil && !claimed[run] && alike(j, run) && run.Target.URL == j.brief.Target.URL {
				j.failed, claimed[run] = c.failedIn(run), true
			}
		}
	}
	for _, j := range jobs {
		for i := range c.last {
			run := &c.last[i]
			if j.failed == nil && !claimed[run] && alike(j, run) {
				j.failed, claimed[run] = c.failedIn(run), true
			}
		}
	}
}

// sayGone reports how many of the cases that failed cannot be run again.
func (c *runCommand) sayGone(w *env, jobs []*job) {
	gone := 0
	for _, j := range jobs {
		planned := map[string]bool{}
		for _, p := range suites.Plan(j.brief) {
			planned[p.ID()] = true
		}
		for id := range j.failed {
			if !planned[id] {
				gone++
			}
		}
	}
	if gone > 0 {
		w.say("--last-failed: %s that failed in %s%s not planned here", text.Count(gone, "case"), c.lastName, isAre(gone))
	}
}

func isAre(n int) string {
	if n == 1 {
		return " is"
	}
	return " are"
}
