package lang_test

import (
	"context"
	"os"
	"regexp"
	"slices"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/catalogue"
	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/suites"
)

// least is how many of a hundred texts of reports have to be translated but for names. What is in a text that a server answers
// stays as it is, and is counted as not translated.
const least = 95

// What runs find of wrong servers, and why cases were not judged, can be read in Chinese. All mutants are tried where
// ACSCONFORM_WHOLE is set, else one of each few.
func TestReportsAreTranslated(t *testing.T) {
	step := 30
	if os.Getenv("ACSCONFORM_WHOLE") != "" {
		step = 1
	}
	texts := map[string]bool{}
	all := mutants.All()
	for i := 0; i < len(all); i += step {
		gather(t, all[i], texts)
	}
	translated := 0
	for text := range texts {
		if lang.Chinese.Whole(text) {
			translated++
		} else {
			t.Logf("not whole: %q: %q", text, lang.Chinese.Text(text))
		}
	}
	t.Logf("%d texts, of which %d are translated", len(texts), translated)
	if len(texts) < 20 || translated*100 < len(texts)*least {
		t.Errorf("%d of %d texts are translated, want %d %% of 20 at least", translated, len(texts), least)
	}
}

// gather tests a mutant by the cases of its clause.
func gather(t *testing.T, v reference.Variant, texts map[string]bool) {
	t.Helper()
	for _, p := range fixtures.Profiles() {
		if !catalogue.Fits(v, p) {
			continue
		}
		server := reference.New(p, reference.With(v))
		l, err := server.Start("127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = l.Close() }()
		ctx := context.Background()
		s, err := runner.Open(ctx, suites.Brief{Profile: p, Clauses: fixtures.Clauses(), Target: server.Target(l.URL())}, runner.Options{})
		if err != nil {
			return // which the preflight tells
		}
		s.Start(ctx, slices.DeleteFunc(slices.Clone(s.Plan()), func(p *suites.Planned) bool { return p.Skip == "" && p.Clause.ID != v.Clause }))
		run := s.Finish()
		for _, c := range run.Cases {
			note(texts, c.Why)
			for _, f := range c.Findings {
				note(texts, f.Got)
				note(texts, f.Want)
			}
		}
		for _, c := range run.Clauses {
			note(texts, c.Why)
		}
		return
	}
}

// anyID is a request id, which is no word in either letter case. Texts that differ in it alone are one text.
var anyID = regexp.MustCompile(`(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

func note(texts map[string]bool, text string) {
	if text != "" {
		texts[anyID.ReplaceAllString(text, "4C467B38-3910-447D-87BC-AC049166F216")] = true
	}
}
