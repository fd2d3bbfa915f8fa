package main

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/lint"
	"github.com/acsconform/acsconform/runner/lint/sample"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
)

// access writes an access log and its map.
func access(t *testing.T, k sample.Kind, n int) (log, mapping string) {
	t.Helper()
	dir := t.TempDir()
	log, mapping = filepath.Join(dir, "access.jsonl"), filepath.Join(dir, "map.yaml")
	f, err := os.Create(log)
	if err != nil {
		t.Fatal(err)
	}
	if err := sample.New(k).WriteLog(f, n); err != nil || f.Close() != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(mapping, []byte(sample.MapFile), 0o600); err != nil {
		t.Fatal(err)
	}
	return log, mapping
}

func TestLintExits(t *testing.T) {
	good, mapping := access(t, sample.Kind{Seed: 1, XML: 0.5}, 500)
	bad, _ := access(t, sample.Kind{Seed: 1, XML: 0.5, Bad: 0.5}, 500)
	empty := write(t, "")
	warned := write(t, `{"s":200,"t":"application/vnd.x+json","b":"{\"RequestId\":\"4C467B38-3910-447D-87BC-AC049166F216\"}"}`+"\n")
	fields := write(t, "status: s\nbody: b\ncontent_type: t\n")
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"--map " + mapping + " " + good, exitKept, "nothing broken"},
		{"--map " + mapping + " --profile ecs " + bad, exitBroken, "ERROR-1"},
		{"--map " + mapping + " --profile ecs -o markdown " + bad, exitBroken, "| Clause | Level |"},
		{"--profile ecs --map " + fields + " " + warned, exitKept, "CLIENT-1"},
		{"--profile ecs --map " + fields + " --strict " + warned, exitBroken, "--strict"},
		{"--map " + fields + " " + warned, exitKept, "profile pop is taken, which is observed and not published"},
		{"--profile nobody " + good, exitUsage, "nobody"},
		{"--map " + empty + " " + good, exitUsage, ":1:1: the file is empty"},
		{"--memory much " + good, exitUsage, "256MiB"},
		{"/no/such/file", exitUsage, "no such file"},
		{t.TempDir(), exitUsage, "is a folder"},
		{"", exitUsage, "file"},
		{"--profile ecs " + empty, exitUntested, "nothing was judged"},
		{"--profile ecs " + good, exitUntested, "say --map"},
	} {
		code, out, errs := conform(t, t.TempDir(), append([]string{"lint"}, strings.Fields(c.args)...)...)
		if code != c.code || !strings.Contains(out+errs, c.says) {
			t.Errorf("conform lint %s: exit %d, want %d with %q\n%s%s", c.args, code, c.code, c.says, out, errs)
		}
	}
}

func TestLintOfStandardInputInJSON(t *testing.T) {
	cmd := process(t.TempDir(), "lint", "--profile", "ecs", "-o", "json", "-")
	cmd.Stdin = strings.NewReader(`{"request":{},"response":{"status":200,"header":[{"name":"Content-Type","value":"application/json"}],"body":"{\"RequestId\":\"x\"}"}}`)
	out, _ := cmd.Output()
	var r lint.Result
	if err := json.Unmarshal(out, &r); err != nil || cmd.ProcessState.ExitCode() != exitBroken {
		t.Fatalf("exit %d, %v: %s", cmd.ProcessState.ExitCode(), err, out)
	}
	if len(r.Findings) != 1 || r.Findings[0].Clause != "REQUESTID-1" || r.Findings[0].Examples[0].File != "stdin" || r.Schema != lint.Schema {
		t.Errorf("%s", out)
	}
}

func TestLintOfATranscript(t *testing.T) {
	mutant := mutants.All()[slices.IndexFunc(mutants.All(), func(m reference.Variant) bool { return m.Clause == "ERROR-1" && m.MakesSense("gateway", "rpc") })]
	_, config := served(t, "gateway", nil, reference.With(mutant))
	dir := t.TempDir()
	if code, out, errs := conform(t, dir, "run", "--config", config, "--label-filter", inPart("PARAM-1 || KEY-1 || SIGN-1")); code != exitBroken {
		t.Fatalf("run: exit %d\n%s%s", code, out, errs)
	}
	code, out, errs := conform(t, dir, "lint", "conform-report/transcript.jsonl")
	if code != exitBroken || !strings.Contains(out, mutant.Clause) || !strings.Contains(out, "as its run was") {
		t.Errorf("lint: exit %d\n%s%s", code, out, errs)
	}
}

// A file that is named twice is read once, whatever its path is, and one line says so. A copy is another file.
func TestLintReadsAFileOnce(t *testing.T) {
	log, mapping := access(t, sample.Kind{Seed: 3}, 200)
	dir := t.TempDir()
	link, hard, copied := filepath.Join(dir, "link"), filepath.Join(dir, "hard"), filepath.Join(dir, "copy")
	text, err := os.ReadFile(log)
	if err := errors.Join(err, os.Symlink(log, link), os.Link(log, hard), os.WriteFile(copied, text, 0o600)); err != nil {
		t.Fatal(err)
	}
	other := filepath.Dir(log) + "/./" + filepath.Base(log)
	for _, c := range []struct {
		files []string
		says  string
		code  int
	}{
		{[]string{log}, "", exitKept},
		{[]string{log, log}, log + " (" + log + ")", exitKept},
		{[]string{log, other}, other + " (" + log + ")", exitKept},
		{[]string{log, link, hard, log}, link + " (" + log + "), 2 more", exitKept},
		{[]string{link, log}, log + " (" + link + ")", exitKept},
		{[]string{"-", log}, log + " (-)", exitKept},
		{[]string{log, "-", "-"}, "- (" + log + "), 1 more", exitKept},
		{[]string{log, copied}, "", exitBroken},
	} {
		cmd := process(t.TempDir(), append([]string{"lint", "--profile", "ecs", "--map", mapping, "-o", "json"}, c.files...)...)
		in, err := os.Open(log)
		if err != nil {
			t.Fatal(err)
		}
		var errs strings.Builder
		cmd.Stdin, cmd.Stderr = in, &errs
		out, _ := cmd.Output()
		_ = in.Close()
		var r lint.Result
		if err := json.Unmarshal(out, &r); err != nil {
			t.Fatalf("%v: %s%s", err, out, errs.String())
		}
		said := strings.Contains(errs.String(), "read once, though it was named before: "+c.says)
		if code := cmd.ProcessState.ExitCode(); code != c.code || said != (c.says != "") || strings.Count(errs.String(), "read once") > 1 || c.code == exitKept && (r.Records != 200 || len(r.Inputs) != 1) {
			t.Errorf("%q: exit %d, %d records of %q, %s", c.files, code, r.Records, r.Inputs, errs.String())
		}
	}
}
