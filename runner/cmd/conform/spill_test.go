package main

import (
	"io/fs"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/internal/leaktest"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
)

// artefacts are the texts of everything that a command left behind, by name.
func artefacts(t *testing.T, dir, out, errs string) map[string]string {
	t.Helper()
	all := map[string]string{"standard output": out, "standard error": errs}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		all[filepath.Base(path)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// spilt names the artefacts that hold a secret of the target, and how.
func spilt(all map[string]string, target *schemas.Target) (places []string) {
	for name, text := range all {
		for _, key := range target.Credentials {
			for _, secret := range []string{key.AccessKeySecret, key.SecurityToken} {
				if secret == "" {
					continue
				}
				for _, way := range leaktest.Find(text, secret) {
					places = append(places, name+" ("+way+")")
				}
			}
		}
	}
	return places
}

// Every artefact of a run is searched for every secret used in it: with a server that answers what is right, and with one
// that reports all it knows. Runs send half of the variants, unless ACSCONFORM_WHOLE is set, as in make selftest.
func TestNoArtefactHoldsASecret(t *testing.T) {
	run := []string{"run", "--label-filter", most + halved}
	if os.Getenv("ACSCONFORM_WHOLE") != "" {
		run = run[:1]
	}
	gossipKey := schemas.Credential{AccessKeyID: "gossip", AccessKeySecret: "s3cr/et+of=go&ssip<>", SecurityToken: "CAISt0k/en+of=go&ssip<>"}
	gossip := httptest.NewServer(leaktest.LeakyServer(gossipKey))
	t.Cleanup(gossip.Close)
	for name, c := range map[string]struct {
		edit func(*schemas.Target)
		args []string
	}{
		"the right server": {small, run},
		"in style acs3":    {func(target *schemas.Target) { small(target); target.Style = schemas.ACS3 }, run},
		"one that gossips": {func(target *schemas.Target) {
			small(target)
			target.URL = gossip.URL
			target.Credentials = map[string]schemas.Credential{schemas.DefaultKey: gossipKey, reference.RestrictedKey: gossipKey}
		}, run},
		"only a plan":      {func(*schemas.Target) {}, []string{"run", "--plan"}},
		"two live targets": {func(*schemas.Target) {}, []string{"diff", "--format", "json", "--label-filter", "NONCE-1" + few}},
		"two that gossip": {func(target *schemas.Target) {
			target.URL = gossip.URL
			target.Credentials = map[string]schemas.Credential{schemas.DefaultKey: gossipKey, reference.RestrictedKey: gossipKey}
		}, []string{"diff", "--label-filter", "(NONCE-1 || SUCCESS-4)" + few}},
		"a list of mutants": {func(*schemas.Target) {}, []string{"list", "mutants", "--json"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var target *schemas.Target
			_, config := served(t, "ecs", func(t *schemas.Target) { c.edit(t); target = t })
			args := slices.Clone(c.args)
			switch args[0] {
			case "diff":
				args = append(args, config, config)
			case "run":
				args = append(args, "--config", config)
			}
			dir := t.TempDir()
			code, out, errs := conform(t, dir, args...)
			if code == exitUsage {
				t.Fatalf("exit %d\n%s%s", code, out, errs)
			}
			all := artefacts(t, dir, out, errs)
			if args[0] == "run" && args[1] != "--plan" {
				for _, file := range []string{report.JSONFile, report.JUnitFile, report.TranscriptFile, "report.html", "summary.md"} {
					if len(all[file]) < 200 {
						t.Errorf("%s is hardly there: %q", file, all[file])
					}
				}
				if judged := strings.Count(all[report.TranscriptFile], "\n"); judged < 100 {
					t.Errorf("%d exchanges: %.300s%s", judged, out, errs)
				}
			}
			for _, place := range spilt(all, target) {
				t.Errorf("a secret is in %s", place)
			}
			key := target.Credentials[schemas.DefaultKey]
			one := &schemas.Target{Credentials: map[string]schemas.Credential{schemas.DefaultKey: {AccessKeySecret: key.AccessKeySecret}}}
			for name, text := range all { // seen red: a secret planted in any of them is found
				planted := map[string]string{name: text[max(0, len(text)-1<<16):] + key.AccessKeySecret}
				if len(spilt(planted, one)) == 0 {
					t.Errorf("a secret planted in %s is not found", name)
				}
			}
		})
	}
}

// A mutant that tells what it knows is caught, and what it told is not passed on. The cases of its clause and some others are
// sent; with ACSCONFORM_WHOLE set, as in make selftest, the whole book.
func TestWhatAServerDisclosesIsNotPassedOn(t *testing.T) {
	tried := 0
	for _, v := range mutants.All() {
		if !strings.Contains(v.Description, "secret") && !strings.Contains(v.Description, "Secret") {
			continue
		}
		tried++
		var target *schemas.Target
		_, config := served(t, "ecs", func(t *schemas.Target) { small(t); target = t }, reference.With(v))
		dir := t.TempDir()
		args := []string{"run", "--config", config}
		if os.Getenv("ACSCONFORM_WHOLE") == "" {
			args = append(args, "--label-filter", v.Clause+" || PARAM-1 || SIGN-1 || SUCCESS-4")
		}
		_, out, errs := conform(t, dir, args...)
		if !strings.Contains(out, " "+v.Clause+" ") {
			t.Errorf("%s is not caught by %s\n%s%s", v.Name, v.Clause, out, errs)
		}
		for _, place := range spilt(artefacts(t, dir, out, errs), target) {
			t.Errorf("%s: a secret is in %s", v.Name, place)
		}
	}
	if tried == 0 {
		t.Error("no mutant tells a secret")
	}
}
