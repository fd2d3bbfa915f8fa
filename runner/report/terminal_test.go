package report

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

func shown(t *testing.T, r *schemas.Report) string {
	t.Helper()
	var b strings.Builder
	terminal := Terminal{Clauses: fixtures.Clauses(), Titles: map[string]string{"ecs": "ECS"}, Dir: "conform-report"}
	if err := terminal.Write(&b, r); err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(b.String(), "\n") {
		pasted := strings.HasPrefix(line, "  curl ") || strings.HasPrefix(line, "  conform run ") || strings.Contains(line, "://") || strings.HasSuffix(line, HTMLFile)
		if wording.Width(line) > usualColumns && !pasted || strings.ContainsFunc(line, unicode.IsControl) {
			t.Errorf("%q is wider than %d columns, or has a control character in it", line, usualColumns)
		}
	}
	return b.String()
}

// golden compares with testdata; UPDATE_GOLDENS=1 in the environment rewrites it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("UPDATE_GOLDENS") != "" {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got\n%s\nwant (%s)\n%s", got, path, want)
	}
}

func TestSummaryShowsWhatWasNotKept(t *testing.T) {
	broken := caseResult("nonce-used-twice", "NONCE-1", schemas.Broken, finding("NONCE-1", schemas.Must, "200 DescribeRegionsResponse", "400 SignatureNonceUsed"))
	warned := caseResult("sound", "SUCCESS-4", schemas.Warned, finding("CLIENT-1", schemas.Should, "Content-Type: text/xml", "text/xml;charset=utf-8"))
	throttled := caseResult("stale", "TIME-3", schemas.NotJudged)
	throttled.Why = "throttled, also after waiting"
	skipped := caseResult("inactive", "KEY-2", schemas.Skipped)
	skipped.Why = "needs credentials.inactive"
	run := runOf("ecs", broken, warned, throttled, skipped, caseResult("fine", "SIGN-1", schemas.Kept))
	run.Notes = []string{"the target file states a clock window of 31m, the document 15m"}
	golden(t, "summary.txt", shown(t, reported(run)))
}

func TestOneCauseIsOneFinding(t *testing.T) {
	malformed := manyCases(40, func(i int) schemas.Finding {
		return of(finding("REQUESTID-1", schemas.Must, fmt.Sprintf("request id req-%d", 1000+i), "a UUID"), schemas.FoundRequestID, 0, "")
	})
	forbidden := manyCases(30, func(i int) schemas.Finding {
		return of(finding("ERROR-9", schemas.Must, "401 an HTML page", fmt.Sprintf("400 Code%c", 'A'+i)), schemas.FoundHTMLPage, 401, "an HTML page")
	})
	golden(t, "folded.txt", shown(t, reported(runOf("ecs", append(malformed, forbidden...)...))))
}

func TestManyCausesAreCutShort(t *testing.T) {
	cases := manyCases(12, func(i int) schemas.Finding {
		return finding(fixtures.Clauses()[i].ID, schemas.Must, "this", "that")
	})
	text := shown(t, reported(runOf("ecs", cases...)))
	if n := strings.Count(text, "\n× case-"); n+1 != maxFailures {
		t.Errorf("%d failures shown, want %d", n+1, maxFailures)
	}
	if want := "… and 4 more findings, see conform-report/report.html"; !strings.Contains(text, want) {
		t.Errorf("no line %q in\n%s", want, text)
	}
}

func TestTargetsDoNotReachTheTerminal(t *testing.T) {
	evil := "\x1b]0;title\x07\x1b[2J\r\nFAKE \u202e\u009b5m" + strings.Repeat("\n", 50)
	c := caseResult("hostile", "ROBUST-1", schemas.Broken, finding("ROBUST-1", schemas.Must, evil, evil))
	c.Why = evil
	c.Exchange.Curl = "curl " + evil
	c.Exchange.Response.Body = schemas.Body(`{"RequestId":"\u001b[31m"}`)
	unjudged := caseResult("other", "SIGN-1", schemas.NotJudged)
	unjudged.Why = evil
	run := runOf("ecs", c, unjudged)
	run.Why, run.Notes, run.Target.URL = evil, []string{evil}, "http://127.0.0.1/"+evil
	if text := shown(t, reported(run)); !strings.Contains(text, `<U+001B>[2J`) {
		t.Errorf("the escape is not shown as text:\n%s", text)
	}
}

func TestFiveGreenProfilesFitOnAScreen(t *testing.T) {
	var runs []schemas.Run
	for _, p := range fixtures.Profiles() {
		cases := []schemas.CaseResult{caseResult("fine", "SIGN-1", schemas.Kept)}
		for i := range 30 {
			c := caseResult(fmt.Sprintf("skipped-%d", i), "KEY-2", schemas.Skipped)
			c.Why = "needs something else " + strings.Repeat("x", i)
			cases = append(cases, c)
		}
		runs = append(runs, runOf(p.Name, cases...))
	}
	if n := strings.Count(shown(t, reported(runs...)), "\n"); n > 60 {
		t.Errorf("%d lines, want at most 60", n)
	}
}
