package runner

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/suites"
)

func TestProfileIsGuessed(t *testing.T) {
	for _, name := range fixtures.Names() {
		l, err := reference.New(profileOf(t, name)).Start("127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		names, why, err := GuessProfile(t.Context(), l.URL(), fixtures.Profiles(), quick())
		if err != nil || !slices.Contains(names, name) || why == "" {
			t.Errorf("%s: guessed %q (%s), %v", name, names, why, err)
		}
		l.Close()
	}
	names, why, err := GuessProfile(t.Context(), serveHTTP(t, refuses(200, "<html></html>")), fixtures.Profiles(), quick())
	if err != nil || len(names) != 0 || !strings.Contains(why, "HTML") {
		t.Errorf("an HTML page: %q, %q, %v, want no name and why", names, why, err)
	}
	var untestable *Untestable
	if _, _, err := GuessProfile(t.Context(), "http://"+closedPort(t), fixtures.Profiles(), quick()); !errors.As(err, &untestable) {
		t.Errorf("a closed port: %v, want an *Untestable", err)
	}
}

// The whole way, against the right server of every profile: each case is sent and judged. The hundreds of nonces are sent
// by the first profile; with ACSCONFORM_ALL set, by every one. The others send one variant alone, unless ACSCONFORM_WHOLE is
// set, as in make selftest.
func TestWholeRunAgainstTheReference(t *testing.T) {
	for i, name := range fixtures.Names() {
		server := reference.New(profileOf(t, name))
		l, err := server.Start("127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		target := server.Target(l.URL())
		s, err := Open(t.Context(), suites.Brief{Profile: profileOf(t, name), Clauses: fixtures.Clauses(), Target: target}, Options{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var transcript strings.Builder
		s.Transcript(&transcript)
		plan := slices.Clone(s.Plan())
		if i > 0 && os.Getenv("ACSCONFORM_ALL") == "" {
			one := os.Getenv("ACSCONFORM_WHOLE") == ""
			first := profileOf(t, name)
			plan = slices.DeleteFunc(plan, func(p *suites.Planned) bool {
				return p.Requests() > 64 || one && (p.Format != first.Formats[0] || p.Method != first.Methods[0])
			})
		}
		s.Start(t.Context(), plan)
		run := s.Finish()
		l.Close()
		if len(run.Cases) != len(plan) || run.Counts.NotJudged > 0 || run.Counts.Kept == 0 {
			t.Errorf("%s: %d of %d cases, %+v; want all sent and judged", name, len(run.Cases), len(plan), run.Counts)
		}
		told := transcript.String() + mustJSON(t, run)
		for _, key := range target.Credentials {
			if found := disclosed(told, key.AccessKeySecret); len(found) > 0 {
				t.Errorf("%s: %q is disclosed", name, found)
			}
		}
	}
}
