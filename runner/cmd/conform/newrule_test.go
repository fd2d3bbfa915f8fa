package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/lint"
	"github.com/acsconform/acsconform/runner/lint/sample"
	"github.com/acsconform/acsconform/schemas"
)

// The rule that a throw-away book has beyond ours: one entry in a chapter, which objects to whatever comes, by a clause that
// nothing else here breaks.
const (
	ruleOfAnyChapter = "\n\t\t{Name: named(\"objects-to-all\"), Clause: \"NONCE-3\", Shape: true, One: func(*Observation) Check { return fail(\"this answer\", \"no answer\") }},"
	objected         = `NONCE-3: got "this answer", want "no answer"`
	chapterFile      = "../../../suites/status.go"
)

// withFurtherRule builds the command with one more rule in one file of the book, and with nothing else changed, and lets it be
// the command of the test.
func withFurtherRule(t *testing.T) {
	t.Helper()
	text, err := os.ReadFile(chapterFile)
	if err != nil {
		t.Fatal(err)
	}
	const rules = "Rules: []Rule{"
	changed := strings.Replace(string(text), rules, rules+ruleOfAnyChapter, 1)
	if changed == string(text) {
		t.Fatalf("%s has no %s", chapterFile, rules)
	}
	dir := t.TempDir()
	file, overlay, built := filepath.Join(dir, "status.go"), filepath.Join(dir, "overlay.json"), filepath.Join(dir, "conform")
	original, err := filepath.Abs(chapterFile)
	if err != nil {
		t.Fatal(err)
	}
	replace, err := json.Marshal(map[string]map[string]string{"Replace": {original: file}})
	if err != nil {
		t.Fatal(err)
	}
	for path, content := range map[string][]byte{file: []byte(changed), overlay: replace} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := exec.Command("go", "build", "-ldflags=-s -w", "-overlay", overlay, "-o", built, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	ours := binary
	binary = built
	t.Cleanup(func() { binary = ours })
}

// objectsTo checks that a result has as many objections as it should.
func objectsTo(t *testing.T, what string, result []byte, want func(*lint.Result) int64) {
	t.Helper()
	var r lint.Result
	if err := json.Unmarshal(result, &r); err != nil {
		t.Fatalf("%s: %v in %s", what, err, result)
	}
	objections := int64(0)
	for _, f := range r.Findings {
		if len(f.Examples) > 0 && fmt.Sprintf("%s: got %q, want %q", f.Clause, f.Examples[0].Got, f.Examples[0].Want) == objected {
			objections += f.Count
		}
	}
	if n := want(&r); objections != n || n == 0 {
		t.Errorf("%s: %d objections, want %d; %d records, of which %d were judged", what, objections, n, r.Records, r.Judged)
	}
}

func everyRecord(r *lint.Result) int64 { return r.Records }
func everyJudged(r *lint.Result) int64 { return r.Judged }

// A rule is one entry in the book: run, lint of logs, of HAR and of transcripts, and proxy obey it, whether or not a record
// repeats one before it. It builds the command from a changed book, and with it what imports the book: it is for make selftest.
func TestARuleIsOneEntryInTheBook(t *testing.T) {
	if os.Getenv("ACSCONFORM_WHOLE") == "" {
		t.Skip("it builds another book; make selftest runs it")
	}
	withFurtherRule(t)
	url, config := served(t, "ecs", nil)
	dir := t.TempDir()
	if code, out, errs := executed(t, dir, "run", "--config", config, "--label-filter", "PARAM-1 || PARAM-3"); code != exitBroken {
		t.Errorf("run: exit %d\n%s%s", code, out, errs)
	}
	report, _, transcript := read(t, filepath.Join(dir, "conform-report"))
	sent := everyCaseObjectsTo(t, report)
	_, out, _ := executed(t, dir, "lint", "-o", "json", "conform-report/transcript.jsonl")
	objectsTo(t, "lint of the transcript", []byte(out), func(*lint.Result) int64 { return sent }) // once in each case
	if n := int64(strings.Count(transcript, "\n")); n != sent {
		t.Errorf("%d exchanges in %d cases, want one each", n, sent)
	}

	const har = "../../lint/testdata/browser.har"
	text, err := os.ReadFile(har)
	if err != nil {
		t.Fatal(err)
	}
	twice := []string{filepath.Join(dir, "one.har"), filepath.Join(dir, "two.har")}
	for _, path := range twice {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	_, out, _ = executed(t, dir, append([]string{"lint", "--profile", "ecs", "-o", "json"}, twice...)...)
	objectsTo(t, "lint of HAR", []byte(out), everyJudged)
	for _, repeats := range []bool{false, true} {
		log, mapping := access(t, sample.Kind{Seed: 5, XML: 0.3, Bad: 0.1, Repeats: repeats}, 300)
		_, out, _ = executed(t, dir, "lint", "--profile", "ecs", "--map", mapping, "-o", "json", log)
		objectsTo(t, fmt.Sprintf("lint of a log (repeats: %v)", repeats), []byte(out), everyRecord)
	}

	result := filepath.Join(dir, "proxy.json")
	s := stand(t, url, "--profile", "ecs", "-o", "json", "--to", result)
	for range 5 {
		r, err := http.Get(s.url + "/?Action=DescribeRegions&Format=JSON")
		if err != nil {
			t.Fatal(err)
		}
		_ = r.Body.Close()
	}
	s.end(t)
	if text, err = os.ReadFile(result); err != nil {
		t.Fatal(err)
	}
	objectsTo(t, "proxy", text, everyRecord)
}

// everyCaseObjectsTo checks that no case that was sent lacks the objection, and returns how many were sent.
func everyCaseObjectsTo(t *testing.T, text string) (sent int64) {
	t.Helper()
	var report schemas.Report
	if err := json.Unmarshal([]byte(text), &report); err != nil {
		t.Fatal(err)
	}
	for _, run := range report.Runs {
		for _, c := range run.Cases {
			if c.Outcome == schemas.Skipped {
				continue
			}
			sent++
			found := false
			for _, f := range c.Findings {
				found = found || fmt.Sprintf("%s: got %q, want %q", f.Clause, f.Got, f.Want) == objected
			}
			if !found {
				t.Errorf("run: %s [%s %s] is %s, with findings %v", c.Name, c.Format, c.Method, c.Outcome, c.Findings)
			}
		}
	}
	if sent < 10 {
		t.Errorf("only %d cases were sent", sent)
	}
	return sent
}
