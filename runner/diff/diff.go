package diff

import (
	"fmt"
	"slices"

	"github.com/acsconform/acsconform/schemas"
)

// Side is one of the two that are compared.
type Side struct {
	Name   string // of its file
	Report *schemas.Report
}

// Of compares NEW with BASE. With again, a second look at BASE, what differs between the two looks is noise: no more is
// made of it than that it is unsteady.
func Of(base, fresh Side, again *schemas.Report) *schemas.Diff {
	d := &schemas.Diff{
		Schema: schemas.DiffSchema, Base: side(base), New: side(fresh),
		Regressions: []schemas.CaseDiff{}, Gone: []schemas.CaseDiff{}, Fixed: []schemas.CaseDiff{},
		Added: []schemas.CaseDiff{}, Drift: []schemas.Drift{},
	}
	if base.Report.Suite.Book != fresh.Report.Suite.Book {
		d.Notes = append(d.Notes, "the two were judged by different books: what is new, gone or broken may be the suite's doing")
	}
	looks := []*schemas.Report{base.Report}
	if again != nil {
		looks = append(looks, again)
	}
	for _, key := range keys(base.Report, fresh.Report) {
		r := &runDiff{Diff: d, target: key.RunTarget, fresh: key.in(fresh.Report)}
		for _, look := range looks {
			r.base = append(r.base, key.in(look))
		}
		r.compare()
	}
	words := order()
	slices.SortStableFunc(d.Drift, func(a, b schemas.Drift) int { return slices.Index(words, a.What) - slices.Index(words, b.What) })
	d.Verdict = verdict(d)
	return d
}

func side(s Side) schemas.DiffSide {
	out := schemas.DiffSide{Name: s.Name, Suite: s.Report.Suite, Started: s.Report.Started, Targets: []schemas.RunTarget{}}
	for _, run := range s.Report.Runs {
		out.Targets = append(out.Targets, run.Target)
	}
	return out
}

func verdict(d *schemas.Diff) schemas.DiffVerdict {
	switch {
	case len(d.Regressions)+len(d.Gone) > 0:
		return schemas.Regressed
	case len(d.Drift) > 0:
		return schemas.Drifted
	}
	return schemas.Same
}

// runKey names a run of a report by profile and style, whatever its URL; nth tells runs apart that share both.
type runKey struct {
	schemas.RunTarget
	nth int
}

// keys lists the runs of both reports, those of BASE first.
func keys(reports ...*schemas.Report) []runKey {
	var list []runKey
	for _, r := range reports {
		times := map[schemas.RunTarget]int{}
		for _, run := range r.Runs {
			t := schemas.RunTarget{Profile: run.Target.Profile, Style: run.Target.Style}
			if key := (runKey{t, times[t]}); !slices.Contains(list, key) {
				list = append(list, key)
			}
			times[t]++
		}
	}
	return list
}

// in finds the run in a report; one without cases when it has none.
func (k runKey) in(r *schemas.Report) *schemas.Run {
	nth := k.nth
	for i := range r.Runs {
		t := r.Runs[i].Target
		if t.Profile != k.Profile || t.Style != k.Style {
			continue
		}
		if nth == 0 {
			return &r.Runs[i]
		}
		nth--
	}
	return &schemas.Run{Why: fmt.Sprintf("%s/%s was not tested", k.Profile, k.Style)}
}
