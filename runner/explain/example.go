package explain

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/catalogue"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// example shows how a failure of one of the clauses looks: it tests one mutant after another with the wanted cases, in
// this process, until they catch one, and prints what was found. Nothing is printed when they catch none.
func (x *explaining) example(mutants []reference.Variant, wanted func(*suites.Planned) bool, clauses ...string) {
	for _, v := range mutants {
		for _, p := range x.profiles {
			if !catalogue.Fits(v, p) {
				continue
			}
			run, err := x.caught(v, p, wanted)
			if err != nil {
				continue
			}
			t := report.Terminal{Clauses: fixtures.Clauses(), Titles: map[string]string{p.Name: p.Title}, Columns: x.columns, Language: x.language}
			if lines := t.Example(run, clauses); len(lines) > 0 {
				x.printf("\nA failure looks like this (%s):\n\n%s\n", v.Name, strings.Join(lines, "\n"))
				return
			}
		}
	}
}

// caught tests a mutant with the wanted cases.
func (x *explaining) caught(v reference.Variant, p *schemas.Profile, wanted func(*suites.Planned) bool) (*schemas.Run, error) {
	server := reference.New(p, reference.With(v))
	l, err := server.Start("127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	defer func() { _ = l.Close() }()
	ctx := context.Background()
	s, err := runner.Open(ctx, suites.Brief{Profile: p, Clauses: fixtures.Clauses(), Target: server.Target(l.URL()), Today: time.Now().Format(time.DateOnly)}, runner.Options{Version: x.version})
	if err != nil {
		return nil, err
	}
	s.Start(ctx, slices.DeleteFunc(slices.Clone(s.Plan()), func(p *suites.Planned) bool { return p.Skip != "" || !wanted(p) }))
	run := s.Finish()
	return &run, nil
}
