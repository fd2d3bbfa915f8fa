package lint

import (
	"bytes"
	"fmt"
	"os"
	"runtime/debug"
	"slices"
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner"
	inmemory "github.com/acsconform/acsconform/runner/memory"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// There is memory to spare, and the collector has little to find.
func init() { debug.SetGCPercent(400) }

// recorded runs the book against a server and gives the run and its transcript. Where wanted is given, it says which
// cases are sent.
func recorded(t *testing.T, p *schemas.Profile, style schemas.Style, wanted func(*suites.Planned) bool, options ...reference.Option) (schemas.Run, []byte) {
	t.Helper()
	server, network := reference.New(p, options...), inmemory.Listen()
	go server.Serve(network)
	defer network.End()
	brief := suites.Brief{Profile: p, Clauses: fixtures.Clauses(), Target: server.TargetIn("http://127.0.0.1/", style)}
	s, err := runner.Open(t.Context(), brief, runner.Options{Version: "test", Timeout: time.Minute, Dial: network.Dial, VerdictOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	var transcript bytes.Buffer
	s.Transcript(&transcript)
	plan := slices.Clone(s.Plan())
	if wanted != nil {
		plan = slices.DeleteFunc(plan, func(p *suites.Planned) bool { return !wanted(p) })
	}
	s.Start(t.Context(), plan)
	run := s.Finish()
	if err := s.TranscriptError(); err != nil {
		t.Fatal(err)
	}
	return run, transcript.Bytes()
}

// small leaves out the cases of many equal requests, which are more than all others together.
func small(p *suites.Planned) bool { return p.Requests() <= 8 }

// linted judges a text as one input.
func linted(t *testing.T, o Options, text []byte) *Result {
	t.Helper()
	o.Clauses = fixtures.Clauses()
	if o.Profiles == nil {
		o.Profiles = fixtures.Profiles()
	}
	r, err := Run(t.Context(), []*Input{From("in", bytes.NewReader(text))}, o)
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

func checkTranscript(t *testing.T, p *schemas.Profile, style schemas.Style, wanted func(*suites.Planned) bool, options ...reference.Option) {
	t.Helper()
	run, transcript := recorded(t, p, style, wanted, options...)
	r := linted(t, Options{}, transcript)
	if len(r.Runs) != 1 {
		t.Errorf("%d runs, notes %q", len(r.Runs), r.Notes)
		return
	}
	want, got := findingsOf(run), findingsOf(r.Runs[0])
	if slices.Equal(want, got) {
		return
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
}

// hard are mutants of which a transcript, being redacted, does not show everything.
var hard = []string{"right-signature-told", "secret-told", "request-ids-in-pairs"}

// The right server and some mutants; all of them where CONFORM_FULL is set.
func TestATranscriptGivesTheFindingsOfItsRun(t *testing.T) {
	full := os.Getenv("CONFORM_FULL") != ""
	for _, p := range fixtures.Profiles() {
		for i, style := range p.Styles {
			if i == 0 || full {
				t.Run(fmt.Sprintf("%s-%s", p.Name, style), func(t *testing.T) { checkTranscript(t, p, style, nil) })
			}
		}
	}
	step, wanted := 9, small
	if full {
		step, wanted = 1, nil
	}
	for i, m := range reference.Mutants() {
		if i%step != 0 && !slices.Contains(hard, m.Name) {
			continue
		}
		profiles := fixtures.Profiles()
		for n := range profiles {
			p := profiles[(i+n)%len(profiles)]
			if style := p.Styles[i%len(p.Styles)]; m.MakesSense(p.Name, style) {
				t.Run(fmt.Sprintf("%s-%s-%s", p.Name, style, m.Name), func(t *testing.T) { checkTranscript(t, p, style, wanted, reference.With(m)) })
				break
			}
		}
	}
}
