package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/internal/leaktest"
	"github.com/acsconform/acsconform/schemas"
)

// What passes the proxy is recorded, and served again by a mock that reaches nothing. No artefact of either holds a secret.
func TestWhatPassesTheProxyIsServedAgain(t *testing.T) {
	var target *schemas.Target
	upstream, config := served(t, "ecs", func(of *schemas.Target) { small(of); target = of })
	s := stand(t, upstream, "--profile", "ecs", "--record", "recorded.yaml", "--transcript", "t.jsonl")
	if code := runThrough(t, s, upstream, config); code == exitUsage {
		t.Fatalf("exit %d", code)
	}
	const password = "a-password-of-one-8"
	answer, err := http.Get(s.url + "/?Action=DescribeRegions&Version=2014-05-26&Password=" + password)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	_, out := s.end(t)
	all := artefacts(t, s.dir, out, s.errs.String())
	delete(all, "target.yaml") // it is what the secrets are read from
	if text := all["recorded.yaml"]; !strings.Contains(text, "operation: \"DescribeRegions\"") || !strings.Contains(text, "cn-hangzhou") {
		t.Errorf("recorded: %.500s\n%s", text, s.errs.String())
	}
	for _, place := range spilt(all, target) {
		t.Errorf("a secret is in %s", place)
	}
	for name, text := range all {
		if ways := leaktest.Find(text, password); len(ways) > 0 {
			t.Errorf("the password is in %s (%s)", name, ways)
		}
	}
	if !strings.Contains(s.errs.String(), "recorded.yaml: ") {
		t.Errorf("the proxy says %s", s.errs.String())
	}
	mock := serveStarted(t, s.dir, "--profile", "ecs", "--answers-from", "recorded.yaml")
	if second := mock.line(t); !strings.HasPrefix(second, "recorded.yaml: ") || !strings.Contains(second, "and no other; nothing is sent to any service") {
		t.Errorf("serve says %q and %q", mock.first, second)
	}
}

func TestServeRecords(t *testing.T) {
	dir := t.TempDir()
	s := serveStarted(t, dir, "--profile", "ecs", "--any-key", "--record", "recorded.yaml", "--target-out", "t.yaml")
	expect(t, dir, exitKept, "", "run", "--config", "t.yaml", "--case", "sound-request")
	_, _ = s.end(t)
	text, err := os.ReadFile(filepath.Join(dir, "recorded.yaml"))
	if err != nil || !strings.Contains(string(text), "DescribeRegions") || !strings.Contains(s.errs.String(), "recorded.yaml: ") {
		t.Errorf("%s (%v)\n%s", text, err, s.errs.String())
	}
	expect(t, dir, exitKept, "", "check", "recorded.yaml")
	expect(t, dir, exitUsage, `^conform: --record none/r\.yaml: there is no folder none\n$`, "serve", "--profile", "ecs", "--record", "none/r.yaml")
	expect(t, dir, exitUsage, `--answers-from`, "serve", "--profile", "ecs", "--answers", "a.yaml", "--answers-from", "recorded.yaml")
	expect(t, dir, exitUsage, `none\.yaml: the recorded answers cannot be read: .* \(want a file that --record wrote\)`, "serve", "--profile", "ecs", "--listen", "127.0.0.1:0", "--answers-from", "none.yaml")
}
