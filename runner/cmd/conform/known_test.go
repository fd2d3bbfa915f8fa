package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
)

// The life of a known failure on the command line: written down, explained, let pass, expired, fixed.
func TestLifeOfAKnownFailure(t *testing.T) {
	_, broken := served(t, "ecs", nil, reference.With(mutant(t, "NONCE-1")))
	_, sound := served(t, "ecs", nil)
	dir := t.TempDir()
	list := filepath.Join(dir, "known.yaml")
	run := func(config string, args ...string) (int, string, string) {
		return conform(t, dir, append([]string{"run", "--config", config, "--label-filter", "/^NONCE/" + few}, args...)...)
	}
	expect := func(step string, want int, says string, code int, out, errs string) {
		t.Helper()
		if code != want || !strings.Contains(errs, says) || says == "" && errs != "" {
			t.Errorf("%s: exit %d, want %d, and %q said\n%s%s", step, code, want, says, out, errs)
		}
	}
	edit := func(old, with string) {
		t.Helper()
		text, err := os.ReadFile(list)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(list, []byte(strings.ReplaceAll(string(text), old, with)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	code, out, errs := run(sound, "--write-known", "none.yaml")
	expect("nothing to write", exitKept, "nothing fails, so none.yaml was not written", code, out, errs)
	code, out, errs = run(broken, "--write-known", list)
	expect("written", exitBroken, "give each its reason and owner", code, out, errs)
	code, out, errs = run(broken, "--write-known", list)
	expect("never overwritten", exitUsage, "is there already", code, out, errs)
	code, out, errs = run(broken, "--known", list)
	expect("let pass, unexplained", exitKept, "say why it fails and who fixes it", code, out, errs)
	edit("to be explained", "gateway 4.2")
	edit("nobody yet", "wang")
	code, out, errs = run(broken, "--known", list)
	expect("let pass", exitKept, "", code, out, errs)
	json, junit, _ := read(t, filepath.Join(dir, "conform-report"))
	for _, want := range []string{`"outcome":"known"`, `"state":"known"`, `"broken":0,`, "known failure: gateway 4.2 (wang, until "} {
		if !strings.Contains(json, want) {
			t.Errorf("report.json lacks %s", want)
		}
	}
	if !strings.Contains(junit, `<skipped message="known failure: gateway 4.2 (wang, until `) || !strings.Contains(junit, `failures="0"`) {
		t.Errorf("junit.xml does not tell the known failure as skipped")
	}
	code, out, errs = run(sound, "--known", list)
	expect("fixed", exitBroken, "no longer fails; remove it", code, out, errs)
	edit("clause: ", "clause: NONCE-77 # ")
	code, out, errs = run(broken, "--known", list)
	expect("no such clause", exitUsage, `no clause is called "NONCE-77"`, code, out, errs)
}

func TestKnownListsThatAreWrong(t *testing.T) {
	_, broken := served(t, "ecs", nil, reference.With(mutant(t, "NONCE-1")))
	_, sound := served(t, "ecs", func(target *schemas.Target) { target.Recipes = nil })
	entry := func(what, until string) string {
		return write(t, "known:\n- {"+what+", reason: gateway 4.2, owner: wang, until: "+until+"}\n")
	}
	for name, c := range map[string]struct {
		config, list string
		code         int
		says         string
	}{
		"fixed":           {sound, entry("case: nonce-used-twice", "2099-01-31"), exitBroken, "file.yaml:2: fixed: nonce-used-twice no longer fails; remove it"},
		"matches nothing": {sound, entry("case: nonce-used-twice, method: PUT", "2099-01-31"), exitBroken, "file.yaml:2: matches nothing: no case named nonce-used-twice [PUT] is planned here; correct it or remove it"},
		"expired":         {broken, entry("clause: NONCE-1", "2020-01-31"), exitBroken, "file.yaml:2: expired on 2020-01-31: NONCE-1 counts again (wang)"},
		"no such case":    {sound, entry("case: nonce-used-twise", "2099-01-31"), exitUsage, `:2:10: known[0].case: no case is called "nonce-used-twise" (did you mean nonce-used-twice?)`},
		"not there":       {sound, "none.yaml", exitUsage, "none.yaml: the list of known failures cannot be read"},
	} {
		t.Run(name, func(t *testing.T) {
			code, out, errs := conform(t, t.TempDir(), "run", "--config", c.config, "--label-filter", "/^NONCE/"+few, "--known", c.list)
			if code != c.code || !strings.Contains(errs, c.says) || strings.Count(errs, "\n") != 1 {
				t.Errorf("exit %d, want %d, and one line with %q\n%s%s", code, c.code, c.says, out, errs)
			}
		})
	}
	code, _, errs := conform(t, t.TempDir(), "run", "--config", sound, "--known", "a", "--write-known", "b")
	if code != exitUsage || !strings.Contains(errs, "leave one of them out") {
		t.Errorf("both flags: exit %d, %s", code, errs)
	}
}
