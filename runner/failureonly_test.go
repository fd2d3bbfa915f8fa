package runner_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/schemas"
)

// With FailureOnly a case that is kept goes without its exchange and one that is broken has it, the verdicts being the same; and
// each exchange is shown to Answered, with what takes secrets out of its texts.
func TestFailureOnly(t *testing.T) {
	p, err := fixtures.Profile("gateway")
	if err != nil {
		t.Fatal(err)
	}
	s := reference.New(p, reference.With(mutantNamed(t, "nonces-not-kept")))
	listening, err := s.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listening.Close() }()
	file := s.TargetIn(listening.URL(), p.Styles[0])
	secret := file.Credentials["default"].AccessKeySecret
	var mu sync.Mutex
	seen := 0
	run := func(o runner.Options) *schemas.Run {
		r, err := runner.Target{Profile: p.Name, File: file, Options: o}.Conform(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	brief := run(runner.Options{MaxRequests: 300, FailureOnly: true, Answered: func(x *schemas.Exchange, clean func(string) string) {
		mu.Lock()
		defer mu.Unlock()
		seen++
		if x.Request.URL == "" || strings.Contains(clean("Server "+secret), secret) || clean("nginx") != "nginx" {
			t.Errorf("%s is shown as %q", x.Intent.Case, clean("Server "+secret))
		}
	}})
	broken, sent := 0, 0
	for i := range brief.Cases {
		c := &brief.Cases[i]
		if c.Outcome != schemas.Skipped {
			sent++
		}
		if has := c.Exchange != nil; has != (c.Outcome == schemas.Broken) && c.Outcome != schemas.NotJudged {
			t.Errorf("%s is %s and has an exchange: %v", c.Name, c.Outcome, has)
		}
		if c.Outcome == schemas.Broken {
			broken++
		}
	}
	if broken == 0 || seen != sent {
		t.Errorf("%d cases are broken; %d exchanges of %d cases were seen", broken, seen, sent)
	}
	if whole := run(runner.Options{MaxRequests: 300}); whole.Counts != brief.Counts || whole.Verdict != brief.Verdict {
		t.Errorf("%+v with everything shown, %+v with failures only", whole.Counts, brief.Counts)
	}
}

func mutantNamed(t *testing.T, name string) reference.Variant {
	t.Helper()
	for _, m := range mutants.All() {
		if m.Name == name {
			return m
		}
	}
	t.Fatal(name)
	return reference.Variant{}
}
