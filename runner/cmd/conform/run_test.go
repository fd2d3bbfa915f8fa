package main

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

func reportOf(runs []schemas.Run) *schemas.Report {
	return report.Assemble(schemas.Suite{}, time.Time{}, runs)
}

// read reads the files of a report directory, and holds report.json against its schema.
func read(t *testing.T, dir string) (json, junit, transcript string) {
	t.Helper()
	var texts []string
	for _, name := range []string{report.JSONFile, report.JUnitFile, report.TranscriptFile} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	if err := file.CheckJSON(file.Report, []byte(texts[0])); err != nil {
		t.Error(err)
	}
	var any struct{}
	if err := xml.Unmarshal([]byte(texts[1]), &any); err != nil {
		t.Error(err)
	}
	return texts[0], texts[1], texts[2]
}

func TestReportsOfARun(t *testing.T) {
	dir := t.TempDir()
	var secrets []string
	_, config := served(t, "gateway", func(target *schemas.Target) {
		for _, c := range target.Credentials {
			secrets = append(secrets, c.AccessKeySecret)
		}
	})
	code, out, errs := conform(t, dir, "run", "--config", config, "--label-filter", "!hostile && !throttled"+few, "--report-dir", "deep/down")
	if code != exitKept {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	json, junit, transcript := read(t, filepath.Join(dir, "deep", "down"))
	if !strings.Contains(json, `"verdict":"conformant"`) || !strings.Contains(junit, `name="gateway/rpc SUCCESS-4"`) || strings.Count(transcript, "\n") < 100 {
		t.Errorf("verdict, JUnit suite or transcript is missing")
	}
	for _, secret := range secrets {
		if secret != "" && strings.Contains(out+errs+json+junit+transcript, secret) {
			t.Errorf("the secret %.3s… is in the output", secret)
		}
	}
}

func TestDeadTargetIsReportedToo(t *testing.T) {
	dir := t.TempDir()
	_, out, _ := conform(t, dir, "run", "--target", closed, "--profile", "kms")
	if out != "" {
		t.Errorf("standard output holds %q, want nothing", out)
	}
	json, junit, _ := read(t, filepath.Join(dir, "conform-report"))
	if !strings.Contains(json, `"verdict":"inconclusive"`) || !strings.Contains(junit, "<error") {
		t.Errorf("a dead target is not told by\n%s\n%s", json, junit)
	}
}

func TestInterruptKeepsWhatThereIs(t *testing.T) {
	dir := t.TempDir()
	_, config := served(t, "ess", nil, reference.Delay(100*time.Millisecond))
	cmd := process(dir, "run", "--config", config, "--concurrency", "4")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	drafts := filepath.Join(dir, "conform-report", "."+report.TranscriptFile+"-*")
	for { // until something was answered
		if list, err := filepath.Glob(drafts); err == nil && len(list) == 1 {
			if info, err := os.Stat(list[0]); err == nil && info.Size() > 0 {
				break
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != exitUntested {
		t.Errorf("exit %d, want %d", code, exitUntested)
	}
	if json, _, _ := read(t, filepath.Join(dir, "conform-report")); !strings.Contains(json, `"verdict":"inconclusive"`) {
		t.Errorf("an interrupted run says\n%.400s", json)
	}
}

func TestProfileIsGuessed(t *testing.T) {
	url, _ := served(t, "ecs", nil)
	code, out, errs := conform(t, t.TempDir(), "run", "--target", url, "--label-filter", "PARAM-1")
	if code != exitKept || !strings.Contains(errs, "profile ecs was guessed") || !strings.Contains(out, "note") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
}
