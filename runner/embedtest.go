package runner

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
	"github.com/acsconform/acsconform/suites/wording"
)

// TestingT is what [Test] needs of a *testing.T, which is what T stands for.
type TestingT[T any] interface {
	Helper()
	Context() context.Context
	Deadline() (deadline time.Time, ok bool)
	Run(name string, f func(T)) bool
	Parallel()
	Log(args ...any)
	Error(args ...any)
	Fatal(args ...any)
	Skip(args ...any)
}

// Test tests the target as part of a Go test, with a subtest for every planned case:
//
//	func TestConvention(t *testing.T) {
//		srv := httptest.NewServer(newService())
//		defer srv.Close()
//		runner.Test(t, runner.Target{URL: srv.URL, Profile: "ecs", Key: schemas.Credential{AccessKeyID: "testid", AccessKeySecret: "testsecret"}})
//	}
//
// The subtests are below one that is named after profile and style, and are named after case and variant:
// TestConvention/ecs-rpc/nonce-used-twice/XML,GET. go test -run and -skip choose among them, and what they leave out is
// not sent. The cases are sent many at once, in one run; the subtests are parallel ones, but only wait for it and tell:
//
//   - what breaks a MUST fails, in at most 15 lines with the place where the case is;
//   - what breaks a SHOULD is logged, and fails when the Target is Strict;
//   - what needs something that the Target lacks is skipped with the line that its target file would need, and so are
//     known failures and what could not be judged.
//
// A server that cannot be tested is one fatal line. A run in which nothing was judged, or too little, is an error, as is
// an entry of the list of known failures that is wrong. Test returns when everything is reported; the server may be closed then.
func Test[T TestingT[T]](t T, target Target) {
	t.Helper()
	ctx, cancel := inTime(t.Context(), t.Deadline)
	defer cancel()
	m, err := target.open(ctx)
	if err != nil {
		t.Fatal("acsconform: " + err.Error())
		return
	}
	defer m.end()
	b := m.session.brief
	t.Run(b.Profile.Name+"-"+string(b.Target.Style), func(t T) {
		t.Helper()
		sum(ctx, t, m, subtests(t, m))
	})
}

// subtestRun is what the subtests of a run share: those that go test chose register themselves, and read the run's results once
// the test around them has ended.
type subtestRun struct {
	selected []*suites.Planned
	run      *schemas.Run
}

// subtests declares a subtest for every planned case. Each of those that are chosen registers its case, and is paused then
// until the function that declared it returns.
func subtests[T TestingT[T]](t T, m *openTarget) *subtestRun {
	t.Helper()
	all := &subtestRun{}
	for _, p := range m.plan {
		t.Run(subtestName(p), func(t T) {
			t.Helper()
			k := len(all.selected)
			all.selected = append(all.selected, p)
			t.Parallel()
			if all.run == nil {
				t.Skip("not judged: the run ended before")
				return
			}
			tell(t, m.target, p, &all.run.Cases[k])
		})
	}
	return all
}

// subtestName is the planned case's, in letters that go test leaves alone: "nonce-used-twice/XML,GET".
func subtestName(p *suites.Planned) string {
	return p.Case.Name.Text + "/" + strings.NewReplacer(", ", ",", " ", "-").Replace(p.Variant())
}

// sum sends what was selected, and reports on the run as a whole.
func sum[T TestingT[T]](ctx context.Context, t T, m *openTarget, all *subtestRun) {
	t.Helper()
	if len(all.selected) == 0 {
		return
	}
	var err error
	if all.run, err = m.conform(ctx, all.selected); err != nil {
		t.Error(err.Error())
	}
	if all.run == nil {
		return
	}
	for _, note := range all.run.Notes {
		t.Log(wording.Plain(note))
	}
	t.Log(counted(all.run))
	if all.run.Verdict == schemas.Inconclusive {
		t.Error("inconclusive: " + wording.Plain(all.run.Why))
	}
}

// tell describes the verdict on one case.
func tell[T TestingT[T]](t T, target Target, p *suites.Planned, c *schemas.CaseResult) {
	t.Helper()
	switch c.Outcome {
	case schemas.NotJudged:
		t.Skip("not judged: " + wording.Plain(c.Why))
	case schemas.Skipped, schemas.Known:
		t.Skip(wording.Plain(c.Why))
	}
	words := strings.Join(wording.Case(p.ID(), p.Clause, c), "\n")
	switch {
	case target.Fails(c.Outcome):
		t.Error(words)
	case words != "":
		t.Log(words)
	}
}

// counted sums a run up in one line.
func counted(run *schemas.Run) string {
	c := run.Counts
	parts := []string{run.Summary()}
	for _, n := range []struct {
		cases int
		word  schemas.Outcome
	}{{c.Kept, schemas.Kept}, {c.Broken, schemas.Broken}, {c.Warned, schemas.Warned}, {c.NotJudged, schemas.NotJudged},
		{c.Skipped, schemas.Skipped}, {c.Known, schemas.Known}} {
		if n.cases > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n.cases, n.word))
		}
	}
	return strings.Join(parts, ", ")
}

// spare is how long before go test's own deadline a run is ended, so that it can still report.
const spare = 3 * time.Second

var errTestTime = errors.New("the time that go test -timeout allows is nearly over")

// inTime ends a context a little before the deadline of the test.
func inTime(ctx context.Context, deadline func() (time.Time, bool)) (context.Context, context.CancelFunc) {
	if at, ok := deadline(); ok {
		return context.WithDeadlineCause(ctx, at.Add(-spare), errTestTime)
	}
	return context.WithCancel(ctx)
}
