package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/oddities"
	"github.com/acsconform/acsconform/schemas"
)

// saved runs too few cases for their latency to be compared, and returns the folder of the report.
func saved(t *testing.T, config string) string {
	t.Helper()
	dir := t.TempDir()
	if code, out, errs := conform(t, dir, "run", "--config", config, "--label-filter", "(/^NONCE/ || sound-request)"+few); code > exitBroken {
		t.Fatalf("exit %d\n%s%s", code, out, errs)
	}
	return filepath.Join(dir, "conform-report")
}

func oddity(t *testing.T, name string) reference.Option {
	t.Helper()
	all := oddities.All()
	i := slices.IndexFunc(all, func(v reference.Variant) bool { return v.Name == name })
	if i < 0 {
		t.Fatalf("no oddity is called %s", name)
	}
	return reference.With(all[i])
}

func TestDiffOnTheCommandLine(t *testing.T) {
	_, right := served(t, "ecs", nil)
	_, wrong := served(t, "ecs", nil, reference.With(mutant(t, "NONCE-1")))
	_, odd := served(t, "ecs", nil, oddity(t, "request-ids-in-lower-case"))
	_, other := served(t, "ess", nil)
	_, dead := served(t, "ecs", func(target *schemas.Target) { target.URL = closed })
	base, same, worse, drifted := saved(t, right), saved(t, right), saved(t, wrong), saved(t, odd)
	nothing := filepath.Join(t.TempDir(), "report.json")
	text, err := json.Marshal(reportOf(nil))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(nothing, text, 0o600); err != nil {
		t.Fatal(err)
	}
	live := []string{"--label-filter", "NONCE-1" + few}
	for name, c := range map[string]struct {
		args []string
		code int
		out  string // what standard output holds
		says string // what standard error holds
	}{
		"same":                {[]string{base, same}, exitKept, "\nsame  ·  ", ""},
		"regressed":           {[]string{base, filepath.Join(worse, "report.json")}, exitBroken, "× NONCE-1 MUST regressed on ", ""},
		"fixed":               {[]string{worse, base}, exitKept, "✓ NONCE-1 fixed on ", ""},
		"drifted":             {[]string{base, drifted}, exitKept, "upper-case UUID → lower-case UUID", ""},
		"drifted, strictly":   {[]string{"--strict", base, drifted}, exitBroken, "\ndrifted  ·  ", "--strict"},
		"json":                {[]string{"--format", "json", base, worse}, exitBroken, `"verdict": "regressed"`, ""},
		"markdown":            {[]string{"--format", "markdown", base, worse}, exitBroken, "# conform diff: regressed", ""},
		"html":                {[]string{"--format", "html", base, worse}, exitBroken, "<!DOCTYPE html>", ""},
		"all gone":            {[]string{base, nothing}, exitBroken, "ecs/rpc was not tested", ""},
		"nothing to compare":  {[]string{nothing, base}, exitUntested, " new", "nothing to compare"},
		"unknown format":      {[]string{"--format", "pdf", base, base}, exitUsage, "", "pdf"},
		"not there":           {[]string{base, "none.json"}, exitUsage, "", "none.json: cannot be read"},
		"no report":           {[]string{base, writeAs(t, "x.json", "{}")}, exitUsage, "", "missing key"},
		"one missing":         {[]string{base}, exitUsage, "", "new"},
		"report and target":   {[]string{base, right}, exitUsage, "", "two reports or two target files"},
		"flags of the others": {[]string{"--label-filter", "a", base, same}, exitUsage, "", "as they are"},
		"live, same":          {append(live, right, right), exitKept, "\nsame  ·  ", ""},
		"live, regressed":     {append(live, right, wrong), exitBroken, "× NONCE-1 MUST regressed on ", ""},
		"live, drifted":       {append(live, right, odd), exitKept, "upper-case UUID → lower-case UUID", ""},
		"live, other profile": {[]string{right, other}, exitUsage, "", "one profile and style"},
		"live, dead":          {append(live, right, dead), exitUntested, "", dead + ": "},
		"live, no such label": {[]string{"--label-filter", "nothing", right, right}, exitUsage, "", "nothing"},
	} {
		t.Run(name, func(t *testing.T) {
			code, out, errs := conform(t, t.TempDir(), append([]string{"diff"}, c.args...)...)
			if code != c.code || !strings.Contains(out, c.out) || !strings.Contains(errs, c.says) || c.says == "" && errs != "" || strings.Count(errs, "\n") > 1 {
				t.Errorf("exit %d, want %d, with %q and %q\n%s%s", code, c.code, c.out, c.says, out, errs)
			}
		})
	}
}

func writeAs(t *testing.T, name, text string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
