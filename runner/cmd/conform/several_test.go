package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
)

// runsOf reads the runs of a report in a folder.
func runsOf(t *testing.T, dir string) []schemas.Run {
	t.Helper()
	text, _, _ := read(t, dir)
	var r schemas.Report
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		t.Fatal(err)
	}
	return r.Runs
}

var aboutNonces = "(NONCE-1 || SUCCESS-4)" + few

// Several target files are several runs in one report, the worst of which decides, in whatever order they are named.
func TestSeveralConfigs(t *testing.T) {
	_, good := served(t, "ecs", nil)
	_, bad := served(t, "ecs", nil, reference.With(mutant(t, "NONCE-1")))
	_, other := served(t, "kms", nil)
	for name, c := range map[string]struct {
		configs  []string
		code     int
		verdicts []schemas.Verdict
	}{
		"both right":       {[]string{good, other}, exitKept, []schemas.Verdict{schemas.Conformant, schemas.Conformant}},
		"the first broken": {[]string{bad, good}, exitBroken, []schemas.Verdict{schemas.NonConformant, schemas.Conformant}},
		"the last broken":  {[]string{good, other, bad}, exitBroken, []schemas.Verdict{schemas.Conformant, schemas.Conformant, schemas.NonConformant}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			args := []string{"run", "--label-filter", aboutNonces}
			for _, config := range c.configs {
				args = append(args, "--config", config)
			}
			code, out, errs := conform(t, dir, args...)
			if code != c.code {
				t.Errorf("exit %d, want %d\n%s%s", code, c.code, out, errs)
			}
			var got []schemas.Verdict
			for _, run := range runsOf(t, filepath.Join(dir, "conform-report")) {
				got = append(got, run.Verdict)
			}
			if !slices.Equal(got, c.verdicts) {
				t.Errorf("%v, want %v", got, c.verdicts)
			}
			for _, url := range urlsOf(t, c.configs) {
				if !strings.Contains(out, url) {
					t.Errorf("the terminal does not name %s:\n%s", url, out)
				}
			}
			lint, said, _ := conform(t, dir, "lint", filepath.Join("conform-report", report.TranscriptFile))
			if lint != c.code {
				t.Errorf("the transcript judged again: exit %d, want %d\n%s", lint, c.code, said)
			}
		})
	}
}

func urlsOf(t *testing.T, configs []string) (urls []string) {
	t.Helper()
	for _, config := range configs {
		text, err := os.ReadFile(config)
		if err != nil {
			t.Fatal(err)
		}
		_, rest, _ := strings.Cut(string(text), "url: ")
		url, _, _ := strings.Cut(rest, "\n")
		urls = append(urls, strings.Trim(url, `"'`))
	}
	return urls
}

// Two runs by one profile are two everywhere: in JUnit, on the page, in the transcript, and for a list of known failures.
func TestSeveralRunsOfOneProfile(t *testing.T) {
	_, good := served(t, "ecs", nil)
	_, bad := served(t, "ecs", nil, reference.With(mutant(t, "NONCE-1")))
	dir := t.TempDir()
	code, out, errs := conform(t, dir, "run", "--label-filter", aboutNonces, "--config", good, "--config", bad, "--write-known", "known.yaml")
	if code != exitBroken || !strings.Contains(out, "of ecs #2") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	reports := filepath.Join(dir, "conform-report")
	_, junit, transcript := read(t, reports)
	for _, want := range []string{`name="ecs/rpc NONCE-1"`, `name="ecs/rpc #2 NONCE-1"`, `classname="ecs.rpc#2.NONCE-1"`} {
		if !strings.Contains(junit, want) {
			t.Errorf("junit.xml does not say %s", want)
		}
	}
	if !strings.Contains(transcript, `"run":2`) || strings.Contains(transcript, `"run":1`) {
		t.Error("the transcript does not tell the runs apart")
	}
	page, err := os.ReadFile(filepath.Join(reports, report.HTMLFile))
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{`id="ecs-rpc"`, `id="ecs-rpc-2"`} {
		if strings.Count(string(page), id) != 1 {
			t.Errorf("%s is on the page %d times", id, strings.Count(string(page), id))
		}
	}
	text, err := os.ReadFile(filepath.Join(dir, "known.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	known := strings.NewReplacer("to be explained", "an old store", "nobody yet", "us").Replace(string(text))
	if err := os.WriteFile(filepath.Join(dir, "known.yaml"), []byte(known), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs = conform(t, dir, "run", "--label-filter", aboutNonces, "--config", good, "--config", bad, "--known", "known.yaml", "--report-dir", "again")
	if code != exitKept {
		t.Errorf("with the list: exit %d\n%s%s", code, out, errs)
	}
	code, out, errs = conform(t, dir, "diff", filepath.Join("conform-report", report.JSONFile), filepath.Join("again", report.JSONFile))
	if code != exitKept {
		t.Errorf("diff: exit %d\n%s%s", code, out, errs)
	}
}

// Several addresses go with one target file, or with none.
func TestSeveralTargets(t *testing.T) {
	var url string
	_, good := served(t, "ecs", nil)
	_, bad := served(t, "ecs", func(target *schemas.Target) { url = target.URL }, reference.With(mutant(t, "NONCE-1")))
	dir := t.TempDir()
	code, out, errs := conform(t, dir, "run", "--label-filter", aboutNonces, "--config", good, "--target", urlsOf(t, []string{good})[0], "--target", url)
	if runs := runsOf(t, filepath.Join(dir, "conform-report")); code != exitBroken || len(runs) != 2 || runs[0].Target.URL == runs[1].Target.URL || runs[1].Verdict != schemas.NonConformant {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	code, out, errs = conform(t, dir, "run", "--profile", "ecs", "--target", closed, "--target", url, "--label-filter", "METHOD-1")
	if runs := runsOf(t, filepath.Join(dir, "conform-report")); code != exitUntested || len(runs) != 2 || runs[0].Verdict != schemas.Inconclusive {
		t.Errorf("one of two is dead: exit %d\n%s%s", code, out, errs)
	}
	code, _, errs = conform(t, dir, "run", "--config", good, "--config", bad, "--target", url, "--target", closed)
	if code != exitUsage || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, "--config") || !strings.Contains(errs, "--target") {
		t.Errorf("several of both: exit %d\n%s", code, errs)
	}
}

func TestPlanOfSeveralConfigs(t *testing.T) {
	_, a := served(t, "ecs", nil)
	_, b := served(t, "gateway", nil)
	code, out, errs := conform(t, t.TempDir(), "run", "--plan", "--config", a, "--config", b)
	urls := urlsOf(t, []string{a, b})
	if code != exitKept || !strings.Contains(out, "ecs/rpc  "+urls[0]) || !strings.Contains(out, "gateway/rpc  "+urls[1]) {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
}

// Two files of one name for profiles that differ cannot be told apart in a report.
func TestTwoProfilesOfOneName(t *testing.T) {
	dir := t.TempDir()
	var configs []string
	for _, name := range []string{"a", "b"} {
		sub := filepath.Join(dir, name)
		if err := os.Mkdir(sub, 0o755); err != nil {
			t.Fatal(err)
		}
		profile := "name: shop\ntitle: Shop " + name + "\nextends: ecs\n"
		target := "url: " + closed + "\nprofile: ./shop.yaml\nrequest: {action: DescribeRegions, version: \"2014-05-26\"}\n"
		for file, text := range map[string]string{"shop.yaml": profile, "target.yaml": target} {
			if err := os.WriteFile(filepath.Join(sub, file), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		configs = append(configs, filepath.Join(sub, "target.yaml"))
	}
	code, _, errs := conform(t, dir, "run", "--config", configs[0], "--config", configs[1])
	if code != exitUsage || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, configs[0]) || !strings.Contains(errs, configs[1]) || !strings.Contains(errs, "shop") {
		t.Errorf("exit %d\n%s", code, errs)
	}
}
