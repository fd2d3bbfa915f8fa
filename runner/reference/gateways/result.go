package gateways

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// A Result is what the trials of one configuration showed, in the order of [Ways].
type Result struct {
	Gateway       Gateway
	Configuration string
	Trials        []Trial
}

// Measure makes all trials of one configuration.
func (g Gateway) Measure(ctx context.Context, configuration string, ways ...Way) (Result, error) {
	r := Result{Gateway: g, Configuration: configuration}
	for _, w := range ways {
		t, err := g.Try(ctx, configuration, w)
		if err != nil {
			return r, err
		}
		r.Trials = append(r.Trials, t)
	}
	return r, nil
}

// A Break is a clause that does not hold for a case, in whatever way it was tried. Case is GoneWord for what came when
// the server was gone, and empty where the suite could not even begin.
type Break struct {
	Level  schemas.Level
	Clause string
	Case   string
	Ways   []string // in which it showed
	Gots   []string // what came, each sort once
}

// Breaks lists what a configuration breaks, clauses that only should hold included, sorted by clause and case. Known
// failures are among them.
func (r Result) Breaks() []Break {
	var all []Break
	add := func(f schemas.Finding, name, way string) {
		i := slices.IndexFunc(all, func(b Break) bool { return b.Clause == f.Clause && b.Case == name })
		if i < 0 {
			i = len(all)
			all = append(all, Break{Clause: f.Clause, Level: f.Level, Case: name})
		}
		all[i].Ways = text.With(all[i].Ways, way)
		all[i].Gots = text.With(all[i].Gots, plain(f.Got))
	}
	for _, t := range r.Trials {
		if t.Closed != "" {
			add(schemas.Finding{Clause: suites.SoundClause(), Level: schemas.Must, Got: t.Closed}, "", t.Way.String())
			continue
		}
		for _, c := range t.Tested.Run.Cases {
			each(c, func(f schemas.Finding) { add(f, c.Name, t.Way.String()) })
		}
		for _, c := range t.Gone.Cases {
			each(c, func(f schemas.Finding) { add(f, GoneWord, t.Way.String()) })
		}
	}
	slices.SortStableFunc(all, func(a, b Break) int {
		if a.Clause != b.Clause {
			return strings.Compare(a.Clause, b.Clause)
		}
		return strings.Compare(a.Case, b.Case)
	})
	return all
}

// each hands over what a case found that must not or should not be.
func each(c schemas.CaseResult, take func(schemas.Finding)) {
	for _, f := range c.Findings {
		if f.Level != schemas.May {
			take(f)
		}
	}
}

// Warns lists the clauses that should hold and do not, sorted.
func (r Result) Warns() []string {
	var all []string
	for _, b := range r.Breaks() {
		if b.Level == schemas.Should {
			all = text.With(all, b.Clause)
		}
	}
	return all
}

// What differs from run to run, or from version to version, in what came.
var (
	signed  = regexp.MustCompile(` \((Server|Via): .*?\)+$`)
	anyID   = regexp.MustCompile(`RequestId [0-9A-Fa-f-]+ again, first seen in .*`)
	refused = regexp.MustCompile(`^the sound request \w+ is refused: (\d+ [\w.]+).*`)
)

// plain takes out of what came what differs from run to run.
func plain(got string) string {
	got = signed.ReplaceAllString(got, "")
	got = anyID.ReplaceAllString(got, "a RequestId again")
	return refused.ReplaceAllString(got, "$1")
}
