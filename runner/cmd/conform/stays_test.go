//go:build unix

package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/reference"
)

// A run that judged nothing leaves the report of a judged one, and the files of -o, as they were: one that was interrupted
// in its first case, and one of which every case is skipped.
func TestARunThatJudgedNothingReplacesNoReport(t *testing.T) {
	_, config := served(t, "ecs", nil)
	dir := t.TempDir()
	run := []string{"run", "--report-dir", "r", "-o", "json=out.json", "--case", "key-unknown[GET]"} // those that the hanging server never answers
	if code, out, errs := conform(t, dir, append(run, "--config", config)...); code != exitKept {
		t.Fatalf("exit %d\n%s%s", code, out, errs)
	}
	before := folder(t, filepath.Join(dir, "r"))
	result, err := os.ReadFile(filepath.Join(dir, "out.json"))
	if err != nil {
		t.Fatal(err)
	}
	stays := func(what string, code int, errs string) {
		t.Helper()
		if code != exitUntested || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, "; r stays as it was") {
			t.Errorf("%s: exit %d, said %q", what, code, errs)
		}
		same(t, before, folder(t, filepath.Join(dir, "r")))
		if now, err := os.ReadFile(filepath.Join(dir, "out.json")); err != nil || string(now) != string(result) {
			t.Errorf("%s: out.json changed, %v", what, err)
		}
	}
	url, hangs := hanging(t)
	cmd := process(dir, append(run, "--config", config, "--target", url)...)
	var errs strings.Builder
	cmd.Stderr = &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	<-hangs
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	stays("interrupted", cmd.ProcessState.ExitCode(), errs.String())

	bare := write(t, "profile: ecs\nrequest: {action: DescribeRegions, version: \"2014-05-26\"}\n"+
		"credentials: {default: {access_key_id: reference-default, access_key_secret: secret-of-reference-default}}\n")
	right, _ := served(t, "ecs", nil)
	skipped := []string{"run", "--report-dir", "r", "-o", "json=out.json", "--case", "key-disabled", "--config", bare, "--target", right}
	code, _, said := conform(t, dir, skipped...)
	stays("all skipped", code, said)

	skipped[2] = "other" // which holds no report yet
	code, out, said := conform(t, dir, append(skipped, "-o", "text")...)
	if code != exitUntested || !strings.Contains(said, "out.json stays as it was") || !strings.Contains(out, "skipped") {
		t.Errorf("into another folder: exit %d\n%s%s", code, out, said)
	}
	read(t, filepath.Join(dir, "other"))
}

// hanging is the reference server, which never answers requests by an unknown key; the first of them closes hangs.
func hanging(t *testing.T) (url string, hangs chan struct{}) {
	t.Helper()
	p, err := fixtures.Profile("ecs")
	if err != nil {
		t.Fatal(err)
	}
	right := reference.New(p)
	hangs = make(chan struct{})
	first := sync.OnceFunc(func() { close(hangs) })
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if id := r.URL.Query().Get("AccessKeyId"); r.Method == http.MethodGet && id != "" && id != "reference-default" {
			first()
			<-r.Context().Done()
			return
		}
		right.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL + "/", hangs
}
