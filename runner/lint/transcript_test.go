package lint

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"runtime/debug"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner"
	inmemory "github.com/acsconform/acsconform/runner/internal/pipe"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// There is memory to spare, and the collector has little to find.
func init() { debug.SetGCPercent(400) }

// recorded runs the book against a server and returns the run and its transcript. Where wanted is given, it says what of
// the plan is sent. What waits does so on a clock of its own.
func recorded(t *testing.T, p *schemas.Profile, style schemas.Style, wanted choice, options ...reference.Option) (run schemas.Run, transcript []byte) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		server, network := reference.New(p, options...), inmemory.Listen()
		served := make(chan struct{})
		go func() {
			defer close(served)
			_ = server.Serve(network) // it ends with the network
		}()
		defer func() {
			network.End()
			<-served
		}()
		brief := suites.Brief{Profile: p, Clauses: fixtures.Clauses(), Target: server.TargetIn("http://127.0.0.1/", style)}
		s, err := runner.Open(t.Context(), brief, runner.Options{Version: "test", Timeout: time.Minute, Dial: network.Dial, VerdictOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		s.Transcript(&out)
		plan := slices.Clone(s.Plan())
		if wanted != nil {
			plan = wanted(plan)
		}
		s.Start(t.Context(), plan)
		run = s.Finish()
		if err := s.TranscriptError(); err != nil {
			t.Fatal(err)
		}
		transcript = out.Bytes()
	})
	return run, transcript
}

// A choice takes of a plan what is sent.
type choice func(plan []*suites.Planned) []*suites.Planned

// small leaves out the cases of many equal requests, which are more than all others together.
func small(plan []*suites.Planned) []*suites.Planned {
	return slices.DeleteFunc(plan, func(p *suites.Planned) bool { return p.Requests() > 8 })
}

// thin takes one variant of each case of a small plan, in turns, and of the many alterations of what is signed one of eight,
// unless ACSCONFORM_WHOLE is set.
func thin(plan []*suites.Planned) []*suites.Planned {
	variants := map[string][]*suites.Planned{}
	var some []*suites.Planned
	for _, p := range small(plan) {
		if p.Case.IsTampering() && p.Place%8 > 0 && os.Getenv("ACSCONFORM_WHOLE") == "" {
			continue
		}
		variants[p.Case.Name.Text] = append(variants[p.Case.Name.Text], p)
	}
	for i, name := range slices.Sorted(maps.Keys(variants)) {
		some = append(some, variants[name][i%len(variants[name])])
	}
	slices.SortFunc(some, func(a, b *suites.Planned) int { return a.Place - b.Place })
	return some
}

// only takes one case.
func only(name string) choice {
	return func(plan []*suites.Planned) []*suites.Planned {
		return slices.DeleteFunc(plan, func(p *suites.Planned) bool { return p.Case.Name.Text != name })
	}
}

// linted judges a text as one input.
func linted(t *testing.T, o Options, text []byte) *Result {
	t.Helper()
	o.Clauses = fixtures.Clauses()
	if o.Profiles == nil {
		o.Profiles = fixtures.Profiles()
	}
	r, err := Run(t.Context(), []*input.Input{input.From("in", bytes.NewReader(text))}, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// findingsOf lists the findings of a run, sorted.
func findingsOf(run schemas.Run) []string {
	var list []string
	for _, c := range run.Cases {
		for _, f := range c.Findings {
			list = append(list, fmt.Sprintf("%s [%s, %s] %s %s: got %s, want %s", c.Name, c.Format, c.Method, f.Clause, f.Level, f.Got, f.Want))
		}
	}
	slices.Sort(list)
	return list
}

// checkTranscript returns how many findings there are, in the run and in its transcript.
func checkTranscript(t *testing.T, p *schemas.Profile, style schemas.Style, wanted choice, options ...reference.Option) int {
	t.Helper()
	run, transcript := recorded(t, p, style, wanted, options...)
	r := linted(t, Options{}, transcript)
	if len(r.Runs) != 1 {
		t.Errorf("%d runs, notes %q", len(r.Runs), r.Notes)
		return 0
	}
	want, got := findingsOf(run), findingsOf(r.Runs[0])
	if slices.Equal(want, got) {
		return len(got)
	}
	t.Errorf("%d findings, want %d", len(got), len(want))
	for _, f := range want {
		if !slices.Contains(got, f) {
			t.Errorf("  missing: %s", f)
		}
	}
	for _, f := range got {
		if !slices.Contains(want, f) {
			t.Errorf("  too much: %s", f)
		}
	}
	return len(got)
}

// hard are mutants of which a transcript, being redacted, does not show everything.
var hard = []string{"right-signature-told", "secret-told", "request-ids-in-pairs"}

// atTwoAddresses are mutants that show at the second address of a balancer, which the server of these tests has not.
var atTwoAddresses = []string{"nonce-by-address", "nonces-of-the-second-address"}

// The right server of every other profile and some mutants, of which more is sent until something is found; of all profiles and
// more of them, and one profile with every case in every variant, with ACSCONFORM_WHOLE set, as in make selftest; all of them
// and with every case with ACSCONFORM_ALL.
func TestATranscriptGivesTheFindingsOfItsRun(t *testing.T) {
	full, whole := os.Getenv("ACSCONFORM_ALL") != "", os.Getenv("ACSCONFORM_WHOLE") != ""
	for n, p := range fixtures.Profiles() {
		if n%2 > 0 && !whole && !full {
			continue
		}
		for i, style := range p.Styles {
			wanted := choice(thin)
			if full || whole && p.Name == "ecs" {
				wanted = nil
			}
			if i == 0 || full {
				t.Run(fmt.Sprintf("%s-%s", p.Name, style), func(t *testing.T) { checkTranscript(t, p, style, wanted) })
			}
		}
	}
	step, hidden := 108, hard[:1]
	switch {
	case full:
		step, hidden = 1, hard
	case whole:
		step, hidden = 9, hard
	}
	for i, m := range mutants.All() {
		if i%step != 0 && !slices.Contains(hidden, m.Name) || slices.Contains(atTwoAddresses, m.Name) {
			continue
		}
		profiles := fixtures.Profiles()
		for n := range profiles {
			p := profiles[(i+n)%len(profiles)]
			if style := p.Styles[i%len(p.Styles)]; m.MakesSense(p.Name, style) {
				t.Run(fmt.Sprintf("%s-%s-%s", p.Name, style, m.Name), func(t *testing.T) { checkMutant(t, p, style, m, full) })
				break
			}
		}
	}
}

func checkMutant(t *testing.T, p *schemas.Profile, style schemas.Style, m reference.Variant, full bool) {
	t.Helper()
	parts := []choice{thin, small, nil}
	if full {
		parts = parts[2:]
	}
	for _, wanted := range parts {
		if checkTranscript(t, p, style, wanted, reference.With(m)) > 0 {
			return
		}
	}
	t.Error("nothing is found of it")
}
