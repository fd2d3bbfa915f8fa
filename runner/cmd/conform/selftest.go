package main

import (
	"cmp"
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/internal/progress"
	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/runner/output"
	"github.com/acsconform/acsconform/runner/selftest"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

// selftestCommand is conform selftest.
type selftestCommand struct {
	All  bool     `help:"Every mutant and oddity in every profile and style it makes sense in, not in one each. Takes minutes."`
	Name []string `arg:"" optional:"" help:"Mutants and oddities to try, each in every profile and style it makes sense in; one of each kind everywhere when none is named."`
	JSON bool     `name:"json" hidden:"" help:"As JSON."`

	output.Flags `embed:"" set:"forms=text or json"`
}

// Run tries the suite on servers of which the verdict is known. A server judged wrongly is exit 1.
func (c *selftestCommand) Run(w *env) error {
	ctx, stop := interruptible()
	defer stop()
	if err := settleListed(&c.Flags, c.JSON); err != nil {
		return err
	}
	trials, err := c.trials()
	if err != nil {
		return err
	}
	s := w.selftest(ctx, trials)
	if ctx.Err() != nil {
		return untested("interrupted")
	}
	err = w.listed(&c.Flags, c.JSON, s.Report(), func(w *env) {
		if len(c.Name) == 0 {
			w.matrix(s)
		}
		w.misses(s)
	})
	if err != nil {
		return err
	}
	if len(s.Misses()) > 0 {
		return &exit{code: exitBroken}
	}
	return nil
}

// roomForMany lets several servers and the runs against them be in memory at once: within the limit of one run the
// collector would work more than the trials.
const roomForMany = 512 << 20

// trials are those that the flags ask for.
func (c *selftestCommand) trials() ([]selftest.Trial, error) {
	all := selftest.Trials()
	switch {
	case len(c.Name) > 0:
		return trialsOf(all, c.Name)
	case c.All:
		return all, nil
	}
	return selftest.Sampled(all), nil
}

// trialsOf keeps the trials of the variants named.
func trialsOf(all []selftest.Trial, names []string) ([]selftest.Trial, error) {
	var known []string
	var some []selftest.Trial
	for _, t := range all {
		if t.Variant == nil {
			continue
		}
		known = append(known, t.Variant.Name)
		if slices.Contains(names, t.Variant.Name) {
			some = append(some, t)
		}
	}
	for _, name := range names {
		if !slices.Contains(known, name) {
			return nil, wrong("there is no mutant or oddity %q%s", name, text.Meant(name, known, "conform list mutants and conform list oddities name them"))
		}
	}
	return some, nil
}

// selftest makes the trials, with a bar where standard error is a terminal.
func (w *env) selftest(ctx context.Context, trials []selftest.Trial) selftest.Summary {
	debug.SetMemoryLimit(roomForMany)
	defer debug.SetMemoryLimit(memoryLimit)
	tell, end := progress.Bar(w.terminal(), w.lang.Text("self-test"))
	defer end()
	return selftest.Run(ctx, trials, tell)
}

// matrix prints clause × mutant.
func (w *env) matrix(s selftest.Summary) {
	rows := [][]string{{"CLAUSE", "LEVEL", "CAUGHT", "MUTANTS"}}
	levels := map[string]schemas.Level{}
	for _, c := range fixtures.Clauses() {
		levels[c.ID] = c.Level
	}
	for _, r := range s.Matrix(fixtures.Clauses()) {
		names := strings.Join(r.Caught, " ")
		for _, m := range r.Missed {
			names += " ×" + m
		}
		names = cmp.Or(names, "none: a clause that only informs")
		rows = append(rows, []string{r.Clause, string(levels[r.Clause]), fmt.Sprintf("%d/%d", len(r.Caught), len(r.Caught)+len(r.Missed)), wording.Clip(names, 110)})
	}
	output.Table(w.out, w.translated(rows), w.columns)
}

// misses prints what was judged wrongly, then one line.
func (w *env) misses(s selftest.Summary) {
	for _, r := range s.Misses() {
		w.printf("× %s: %s\n", wording.Plain(r.Trial.String()), wording.Plain(r.Miss))
	}
	w.printf("self-test: %s  ·  %.1f s  ·  %s\n", s.Verdict(), s.Seconds, s.Digest()[:12])
}
