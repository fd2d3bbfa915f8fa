package lint_test

import (
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/lint"
	"github.com/acsconform/acsconform/runner/lint/input"
)

// TestWhatFitsNoEnvelopeIsSaid reads calls of the convention that somebody else answers, and the same with one envelope.
func TestWhatFitsNoEnvelopeIsSaid(t *testing.T) {
	const (
		page     = `{"request":{"method":"GET","url":"http://h.example.test/?Action=DescribeRegions"},"response":{"status":200,"body":"{\"goods\":[]}"}}` + "\n"
		envelope = `{"request":{"method":"GET","url":"http://h.example.test/?Action=DescribeRegions"},"response":{"status":200,"body":"{\"RequestId\":\"4C467B38-3910-447D-87BC-AC049166F216\"}"}}` + "\n"
	)
	profile, err := fixtures.Profile("ecs")
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		text string
		says bool
	}{
		"none fits": {strings.Repeat(page, 5), true},
		"one fits":  {strings.Repeat(page, 5) + envelope, false},
	} {
		in := input.From("in", strings.NewReader(tt.text))
		r, err := lint.Run(t.Context(), []*input.Input{in}, lint.Options{Clauses: fixtures.Clauses(), Profile: profile})
		if err != nil || r.Judged == 0 {
			t.Fatalf("%s: %v, %+v", name, err, r)
		}
		if said := strings.Contains(strings.Join(r.Notes, "\n"), "none of this is of the convention"); said != tt.says {
			t.Errorf("%s: noted %q", name, r.Notes)
		}
	}
}
