package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/reference"
)

// Two addresses behind one name, one of them with a mutant: the report names the address, and what is different there.
func TestEachAddressIsTested(t *testing.T) {
	_, good := served(t, "ecs", nil)
	_, bad := served(t, "ecs", nil, reference.With(mutant(t, "NONCE-1")))
	var at []string
	for _, url := range urlsOf(t, []string{good, bad}) {
		at = append(at, strings.TrimSuffix(strings.TrimPrefix(url, "http://"), "/"))
	}
	dir := t.TempDir()
	args := []string{"run", "--config", good, "--target", "http://one.example.test/", "--label-filter", aboutNonces}
	code, out, errs := conform(t, dir, append(args, "--resolve", at[0], "--resolve", at[1])...)
	runs := runsOf(t, filepath.Join(dir, "conform-report"))
	if code != exitBroken || len(runs) != 2 || runs[0].Verdict == runs[1].Verdict || runs[0].Target.Address != at[0] || runs[1].Target.Address != at[1] {
		t.Fatalf("exit %d, %d runs\n%s%s", code, len(runs), out, errs)
	}
	if len(runs[0].Notes) != 0 || len(runs[1].Notes) != 1 || !strings.HasPrefix(runs[1].Notes[0], "different from "+at[0]+": ") || !strings.Contains(runs[1].Notes[0], "broken here alone (NONCE-1") {
		t.Errorf("noted %q and %q", runs[0].Notes, runs[1].Notes)
	}
	if !strings.Contains(out, "http://one.example.test/ at "+at[1]) || !strings.Contains(runs[1].Command, "--resolve "+at[1]) {
		t.Errorf("the address is not named in\n%s%s", out, runs[1].Command)
	}
	code, _, errs = conform(t, dir, append(args, "--resolve", at[0], "--resolve", strings.Replace(at[0], "127.0.0.1", "::ffff:127.0.0.1", 1))...)
	if code != exitUsage {
		t.Errorf("an address without brackets: exit %d\n%s", code, errs)
	}
}

func TestResolveRefuses(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--resolve", "10.0.0.1"}, "add --target or --config"},
		{[]string{"--target", closed, "--resolve", "one.example.test"}, "want an IP address"},
		{[]string{"--target", closed, "--resolve", "10.0.0.1:0"}, "want a port"},
		{[]string{"--target", closed, "--resolve", "::1", "--resolve", "[::1]"}, "::1 is there twice"},
	} {
		if code, _, errs := conform(t, t.TempDir(), append([]string{"run"}, c.args...)...); code != exitUsage || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, c.want) {
			t.Errorf("%q: exit %d, %s", c.args, code, errs)
		}
	}
}
