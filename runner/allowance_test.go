package runner

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// However a target makes a client try again, no more requests are sent than allowed, and what was not sent is skipped.
func TestNoMoreRequestsThanAllowed(t *testing.T) {
	const served = `{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216"}`
	for name, answer := range map[string]func(w http.ResponseWriter, nth int64){
		"throttled": func(w http.ResponseWriter, _ int64) {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusTooManyRequests)
		},
		"closed": func(w http.ResponseWriter, nth int64) { // a target that closes all is given up as gone
			if nth%2 == 0 {
				panic(http.ErrAbortHandler)
			}
			fmt.Fprint(w, served)
		},
		"served": func(w http.ResponseWriter, _ int64) { fmt.Fprint(w, served) },
	} {
		t.Run(name, func(t *testing.T) {
			var met atomic.Int64
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { answer(w, met.Add(1)) }))
			defer server.Close()
			target := labTarget(server.URL)
			const most = 25
			s, _ := labSession(t, target, Options{MaxRequests: most, Concurrency: 4})
			var names []string
			for i := range 60 {
				names = append(names, fmt.Sprintf("case-%d", i))
			}
			s.Start(t.Context(), plannedNames(t, target, names...))
			run := s.Finish()
			if met.Load() > most || met.Load() < most-4 || s.Spent() > most {
				t.Errorf("%d requests came and %d were counted, want at most %d", met.Load(), s.Spent(), most)
			}
			leftOut := 0
			for _, c := range run.Cases {
				if c.Outcome == schemas.Skipped && c.Limit == "max-requests" && c.Why == "left out: the run may send 25 requests (--max-requests)" {
					leftOut++
				}
			}
			if leftOut < 30 || name == "served" && leftOut != 60-most {
				t.Errorf("%d cases were left out", leftOut)
			}
		})
	}
}

// At the end of the time nothing more is sent, what was under way is left out too, and no SHOULD was sent before a MUST.
func TestTheTimeGiven(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(27 * 365 * 24 * time.Hour)
		server := reference.New(profileOf(t, "ecs"), reference.Delay(time.Second))
		began := time.Now()
		chosen := func(p *suites.Planned) bool { return p.Requests() <= 4 }
		run, err := Target{Serve: server.Serve, Profile: "ecs", File: server.Target(""), Select: chosen,
			Options: Options{MaxTime: 20500 * time.Millisecond, Concurrency: 4}}.Conform(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took > 21*time.Second || took < 19*time.Second {
			t.Errorf("the run took %s", took)
		}
		time.Sleep(time.Minute) // until the server is through with what was broken off
		levels := map[schemas.Level]map[schemas.Outcome]int{schemas.Must: {}, schemas.Should: {}, schemas.May: {}}
		for _, c := range run.Cases {
			levels[levelIn(run, c.Clause)][c.Outcome]++
			if c.Outcome != schemas.Kept && (c.Outcome != schemas.Skipped || !strings.HasPrefix(c.Why, "left out: the run may take 20.5s (--max-time)") && !strings.HasPrefix(c.Why, "needs ")) {
				t.Errorf("%s is %s: %s", c.Name, c.Outcome, c.Why)
			}
			if cut := strings.Contains(c.Why, "(--max-time)"); cut != (c.Limit == "max-time") {
				t.Errorf("%s (%s) has the limit %q", c.Name, c.Why, c.Limit)
			}
		}
		if must, should := levels[schemas.Must], levels[schemas.Should]; must[schemas.Kept] < 20 || must[schemas.Skipped] < 20 || should[schemas.Kept] > 0 || should[schemas.Skipped] == 0 {
			t.Errorf("%v", levels)
		}
	})
}

// A case is admitted or left out when the cases under way can no longer change which of the two it is.
func TestAdmittedInOrder(t *testing.T) {
	for _, tt := range []struct {
		further  int // requests that the first case is sent again with
		admitted bool
	}{{0, true}, {2, true}, {3, false}} {
		synctest.Test(t, func(t *testing.T) {
			a := newAllowance(10)
			_, firstDone := a.admit(3)
			if !a.take(tt.further) {
				t.Fatal("a further try is refused")
			}
			var ok, decided bool
			go func() {
				ok, _ = a.admit(5)
				decided = true
			}()
			synctest.Wait()
			if decided {
				t.Error("decided while the first case may still take what is left")
			}
			firstDone()
			synctest.Wait()
			if !decided || ok != tt.admitted {
				t.Errorf("after %d further requests: decided %t, admitted %t", tt.further, decided, ok)
			}
		})
	}
}

func levelIn(run *schemas.Run, id string) schemas.Level {
	for _, c := range run.Clauses {
		if c.ID == id {
			return c.Level
		}
	}
	return ""
}

// What is planned to be left out is of the lowest level that there is, and is nothing without a limit.
func TestWhatIsLeftOut(t *testing.T) {
	plan, err := Target{Profile: "ecs", File: reference.New(profileOf(t, "ecs")).Target("http://127.0.0.1/")}.Plan()
	if err != nil {
		t.Fatal(err)
	}
	all := 0
	for _, p := range plan {
		all += p.Requests()
	}
	for _, most := range []int{1, 100, all - 10, all + 1, 0} {
		out := LeftOut(plan, Options{MaxRequests: most})
		if (len(out) == 0) != (most == 0 || most > all) {
			t.Errorf("of %d requests %d may be sent: %d cases are left out", all, most, len(out))
		}
		left := all
		for _, p := range out {
			left -= p.Requests()
			if most == all-10 && p.Clause.Level == schemas.Must {
				t.Errorf("%s is left out, which is a MUST", p.ID())
			}
		}
		if most > 0 && left+1 > most {
			t.Errorf("%d requests are sent, want at most %d", left+1, most)
		}
	}
}
