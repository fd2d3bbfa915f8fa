package main

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// BudgetFlags limit what conform run may take, all its runs together.
type BudgetFlags struct {
	MaxTime     time.Duration `placeholder:"D" help:"Take no longer than that; what is left out for it is skipped, the lowest levels first."`
	MaxRequests int           `placeholder:"N" help:"Send no more requests than that; what is left out for it is skipped, the lowest levels first."`
}

// isRate reports whether a number makes sense as a rate; 0 is none.
func isRate(n float64) bool { return n >= 0 && !math.IsInf(n, 1) }

func (b BudgetFlags) check() error {
	switch {
	case b.MaxTime < 0:
		return wrong("--max-time %s: want a time above 0", b.MaxTime)
	case b.MaxRequests < 0:
		return wrong("--max-requests %d: want a number above 0", b.MaxRequests)
	}
	return nil
}

// budget is what is left of the limits for the runs that are still to come.
type budget struct {
	BudgetFlags
	began time.Time
	spent int
	runs  int // still to come
}

func (b BudgetFlags) begin(began time.Time) *budget {
	return &budget{BudgetFlags: b, began: began}
}

// share limits the next run to its share of what is left: each of those to come may take as much. Nothing is limited where
// there is no budget.
func (b *budget) share(o runner.Options) runner.Options {
	if b == nil {
		return o
	}
	runs := max(b.runs, 1)
	if b.MaxTime > 0 {
		left := b.MaxTime - time.Since(b.began)
		o.MaxTime = max((left / time.Duration(runs)).Round(time.Millisecond), time.Millisecond)
	}
	if b.MaxRequests > 0 {
		o.MaxRequests = max((b.MaxRequests-b.spent)/runs, 1)
	}
	return o
}

// spend takes what a run has sent from what is left.
func (b *budget) spend(requests int) {
	b.spent += requests
	b.runs--
}

// planned returns what a run sends and what it leaves out, and takes what it sends from what is left.
func (b *budget) planned(planned []*suites.Planned, o runner.Options) (sent, leftOut []*suites.Planned) {
	out := map[*suites.Planned]bool{}
	for _, p := range runner.LeftOut(planned, o) {
		out[p] = true
	}
	requests := 1 // of the preflight
	for _, p := range planned {
		if out[p] {
			leftOut = append(leftOut, p)
			continue
		}
		sent = append(sent, p)
		requests += p.Requests()
	}
	b.spend(requests)
	return sent, leftOut
}

// printLeftOut describes what a run leaves out for its limits.
func (w *env) printLeftOut(leftOut []*suites.Planned, o runner.Options) {
	levels := map[schemas.Level]int{}
	for _, p := range leftOut {
		levels[p.Clause.Level]++
	}
	var parts []string
	for _, level := range []schemas.Level{schemas.Must, schemas.Should, schemas.May} {
		if n := levels[level]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, level))
		}
	}
	if len(leftOut) > 0 {
		w.printf("%s left out, since this run may send %s (--max-requests): %s\n", text.Count(len(leftOut), "case"), text.Count(o.MaxRequests, "request"), strings.Join(parts, ", "))
	}
	if o.MaxTime > 0 {
		w.printf("what is not sent within %s is left out (--max-time); MUST is sent first\n", o.MaxTime)
	}
}
