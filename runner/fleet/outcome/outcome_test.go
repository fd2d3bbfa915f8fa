package outcome

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/schemas"
)

// many is a round of targets of which every tenth breaks three clauses, and which call themselves by the number's last digit.
func many(n int) *Outcome {
	o := &Outcome{Fleet: "f", Round: 7, Ended: time.Unix(90, 0), Due: time.Unix(60, 0)}
	for i := range n {
		t := Target{id: int64(i), Name: fmt.Sprintf("t%d", i), Profile: "ecs", Outcome: "green", Server: fmt.Sprintf("S/%d", i%10), Labels: map[string]string{"region": fmt.Sprint(i % 2)}}
		if i%10 == 3 {
			t.Outcome = "red"
			for _, clause := range []string{"NONCE-1", "NONCE-2", "NONCE-1"} {
				t.Cases = append(t.Cases, Case{Name: "c", Clause: clause, Outcome: schemas.Broken, Got: "200", Want: "400"})
			}
		}
		if i%10 == 4 {
			t.Outcome, t.Why = "untested", fmt.Sprintf("http://h%d.test/: nothing listens (try %d)", i, i)
		}
		o.Targets = append(o.Targets, t)
	}
	o.Counts = Counts{Targets: n, Green: n - n/5, Red: n / 10, Untested: n / 10}
	o.fold()
	return o
}

// Clauses that the same targets break are one cause, said with what these targets have in common and others have not.
func TestCausesAreFolded(t *testing.T) {
	o := many(5000)
	if len(o.Causes) != 1 || len(o.Untested) != 1 {
		t.Fatalf("got %d causes and %d reasons, want one each", len(o.Causes), len(o.Untested))
	}
	c := o.Causes[0]
	if !slices.Equal(c.Clauses, []string{"NONCE-1", "NONCE-2"}) || len(c.Targets) != 500 ||
		!slices.Equal(c.Shared, []string{"Server: S/3 (every target there)", "region: 1"}) {
		t.Errorf("got %v on %d, %v", c.Clauses, len(c.Targets), c.Shared)
	}
	var b strings.Builder
	if err := o.Text(&b, lang.English); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"× NONCE-1, NONCE-2 on 500 of 5000, all of Server: S/3 (every target there), region: 1\n", "t3, t13, t23, t33 and 496 more\n", "? not tested: 500 of 5000, all of Server: S/4"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("lacks %q:\n%s", want, b.String())
		}
	}
}

// However much is broken, the summary has 40 lines at most and says what it leaves out; nothing in it commands a terminal or a
// pipeline.
func TestTheSummaryIsShort(t *testing.T) {
	o := &Outcome{Fleet: "f"}
	for i := range 100 {
		o.Targets = append(o.Targets, Target{id: int64(i), Name: fmt.Sprint("t", i), Outcome: "red",
			Cases: []Case{{Name: "c", Clause: fmt.Sprint("C-", i), Outcome: schemas.Broken, Got: "\x1b[2J\n::error::x", Want: "y"}}})
	}
	o.Counts = Counts{Targets: 100, Red: 100}
	o.fold()
	var b strings.Builder
	if err := o.Text(&b, lang.English); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "\n"); n > 40 || n < 30 {
		t.Errorf("it has %d lines", n)
	}
	if strings.Contains(b.String(), "\x1b") || strings.Contains(b.String(), "\n::") || !strings.Contains(b.String(), " more: conform fleet report 0 -o html") {
		t.Errorf("got\n%s", b.String())
	}
}

// The exit codes are those of conform run: what is broken comes before what could not be tested.
func TestExit(t *testing.T) {
	for want, counts := range map[int]Counts{0: {Targets: 2, Green: 2}, 1: {Targets: 3, Green: 1, Red: 1, Untested: 1}, 3: {Targets: 2, Green: 1, Untested: 1}} {
		if got := (&Outcome{Counts: counts}).Exit(); got != want {
			t.Errorf("%+v: got %d, want %d", counts, got, want)
		}
	}
	if got := (&Outcome{}).Exit(); got != 3 {
		t.Errorf("nothing tested: got %d, want 3", got)
	}
	if got := (&Outcome{Counts: Counts{Targets: 2, Green: 2}, Repeated: []Pair{{}}}).Exit(); got != 1 {
		t.Errorf("a repeated request id: got %d, want 1", got)
	}
}
