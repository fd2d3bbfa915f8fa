package main

import (
	"html"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// idsOf lists the cases of a run as a failure names them.
func idsOf(run schemas.Run) (ids []string) {
	for i := range run.Cases {
		ids = append(ids, report.CaseID(&run.Cases[i]))
	}
	return ids
}

// The line that a failure shows is whole, in every report, and sends the case again and nothing else.
func TestTheLineThatAFailureShows(t *testing.T) {
	_, config := served(t, "ecs", nil, reference.With(mutantNamed(t, "nonces-not-kept")))
	dir := filepath.Join(t.TempDir(), "a folder whose name is long and has blanks, so that the line is wider than any screen and has to be quoted")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	config = filepath.Join(dir, "it's the target.yaml")
	if err := os.WriteFile(config, text, 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs := conform(t, dir, "run", "--config", config, "--label-filter", "nonce-used-twice")
	line := "conform run --config " + shellWord(config) + " --case nonce-used-twice"
	if code != exitBroken || !slices.Contains(strings.Split(out, "\n"), "  "+line) || strings.Contains(out, "curl") {
		t.Fatalf("exit %d, want a line\n%s\nin\n%s%s", code, line, out, errs)
	}
	folder := filepath.Join(dir, "conform-report")
	for _, name := range []string{report.MarkdownFile, report.JUnitFile, report.HTMLFile} {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		if shown := html.UnescapeString(string(text)); !strings.Contains(shown, line) {
			t.Errorf("%s does not show %s", name, line)
		}
	}
	shell := exec.Command("sh", "-c", "conform() { "+shellWord(binary)+" \"$@\"; }; "+line+" --report-dir again")
	shell.Dir = dir
	said, err := shell.CombinedOutput()
	runs := runsOf(t, filepath.Join(dir, "again"))
	if err == nil || shell.ProcessState.ExitCode() != exitBroken || len(runs) != 1 || len(runs[0].Cases) != 4 || runs[0].Counts.Broken != 4 {
		t.Errorf("pasted: %v, %d cases\n%s", err, len(runs), said)
	}
}

// Every word that a run was given and that changes what is sent or judged is in the line.
func TestTheLineHasWhatTheRunWasGiven(t *testing.T) {
	url, config := served(t, "ecs", nil, reference.With(mutantNamed(t, "nonces-not-kept")))
	for name, c := range map[string]struct{ args, want []string }{
		"a file and an address": {[]string{"--config", config, "--target", url, "--strict", "--timeout", "20s"}, []string{"--config", config, "--target", url, "--timeout", "20s", "--strict"}},
		"a profile and a style": {[]string{"--config", config, "--profile", "ecs", "--style", "acs3"}, []string{"--config", config, "--profile", "ecs", "--style", "acs3"}},
		"a profile guessed":     {[]string{"--target", url, "--insecure"}, []string{"--target", url, "--profile", "ecs", "--insecure"}},
		"no target":             {[]string{"--profile", "kms"}, []string{"--profile", "kms"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			_, out, errs := conform(t, dir, slices.Concat([]string{"run", "--case", "action-unknown"}, c.args)...)
			if len(errs) > 0 && !strings.Contains(errs, "guessed") {
				t.Fatalf("%s%s", out, errs)
			}
			runs := runsOf(t, filepath.Join(dir, caseDir))
			if want := "conform run " + strings.Join(c.want, " "); len(runs) != 1 || runs[0].Command != want {
				t.Errorf("got  %s\nwant %s", runs[0].Command, want)
			}
		})
	}
}

func TestOneCaseInSomeVariants(t *testing.T) {
	_, config := served(t, "ecs", nil)
	for word, want := range map[string][]string{
		"nonce-used-twice[XML,GET]":    {"nonce-used-twice [XML, GET]"},
		"nonce-used-twice [JSON, GET]": {"nonce-used-twice [JSON, GET]"},
		"nonce-used-twice[post]":       {"nonce-used-twice [JSON, POST]", "nonce-used-twice [XML, POST]"},
	} {
		dir := t.TempDir()
		code, out, errs := conform(t, dir, "run", "--config", config, "--case", word)
		runs := runsOf(t, filepath.Join(dir, caseDir))
		got := idsOf(runs[0])
		slices.Sort(got)
		if code != exitKept || !slices.Equal(got, want) {
			t.Errorf("--case %q: exit %d, %q, want %q\n%s%s", word, code, got, want, out, errs)
		}
	}
	code, out, _ := conform(t, t.TempDir(), "run", "--config", config, "--plan", "--case", "nonce-used-twice[XML,GET]", "--case", "action-unknown[XML,GET]")
	if code != exitKept || !strings.Contains(out, "3 requests in 2 cases;") {
		t.Errorf("--plan: exit %d\n%s", code, out)
	}
}

func TestCasesThatThereAreNot(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"misspelt":         {[]string{"--case", "nonce-used-twise"}, `--case "nonce-used-twise": no case is called that; did you mean nonce-used-twice`},
		"one of two":       {[]string{"--case", "nonce-used-twice", "--case", "xyzzy-plugh"}, `--case "xyzzy-plugh": no case is called that; conform list cases shows them`},
		"another variant":  {[]string{"--case", "nonce-used-twice[XML,PUT]"}, "it has [JSON, GET], [JSON, POST], [XML, GET], [XML, POST]"},
		"half a bracket":   {[]string{"--case", "nonce-used-twice[XML"}, "want NAME or 'NAME[XML,GET]'"},
		"of another style": {[]string{"--case", "acs3-digest-of-another-body"}, "conform explain"},
		"not so labelled":  {[]string{"--case", "nonce-used-twice", "--label-filter", "TIME-3"}, "none of the cases asked for"},
		"and the last":     {[]string{"--case", "nonce-used-twice", "--last-failed"}, "leave one of them out"},
		"no report":        {[]string{"--last-failed"}, "conform-report/report.json"},
	} {
		if name == "of another style" {
			c.args[1] = onlyIn(t, schemas.ROA)
		}
		dir := t.TempDir()
		code, out, errs := conform(t, dir, slices.Concat([]string{"run", "--profile", "ecs"}, c.args)...)
		if code != exitUsage || out != "" || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, c.want) {
			t.Errorf("%s: exit %d, want one line with %s\n%s%s", name, code, c.want, out, errs)
		}
		if _, err := os.Stat(filepath.Join(dir, "conform-report")); err == nil {
			t.Errorf("%s: a report folder was made", name)
		}
	}
}

func TestLastFailed(t *testing.T) {
	_, good := served(t, "ecs", nil)
	_, bad := served(t, "ecs", nil, reference.With(mutantNamed(t, "nonces-not-kept")))
	dir := t.TempDir()
	const filter = "nonce-used-twice || action-unknown"
	both := []string{"run", "--config", good, "--config", bad}
	if code, out, errs := conform(t, dir, append(both, "--label-filter", filter)...); code != exitBroken {
		t.Fatalf("exit %d\n%s%s", code, out, errs)
	}
	whole := artefacts(t, dir, "", "")
	for range 2 { // the report of the whole run stays, and is read again
		code, out, errs := conform(t, dir, append(both, "--last-failed")...)
		runs := runsOf(t, filepath.Join(dir, reportDir, againDir))
		if code != exitBroken || len(runs) != 1 || len(runs[0].Cases) != 4 || runs[0].Cases[0].Name != "nonce-used-twice" || runs[0].Target.URL != urlsOf(t, []string{bad})[0] {
			t.Fatalf("exit %d, %d runs\n%s%s", code, len(runs), out, errs)
		}
	}
	if err := os.RemoveAll(filepath.Join(dir, reportDir, againDir)); err != nil {
		t.Fatal(err)
	}
	if after := artefacts(t, dir, "", ""); !maps.Equal(after, whole) {
		t.Errorf("the report of the whole run is not what it was")
	}
	code, out, errs := conform(t, dir, "run", "--profile", "kms", "--last-failed")
	if code != exitUsage || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, "not planned here") {
		t.Errorf("by another profile: exit %d\n%s%s", code, out, errs)
	}
	_, fixed := served(t, "ecs", nil)
	if code, out, errs = conform(t, dir, "run", "--config", bad, "--config", good, "--target", urlsOf(t, []string{fixed})[0], "--last-failed"); code != exitKept {
		t.Errorf("fixed: exit %d\n%s%s", code, out, errs)
	}
	if code, out, errs = conform(t, dir, "run", "--config", good, "--label-filter", filter); code != exitKept {
		t.Fatalf("without a failure: exit %d\n%s%s", code, out, errs)
	}
	code, out, errs = conform(t, dir, "run", "--config", bad, "--last-failed")
	if code != exitUntested || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, "no case failed in conform-report/report.json") {
		t.Errorf("nothing failed: exit %d\n%s%s", code, out, errs)
	}
}

// onlyIn names a case that only one style has.
func onlyIn(t *testing.T, style schemas.Style) string {
	t.Helper()
	for _, chapter := range suites.Book() {
		for _, c := range chapter.Cases {
			if slices.Equal(c.Styles, []schemas.Style{style}) {
				return c.Name.Text
			}
		}
	}
	t.Fatalf("no case is for %s alone", style)
	return ""
}

func mutantNamed(t *testing.T, name string) reference.Variant {
	t.Helper()
	for _, v := range mutants.All() {
		if v.Name == name {
			return v
		}
	}
	t.Fatalf("no mutant is called %s", name)
	return reference.Variant{}
}
