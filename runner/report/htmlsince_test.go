package report

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
)

// sinceOf writes the page of the sample with changes, and returns the section that shows them.
func sinceOf(t *testing.T, change func(r *schemas.Report, d *schemas.Diff)) string {
	t.Helper()
	r := sample()
	d := &schemas.Diff{Base: schemas.DiffSide{Name: "base/report.json", Started: time.Date(2026, 1, 2, 3, 4, 0, 0, time.UTC)}, Verdict: schemas.Same}
	change(r, d)
	var out bytes.Buffer
	if err := (HTML{Clauses: fixtures.Clauses(), Since: d}).Write(&out, r); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	for _, m := range regexp.MustCompile(`href="#([^"=]*)"`).FindAllStringSubmatch(text, -1) {
		if !strings.Contains(text, `id="`+m[1]+`"`) {
			t.Errorf("a link leads to #%s, which is not there", m[1])
		}
	}
	_, section, found := strings.Cut(text, `<section id="since"`)
	section, _, _ = strings.Cut(section, "</section>")
	if !found {
		t.Fatal("the page has no section of changes")
	}
	return inEnglish(section)
}

// failedOf returns the first case of the sample that is broken.
func failedOf(t *testing.T, r *schemas.Report) (*schemas.Run, *schemas.CaseResult) {
	t.Helper()
	for i := range r.Runs {
		for j := range r.Runs[i].Cases {
			if c := &r.Runs[i].Cases[j]; c.Outcome == schemas.Broken && len(c.Findings) > 0 {
				return &r.Runs[i], c
			}
		}
	}
	t.Fatal("nothing is broken in the sample")
	return nil, nil
}

func TestThePageShowsWhatChangedSinceTheBase(t *testing.T) {
	section := sinceOf(t, func(r *schemas.Report, d *schemas.Diff) {
		run, c := failedOf(t, r)
		of := schemas.CaseDiff{Profile: run.Target.Profile, Style: run.Target.Style, Case: CaseID(c), Clause: c.Clause, Before: schemas.Kept, After: schemas.Broken, Findings: c.Findings[:1]}
		d.Verdict, d.Regressions = schemas.Regressed, []schemas.CaseDiff{of}
		d.Fixed = []schemas.CaseDiff{{Profile: of.Profile, Style: of.Style, Case: "gone-from-the-page [JSON, GET]", Clause: "ERROR-1", Findings: []schemas.Finding{{Clause: "ERROR-1", Got: "<script>\x1b[1m"}}}}
		d.Gone = []schemas.CaseDiff{{Profile: of.Profile, Style: of.Style, Case: "raced [JSON, GET]", Clause: "NONCE-2", Behind: "nonce-used-twice"}}
		d.Drift = []schemas.Drift{{What: "header"}}
	})
	for _, want := range []string{"worse than before", "base/report.json of 2026-01-02 03:04", " 1 new<", "− 1 fixed", "? 1 no longer judged", "since nonce-used-twice broke", "differ in 1 thing;", "&lt;script&gt;"} {
		if !strings.Contains(section, want) {
			t.Errorf("the section lacks %q:\n%s", want, section)
		}
	}
	if strings.ContainsAny(section, "\x1b") || strings.Contains(section, "<script>") {
		t.Errorf("what came from the target is not disarmed:\n%s", section)
	}
	if !regexp.MustCompile(`<a href="#[^"]+">`).MatchString(section) {
		t.Errorf("the new case is no link:\n%s", section)
	}
}

// What fails now as it did before is named too, and a page without a base says nothing of changes.
func TestThePageShowsWhatIsStillBroken(t *testing.T) {
	section := sinceOf(t, func(*schemas.Report, *schemas.Diff) {})
	if !strings.Contains(section, "still broken or warned") || strings.Contains(section, " new<") || !strings.Contains(section, "as before, or better") {
		t.Errorf("%s", section)
	}
	if strings.Contains(htmlOf(t), `id="since"`) {
		t.Error("a page without a base report speaks of changes")
	}
}
