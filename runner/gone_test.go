package runner

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// A target that dies in mid-run is not judged for it, however many requests were left; one that hangs up on hostile requests
// and answers the next is.
func TestATargetThatDiesIsNotJudgedForIt(t *testing.T) {
	const before = 5
	for name, c := range map[string]struct {
		after int // requests left when it dies
		back  bool
		want  schemas.Verdict
	}{
		"with many left":            {60, false, schemas.Inconclusive},
		"with one left":             {1, false, schemas.Inconclusive},
		"only to hostile requests":  {1, true, schemas.NonConformant},
		"only to hostile, and many": {3, true, schemas.NonConformant},
	} {
		var n atomic.Int64
		url := serveHTTP(t, func(w http.ResponseWriter, r *http.Request) {
			sound := strings.HasPrefix(caseOf(r), "sound")
			if n.Add(1) > before && (!c.back || !sound) {
				conn, _, _ := http.NewResponseController(w).Hijack()
				conn.Close()
				return
			}
			w.Header().Set("Content-Type", "application/json;charset=utf-8")
			fmt.Fprintf(w, `{"RequestId":"4C467B38-3910-447D-87BC-%012X","Regions":{}}`, n.Load())
		})
		s, _ := labSession(t, labTarget(url), Options{Concurrency: 1})
		plan := plannedNames(t, s.brief.Target, "sound-1", "sound-2", "sound-3", "sound-4", "sound-5")
		s.sound = plan[0]
		for range c.after {
			plan = append(plan, plannedCase(t, s.brief.Target, suites.Case{Name: named("hostile"), Condition: suites.Hostile}))
		}
		s.Start(t.Context(), plan)
		run := s.Finish()
		hung := slices.ContainsFunc(run.Cases, func(r schemas.CaseResult) bool {
			return slices.ContainsFunc(r.Findings, func(f schemas.Finding) bool { return f.Clause == "ROBUST-1" && strings.Contains(f.Got, "closed") })
		})
		gone := strings.Contains(run.Why, "stopped answering")
		if hung != c.back || gone == c.back || c.back && run.Verdict != c.want {
			t.Errorf("%s: %s (%s), hung up %v", name, run.Verdict, run.Why, hung)
		}
		for _, r := range run.Cases[:before] {
			if r.Outcome == schemas.NotJudged {
				t.Errorf("%s: %s was answered and is not judged: %s", name, r.Name, r.Why)
			}
		}
	}
}
