package view

import (
	"context"
	"time"

	"github.com/acsconform/acsconform/runner/fleet/store"
	"github.com/acsconform/acsconform/runner/fleet/work"
)

// Kind is how a target stands, in the words of a verdict.
type Kind string

// The kinds, the worst first.
const (
	NonConformant Kind = "non-conformant"
	Unreachable   Kind = "unreachable"  // not tested
	Inconclusive  Kind = "inconclusive" // tested, and nothing could be told
	Partial       Kind = "partial"      // nothing broken, and a MUST was not exercised or a failure is known
	Conformant    Kind = "conformant"
)

// Kinds lists the kinds, the worst first.
func Kinds() []Kind { return []Kind{NonConformant, Unreachable, Inconclusive, Partial, Conformant} }

func kindOf(outcome string, judged, whole bool) Kind {
	switch {
	case outcome == work.Red:
		return NonConformant
	case outcome == work.Green && whole:
		return Conformant
	case outcome == work.Green:
		return Partial
	case judged:
		return Inconclusive
	}
	return Unreachable
}

// State is a round in numbers.
type State struct {
	Kinds   map[Kind]int
	Targets int
	Oldest  time.Time     // result
	Typical time.Duration // the median of a run
	Long    time.Duration // longer were 5 of 100 runs
	Longest time.Duration
	Minute  float64 // runs a minute while the round ran

	Throttled int64 // targets that throttled
	Waited    int64 // answers of theirs that were waited out
}

// Unreached is how many targets were not tested.
func (s *State) Unreached() int { return s.Kinds[Unreachable] }

// State counts the targets of a round by their kinds, and says how its runs went.
func (r *Reader) State(ctx context.Context, round int64) (*State, error) {
	x, err := r.index(ctx, round)
	if err != nil {
		return nil, err
	}
	s := &State{Kinds: map[Kind]int{}, Targets: len(x.rows), Oldest: x.oldest.UTC()}
	for i := range x.rows {
		s.Kinds[x.rows[i].kind]++
	}
	if n := len(x.took); n > 0 {
		s.Typical, s.Long, s.Longest = x.took[(n-1)/2], x.took[(n-1)*95/100], x.took[n-1]
		if took := x.latest.Sub(x.oldest) + s.Typical; took > 0 {
			s.Minute = float64(n) / took.Minutes()
		}
	}
	_, err = store.One(ctx, r.store, "SELECT count(*), coalesce(sum(answers), 0) FROM fleet_throttled WHERE round = $1", []any{round}, &s.Throttled, &s.Waited)
	return s, err
}

// Bucket is how many targets break so many clauses.
type Bucket struct {
	From, To int
	Targets  int
}

// Histogram counts the targets of a round by how many clauses they break. Targets that break none are not counted.
func (r *Reader) Histogram(ctx context.Context, round int64) ([]Bucket, error) {
	return remembered(ctx, r, r.buckets, round, func(ctx context.Context) ([]Bucket, error) {
		var list []Bucket
		for from := 1; from <= 64; from *= 2 { // 1, 2 to 3, 4 to 7
			list = append(list, Bucket{From: from, To: 2*from - 1})
		}
		err := r.store.Query(ctx, `SELECT n, count(*) FROM (SELECT count(*) AS n FROM fleet_clause WHERE round = $1 AND state = 'broken' GROUP BY target) AS broken
			GROUP BY n ORDER BY n`, []any{round}, func(row func(...any) error) error {
			var clauses, targets int
			if err := row(&clauses, &targets); err != nil {
				return err
			}
			at := 0
			for at+1 < len(list) && list[at+1].From <= clauses {
				at++
			}
			list[at].Targets += targets
			list[at].To = max(list[at].To, clauses)
			return nil
		})
		for len(list) > 0 && list[len(list)-1].Targets == 0 {
			list = list[:len(list)-1]
		}
		for len(list) > 0 && list[0].Targets == 0 {
			list = list[1:]
		}
		return list, err
	})
}
