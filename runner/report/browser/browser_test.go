package browser

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
)

// hostile is what a target may put into a Message in the hope that a report runs it.
const hostile = `<script>document.title='ran'</script><img src=x onerror="document.title='ran'"><a href="javascript:document.title='ran'">`

func caseResult(name, clause string, outcome schemas.Outcome, format schemas.Format) schemas.CaseResult {
	c := schemas.CaseResult{Name: name, Clause: clause, Condition: "nonce-reused", Format: format, Method: "GET", Outcome: outcome,
		Exchange: &schemas.ExchangeReport{
			Request:  schemas.Request{Method: "GET", URL: "http://127.0.0.1/?Action=" + hostile},
			Response: &schemas.Response{Proto: "HTTP/1.1", Status: 400, Header: schemas.Header{{Name: "Server", Value: hostile}}, Body: schemas.Body(`{"Message":"` + hostile + `"}`)},
			Curl:     "curl '" + hostile + "'",
		}}
	if outcome != schemas.Kept {
		c.Findings = []schemas.Finding{{Clause: clause, Level: schemas.Must, Got: "400 " + hostile, Want: "400 SignatureNonceUsed"}}
	}
	return c
}

func page(t *testing.T) string {
	t.Helper()
	run := schemas.Run{Target: schemas.RunTarget{URL: "http://" + hostile, Profile: "ecs", Style: schemas.RPC}, Verdict: schemas.NonConformant, Why: hostile,
		Notes: []string{hostile}, Counts: schemas.Counts{Kept: 1, Broken: 3},
		Cases: []schemas.CaseResult{
			caseResult("nonce-used-twice", "NONCE-1", schemas.Broken, schemas.XML),
			caseResult("nonce-used-twice", "NONCE-1", schemas.Broken, schemas.JSON),
			caseResult("version-missing", "PARAM-1", schemas.Broken, schemas.XML),
			caseResult("sound-request", "SUCCESS-4", schemas.Kept, schemas.XML),
		}}
	var out bytes.Buffer
	r := &schemas.Report{Verdict: schemas.NonConformant, Started: time.Unix(0, 0), Runs: []schemas.Run{run}}
	if err := (report.HTML{Clauses: fixtures.Clauses()}).Write(&out, r); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return "file://" + path
}

func browser(t *testing.T) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed (apt-get install chromium)")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	ctx, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, end := chromedp.NewContext(ctx)
	t.Cleanup(end)
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// eval evaluates an expression in the page.
func eval[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return value
}

func open(t *testing.T) context.Context {
	t.Helper()
	ctx := browser(t)
	if _, err := chromedp.Run(ctx, chromedp.Navigate(page(t))); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// findings returns how many findings are shown once a filter was set.
func findings(t *testing.T, ctx context.Context, id, value string) int {
	t.Helper()
	return eval[int](t, ctx, `(() => { const f = document.getElementById('filter'); f.elements['`+id+`'].value = '`+value+`';
		f.dispatchEvent(new Event('input')); return Array.from(document.querySelectorAll('.finding')).filter(e => !e.hidden).length })()`)
}

func TestFilters(t *testing.T) {
	ctx := open(t)
	for _, step := range []struct {
		id, value string
		want      int
	}{{"f-text", "", 2}, {"f-clause", "PARAM-1", 1}, {"f-text", "no such word", 0}, {"f-text", "", 1}, {"f-clause", "", 2}, {"f-level", "SHOULD", 0}} {
		if got := findings(t, ctx, step.id, step.value); got != step.want {
			t.Errorf("%s=%q: %d findings shown, want %d", step.id, step.value, got, step.want)
		}
	}
}

// A link to a case leads to its finding, also when a filter had hidden it.
func TestDeepLink(t *testing.T) {
	ctx := open(t)
	findings(t, ctx, "f-text", "no such word")
	got := eval[string](t, ctx, `new Promise(done => { window.addEventListener('hashchange', () => setTimeout(() => {
		const e = document.querySelector(':target'); done(e.hidden ? 'hidden' : e.dataset.clause) })); location.hash = '#nonce-used-twice' })`)
	if got != "NONCE-1" {
		t.Errorf("#nonce-used-twice leads to %q, want the finding of NONCE-1", got)
	}
}

func TestTheTargetsTextRunsNothing(t *testing.T) {
	ctx := open(t)
	if title := eval[string](t, ctx, `document.title`); title != "non-conformant · acsconform" {
		t.Errorf("title %q: a script of the target ran", title)
	}
	if n := eval[int](t, ctx, `document.querySelectorAll('main script, img, [onerror], a[href^="javascript:"]').length`); n != 0 {
		t.Errorf("%d elements made of the target's text", n)
	}
	// What slipped through all the same would be held off by the policy.
	if title := eval[string](t, ctx, `(() => { const s = document.createElement('script'); s.textContent = "document.title='ran'"; document.body.append(s); return document.title })()`); title == "ran" {
		t.Error("a script that is not the report's own ran")
	}
}
