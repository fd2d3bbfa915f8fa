package work

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/acsconform/acsconform/runner/fleet/plan"
	"github.com/acsconform/acsconform/runner/fleet/store"
)

// together is how many turns a worker takes of a host at a time: a tenth of the writes. A worker that dies loses them.
const together = 10

// A pace spreads the requests of all workers to one host evenly: its row holds when the next turn is.
type pace struct {
	store store.Store
	host  string
	gap   time.Duration

	mu   sync.Mutex
	next time.Time // of the turns that were taken
	left int
}

// pace returns that of a host, which all runs of the process share.
func (w *Worker) pace(spec plan.Spec) *pace {
	p, _ := w.paces.LoadOrStore(spec.Host, &pace{store: w.store, host: spec.Host, gap: time.Duration(float64(time.Second) / spec.Pace.Rate)})
	return p.(*pace)
}

// wait waits for n turns.
func (p *pace) wait(ctx context.Context, n int) error {
	p.mu.Lock()
	var turn time.Time
	for range n {
		if p.left == 0 {
			if err := p.take(ctx); err != nil {
				p.mu.Unlock()
				return err
			}
		}
		turn = p.next
		p.next, p.left = p.next.Add(p.gap), p.left-1
	}
	p.mu.Unlock()
	timer := time.NewTimer(time.Until(turn))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// take reserves the next turns of the host. It is one statement, so that no two workers get the same.
func (p *pace) take(ctx context.Context) error {
	now := time.Now()
	reserve := `INSERT INTO fleet_host (host, next) VALUES ($1, @NOW + $2) ON CONFLICT (host) DO UPDATE
		SET next = @GREATEST(fleet_host.next, @NOW) + $2 RETURNING next - $2 - @NOW`
	span := (time.Duration(together) * p.gap).Microseconds()
	args := []any{p.host, span}
	if !p.store.Shared() { // one process, one clock
		args = append(args, now.UnixMicro())
	}
	var ahead int64
	if _, err := store.One(ctx, p.store, clocked(p.store, reserve), args, &ahead); err != nil {
		return err
	}
	p.next, p.left = now.Add(time.Duration(ahead)*time.Microsecond), together
	return nil
}

// clocked writes the clock of the database into a statement. SQLite's own reads milliseconds, and there is one process, whose
// clock is the third parameter.
func clocked(s store.Store, statement string) string {
	now, greatest := "$3", "max"
	if s.Shared() {
		now, greatest = "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)", "greatest"
	}
	return strings.NewReplacer("@NOW", now, "@GREATEST", greatest).Replace(statement)
}

// enter takes one of the places of a host. The place of a worker that died is free as soon as its job no longer runs.
func (w *Worker) enter(ctx context.Context, spec plan.Spec, job int64) (bool, error) {
	free := false
	err := w.store.Do(ctx, func(t store.Tx) error {
		// The row of the host is locked until the transaction ends, so that two workers do not take the last place.
		if _, err := t.Exec(ctx, "INSERT INTO fleet_host (host, next) VALUES ($1, 0) ON CONFLICT (host) DO UPDATE SET next = fleet_host.next", spec.Host); err != nil {
			return err
		}
		var taken int64
		if _, err := store.One(ctx, t, "SELECT count(*) FROM fleet_slot s JOIN river_job j ON j.id = s.job WHERE s.host = $1 AND s.job <> $2 AND j.state = 'running'",
			[]any{spec.Host, job}, &taken); err != nil {
			return err
		}
		if free = taken < int64(spec.Pace.Runs); !free {
			_, err := t.Exec(ctx, "DELETE FROM fleet_slot WHERE job = $1", job)
			return err
		}
		_, err := t.Exec(ctx, "INSERT INTO fleet_slot (job, host) VALUES ($1, $2) ON CONFLICT (job) DO NOTHING", job, spec.Host)
		return err
	})
	return free, err
}
