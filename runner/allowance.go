package runner

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// errMaxTime is the cause with which a run ends that took the time it was given.
var errMaxTime = errors.New("the time given to the run is used up")

// allowance counts the requests that a session may send. Where their number is limited, which cases are left out does not
// depend on which of them are under way: a case is admitted when what the earlier ones may still need is known to be left.
type allowance struct {
	most int64 // 0: any number

	mu      sync.Mutex
	spent   int64
	held    int64 // back for the further tries of cases under way
	settled sync.Cond
}

func newAllowance(most int) *allowance {
	a := &allowance{most: int64(max(most, 0))}
	a.settled.L = &a.mu
	return a
}

// take counts n requests, unless they are too many.
func (a *allowance) take(n int) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.most > 0 && a.spent+int64(n) > a.most {
		return false
	}
	a.spent += int64(n)
	return true
}

// spend counts n requests, also where they are too many.
func (a *allowance) spend(n int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.spent += int64(n)
}

// moreTries is how many further times a case is sent for a target that always answers alike: by the other clock or as a
// wider burst, and unsigned.
const moreTries = 3

// admit counts the n requests of a case, unless they are too many, and holds back what its further tries take until done is
// called. It waits for the cases under way where those decide.
func (a *allowance) admit(n int) (ok bool, done func()) {
	more := int64(moreTries * n)
	a.mu.Lock()
	defer a.mu.Unlock()
	for a.most > 0 && a.held > 0 && a.spent+a.held+int64(n)+more > a.most {
		a.settled.Wait()
	}
	if a.most > 0 && a.spent+int64(n) > a.most {
		return false, func() {}
	}
	a.spent += int64(n)
	a.held += more
	return true, func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.held -= more
		a.settled.Broadcast()
	}
}

// count returns how many requests were taken.
func (a *allowance) count() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return int(a.spent)
}

// Spent returns how many requests were sent or about to be, those of the preflight and those sent again among them.
func (s *Session) Spent() int { return s.allowance.count() }

// take counts n requests of the run, unless they are too many. Those of the preflight, which has no cases, always go.
func (r *run) take(n int) bool {
	a := r.session.allowance
	if len(r.selected) == 0 {
		a.spend(n)
		return true
	}
	return a.take(n)
}

// late reports whether the run took the time it was given.
func (r *run) late() bool { return errors.Is(context.Cause(r.ctx), errMaxTime) }

// admit returns a case of the run by its index as it is sent, skipped where it comes too late or the run has no time or no
// requests left for it. The caller calls done once it is judged.
func (r *run) admit(i int) (p *suites.Planned, done func()) {
	p = r.session.orSkipped(r.selected[i])
	if p.Skip != "" {
		return p, func() {}
	}
	ok, done := r.session.allowance.admit(p.Requests())
	if !ok || r.late() {
		p = r.leftOut(p)
	}
	return p, done
}

// leftOut returns a case as one that the run has no time or no requests left for, and notes which of the two.
func (r *run) leftOut(p *suites.Planned) *suites.Planned {
	left, limit := *p, "max-requests"
	left.Skip = fmt.Sprintf("left out: the run may send %d requests (--max-requests)", r.session.opts.MaxRequests)
	if r.late() {
		left.Skip, limit = fmt.Sprintf("left out: the run may take %s (--max-time)", r.session.opts.MaxTime), "max-time"
	}
	r.limits.Store(&left, limit)
	return &left
}

// cutShort reports whether the end of the time kept some exchange of a case from being finished.
func (r *run) cutShort(xs []*schemas.Exchange) bool {
	return r.late() && slices.ContainsFunc(xs, func(x *schemas.Exchange) bool {
		return x.Fault != nil && x.Fault.Kind == schemas.FaultCancelled
	})
}

// startMaxTime ends the run when the time given to the session is over. The function that it returns stops that.
func (r *run) startMaxTime() func() bool {
	o := r.session.opts
	if o.MaxTime == 0 {
		return func() bool { return true }
	}
	left := o.MaxTime - o.now().Sub(r.session.began)
	if left <= 0 {
		r.cancel(errMaxTime)
		return func() bool { return true }
	}
	return time.AfterFunc(left, func() { r.cancel(errMaxTime) }).Stop
}

// A phase is a part of a run: the cases that are sent beside each other, and then those that have the target for themselves,
// by their index.
type phase struct{ shared, alone []int }

// phases puts the cases of a run in the order in which they are sent. Where the run may have to leave some out, those of the
// highest level come first, and among them one of each clause, then a second, the smallest first. Else long chains come first
// among the shared: one that starts last would be waited for alone.
func phases(selected []*suites.Planned, o Options) []phase {
	levels := [][]schemas.Level{{schemas.Must, schemas.Should, schemas.May, ""}}
	first := func(a, b int) int { return selected[b].RoundTrips() - selected[a].RoundTrips() }
	if o.MaxTime > 0 || o.MaxRequests > 0 {
		nth := withinClauses(selected)
		first = func(a, b int) int {
			return cmp.Or(nth[a]-nth[b], selected[a].Requests()-selected[b].Requests())
		}
		levels = [][]schemas.Level{{schemas.Must}, {schemas.Should}, {schemas.May, ""}}
	}
	var all []phase
	for _, some := range levels {
		var ph phase
		for i, p := range selected {
			switch {
			case p.Skip != "" || !slices.Contains(some, p.Clause.Level):
			case p.Case.Alone:
				ph.alone = append(ph.alone, i)
			default:
				ph.shared = append(ph.shared, i)
			}
		}
		slices.SortStableFunc(ph.shared, first)
		slices.SortStableFunc(ph.alone, func(a, b int) int { return cmp.Compare(order(selected[a]), order(selected[b])) })
		all = append(all, ph)
	}
	return all
}

// withinClauses returns of each case the how many-th of its clause it is, from 0.
func withinClauses(selected []*suites.Planned) []int {
	nth := make([]int, len(selected))
	seen := map[string]int{}
	for i, p := range selected {
		nth[i] = seen[p.Clause.ID]
		seen[p.Clause.ID]++
	}
	return nth
}

// LeftOut returns the cases that a run leaves out for the number of requests it may send, when it has to send nothing again.
func LeftOut(selected []*suites.Planned, o Options) []*suites.Planned {
	a := newAllowance(o.MaxRequests)
	a.take(min(1, o.MaxRequests)) // the preflight
	var out []*suites.Planned
	for _, ph := range phases(selected, o) {
		for _, i := range slices.Concat(ph.shared, ph.alone) {
			if !a.take(selected[i].Requests()) {
				out = append(out, selected[i])
			}
		}
	}
	return out
}

// MaxDuration reports how long a run of these cases against that target can take, whatever the target does. The preflight
// comes before it.
func MaxDuration(t *schemas.Target, selected []*suites.Planned, o Options) time.Duration {
	d := maxDuration(selected, o.withDefaults(t.Limits))
	if o.MaxTime > 0 {
		d = min(d, o.MaxTime)
	}
	return d
}
