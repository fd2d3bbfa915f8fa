package main

import (
	"context"
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/selftest"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

// selftestCommand is conform selftest.
type selftestCommand struct {
	All  bool `help:"Every mutant and oddity in every profile and style it makes sense in, not in one each. Takes minutes."`
	JSON bool `name:"json" help:"As JSON."`
}

// Run tries the suite on servers of which the verdict is known. A server judged wrongly is exit 1.
func (c *selftestCommand) Run(w *world) error {
	ctx, stop := interruptible()
	defer stop()
	s := w.selftest(ctx, c.All)
	switch {
	case ctx.Err() != nil:
		return untested("interrupted")
	case c.JSON:
		if err := w.json(s.Report()); err != nil {
			return err
		}
	default:
		w.matrix(s)
	}
	if len(s.Misses()) > 0 {
		return &exit{code: exitBroken}
	}
	return nil
}

// roomForMany lets several servers and the runs against them be in memory at once: within the limit of one run the
// collector would work more than the trials.
const roomForMany = 512 << 20

// selftest makes the trials, with a bar where standard error is a terminal.
func (w *world) selftest(ctx context.Context, whole bool) selftest.Summary {
	debug.SetMemoryLimit(roomForMany)
	defer debug.SetMemoryLimit(memoryLimit)
	trials := selftest.Trials()
	if !whole {
		trials = selftest.Sampled(trials)
	}
	tell, end := w.progress("self-test")
	defer end()
	return selftest.Run(ctx, trials, tell)
}

// matrix prints clause × mutant, then what was judged wrongly, then one line.
func (w *world) matrix(s selftest.Summary) {
	rows := [][]string{{"CLAUSE", "LEVEL", "CAUGHT", "MUTANTS"}}
	levels := map[string]schemas.Level{}
	for _, c := range fixtures.Clauses() {
		levels[c.ID] = c.Level
	}
	for _, r := range s.Matrix(fixtures.Clauses()) {
		names := strings.Join(r.Caught, " ")
		for _, m := range r.Missed {
			names += " ✗" + m
		}
		if names == "" {
			names = "none: a clause that only informs"
		}
		rows = append(rows, []string{r.Clause, string(levels[r.Clause]), fmt.Sprintf("%d/%d", len(r.Caught), len(r.Caught)+len(r.Missed)), wording.Clip(names, 110)})
	}
	w.table(rows)
	for _, r := range s.Misses() {
		_, _ = fmt.Fprintf(w.out, "✗ %s\n", wording.Plain(r.Trial.String()+": "+r.Miss))
	}
	_, _ = fmt.Fprintf(w.out, "self-test: %s  ·  %.1f s  ·  %s\n", s.Verdict(), s.Seconds, s.Digest()[:12])
}
