package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
)

// pipelined runs the cases about nonces against a server that breaks NONCE-1, and has every form written that pipelines show.
func pipelined(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	_, config := served(t, "ecs", nil, reference.With(mutant(t, "NONCE-1")))
	text, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "target.yaml"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs := conform(t, dir, "run", "--config", filepath.Join(dir, "target.yaml"), "--label-filter", aboutNonces,
		"-o", "github", "-o", "run.sarif", "-o", "gitlab=gl-code-quality-report.json", "-o", "run.har", "-o", "junit=junit.xml")
	if code != exitBroken || errs != "" {
		t.Fatalf("exit %d, %s", code, errs)
	}
	if !strings.HasPrefix(out, "::error file=target.yaml,title=NONCE-1%3A ") || !strings.Contains(out, "\n::notice title=conform run::ecs/rpc ") || strings.Contains(out, "×") {
		t.Errorf("standard output is not annotations alone:\n%s", out)
	}
	return dir
}

func TestFormsOfPipelines(t *testing.T) {
	dir := pipelined(t)
	run := sarifOf(t, filepath.Join(dir, "run.sarif"))
	if len(run.Results) == 0 || *run.Results[0].RuleID != "NONCE-1" || *run.Results[0].Locations[0].PhysicalLocation.ArtifactLocation.URI != "target.yaml" {
		t.Errorf("%d results, the first %+v", len(run.Results), run.Results)
	}
	var quality []struct {
		Check    string `json:"check_name"`
		Location struct{ Path string }
	}
	decode(t, filepath.Join(dir, "gl-code-quality-report.json"), &quality)
	if len(quality) != len(run.Results) || quality[0].Check != "NONCE-1" || quality[0].Location.Path != "target.yaml" {
		t.Errorf("code quality: %+v", quality)
	}
	if former, err := os.ReadFile(filepath.Join(dir, "conform-report", "junit.xml")); err != nil || string(former) != readAll(t, filepath.Join(dir, "junit.xml")) {
		t.Errorf("junit.xml differs from that of the report folder: %v", err)
	}
	sameFindings(t, dir)
	formsOfOthers(t, dir)
}

// sameFindings holds what lint finds in the HAR file against what it finds in the transcript that it is made of.
func sameFindings(t *testing.T, dir string) {
	t.Helper()
	var found []schemas.Lint
	for _, file := range []string{"run.har", "conform-report/transcript.jsonl"} {
		code, out, errs := conform(t, dir, "lint", "-o", "json", file)
		var r schemas.Lint
		if err := json.Unmarshal([]byte(out), &r); err != nil || code != exitBroken {
			t.Fatalf("%s: exit %d, %v\n%s", file, code, err, errs)
		}
		r.Inputs = nil
		for i := range r.Findings {
			for n := range r.Findings[i].Examples {
				e := &r.Findings[i].Examples[n]
				e.File, e.Line = "", 0
			}
		}
		found = append(found, r)
	}
	if !reflect.DeepEqual(found[0], found[1]) || found[0].Findings[0].Clause != "NONCE-1" || len(found[0].Runs) != 1 {
		t.Errorf("of the HAR file %+v\nof the transcript %+v", found[0], found[1])
	}
}

// formsOfOthers writes the same forms of captured traffic and of a diff.
func formsOfOthers(t *testing.T, dir string) {
	t.Helper()
	report := filepath.Join(dir, "conform-report", "report.json")
	right := filepath.Join(dir, "right.json")
	var good schemas.Report
	decode(t, report, &good)
	for i := range good.Runs[0].Cases {
		if c := &good.Runs[0].Cases[i]; c.Outcome == schemas.Broken {
			c.Outcome, c.Findings = schemas.Kept, nil
		}
	}
	text, err := json.Marshal(good)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(right, text, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		file string
	}{
		{[]string{"lint", "run.har"}, "run.har"},
		{[]string{"diff", "right.json", "./conform-report/report.json"}, "conform-report/report.json"},
	} {
		code, out, errs := conform(t, dir, append(c.args, "-o", "github", "-o", "sarif=other.sarif", "-o", "gitlab=other.json")...)
		if code != exitBroken || !strings.HasPrefix(out, "::error file="+c.file) {
			t.Errorf("%q: exit %d, %s%s", c.args, code, out, errs)
		}
		results := sarifOf(t, filepath.Join(dir, "other.sarif")).Results
		if len(results) == 0 || *results[0].RuleID != "NONCE-1" || *results[0].Locations[0].PhysicalLocation.ArtifactLocation.URI != c.file {
			t.Errorf("%q: %d results, want NONCE-1 at %s", c.args, len(results), c.file)
		}
	}
	code, _, errs := conform(t, dir, "lint", "run.har", "-o", "har")
	if code != exitUsage || !strings.Contains(errs, "want text, json") {
		t.Errorf("lint -o har: exit %d, %s", code, errs)
	}
}

func sarifOf(t *testing.T, path string) *sarif.Run {
	t.Helper()
	r, err := sarif.Open(path)
	if err != nil || len(r.Runs) != 1 {
		t.Fatalf("%s: %v", path, err)
	}
	if err := r.Validate(); err != nil {
		t.Errorf("%s: %s", path, err)
	}
	return r.Runs[0]
}

func readAll(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func decode(t *testing.T, path string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(readAll(t, path)), into); err != nil {
		t.Fatal(err)
	}
}
