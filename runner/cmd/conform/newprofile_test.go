package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

// serving starts conform serve in a folder, and has it write target.yaml there.
func serving(t *testing.T, dir, profile string, more ...string) {
	t.Helper()
	serveStarted(t, dir, append([]string{"--profile", profile, "--target-out", "target.yaml"}, more...)...)
}

// expect runs the command and holds its exit code and what it printed.
func expect(t *testing.T, dir string, code int, says string, args ...string) {
	t.Helper()
	got, out, errs := conform(t, dir, args...)
	if got != code || !regexp.MustCompile(says).MatchString(out+errs) {
		t.Errorf("conform %s: exit %d, want %d and %s\n%s%s", strings.Join(args, " "), got, code, says, out, errs)
	}
}

// starts are the ways to begin a profile.
func starts() map[string][]string {
	all := map[string][]string{"alone": nil}
	for _, name := range fixtures.Names() {
		all["extends-"+name] = []string{"--from", name}
		all["copies-"+name] = []string{"--from", name, "--full"}
	}
	return all
}

// What new-profile writes loads, and is the profile that it began from but for its name.
func TestNewProfilesAreWhatTheyBeganFrom(t *testing.T) {
	for name, flags := range starts() {
		if name == "alone" {
			continue
		}
		dir := t.TempDir()
		expect(t, dir, exitKept, "conform serve --profile ./my-service.yaml", append([]string{"new-profile", "my-service.yaml"}, flags...)...)
		expect(t, dir, exitKept, "my-service +", "list", "codes", "--profile", "./my-service.yaml")
		got, err := fixtures.LoadProfile(filepath.Join(dir, "my-service.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		of, err := fixtures.Profile(flags[1])
		if err != nil {
			t.Fatal(err)
		}
		want := *of
		want.Name, want.Title, want.Like, want.Clauses = "my-service", got.Title, of.Name, got.Clauses
		if got, want := fmt.Sprintf("%+v", *got), fmt.Sprintf("%+v", want); got != want {
			t.Errorf("%s: got  %s\nwant %s", name, got, want)
		}
		for _, c := range fixtures.Clauses() {
			if c.AppliesTo(got) != c.AppliesTo(of) {
				t.Errorf("%s: judged by %s is %v", name, c.ID, c.AppliesTo(got))
			}
		}
	}
}

// It is served, and the server is conformant by it. Of those that are a profile of the suite but for their names, two
// are served.
func TestNewProfilesAreServedAndConformant(t *testing.T) {
	for name, flags := range starts() {
		if !slices.Contains([]string{"alone", "extends-ecs", "copies-gateway"}, name) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			expect(t, dir, exitKept, "conform serve --profile ./my-service.yaml", append([]string{"new-profile", "my-service.yaml"}, flags...)...)
			expect(t, dir, exitKept, "my-service +", "list", "codes", "--profile", "./my-service.yaml")
			serving(t, dir, "./my-service.yaml")
			expect(t, dir, exitKept, `(?s)`+ofMost+`  my-service/.*\n +rows `, "run", "--config", "target.yaml", "--require-complete", "--strict", "--label-filter", most)
		})
	}
}

var keyExplained = regexp.MustCompile(`^# {1,3}(\w+): `)

// A start explains every key, and each of its examples is good without its #.
func TestNewProfilesExplainEveryKey(t *testing.T) {
	for name, flags := range starts() {
		dir := t.TempDir()
		if code, out, errs := conform(t, dir, append([]string{"new-profile", "my-service.yaml"}, flags...)...); code != exitKept {
			t.Fatalf("%s: %s%s", name, out, errs)
		}
		text, err := os.ReadFile(filepath.Join(dir, "my-service.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		if first, _, _ := strings.Cut(string(text), "\n"); first != "# yaml-language-server: $schema="+file.SchemaID(file.Profile) {
			t.Errorf("%s begins with %q", name, first)
		}
		var explained, lines []string
		for line := range strings.Lines(string(text)) {
			if m := keyExplained.FindStringSubmatch(line); m != nil {
				explained = append(explained, m[1])
			}
			if len(strings.TrimSpace(line)) > 130 && strings.HasPrefix(line, "# ") && !strings.HasPrefix(line, "#   ") {
				t.Errorf("%s: a long line of comment: %s", name, line)
			}
			if !strings.HasPrefix(line, "# ") {
				lines = append(lines, strings.TrimPrefix(line, "#"))
			}
		}
		for _, key := range file.Describe(file.Profile).Keys {
			if !slices.Contains(explained, key) && (strings.HasPrefix(name, "extends") || key != "extends" && key != "drops") {
				t.Errorf("%s does not explain %s", name, key)
			}
		}
		for _, path := range [][]string{{"envelope"}, {"request"}, {"codes", "0"}} {
			for _, key := range file.Describe(file.Profile, path...).Keys {
				if !slices.Contains(explained, key) {
					t.Errorf("%s does not explain %s of %s", name, key, path[0])
				}
			}
		}
		// The examples of a line and its continuation begin with "#" and no blank, but for list items and members.
		whole := filepath.Join(dir, "whole.yaml")
		if err := os.WriteFile(whole, []byte(uncommented(string(text))), 0o600); err != nil {
			t.Fatal(err)
		}
		p, err := fixtures.LoadProfile(whole)
		if err != nil {
			t.Errorf("%s without the # of its examples: %v", name, err)
		} else if strings.HasPrefix(name, "extends") && !slices.ContainsFunc(p.Codes, func(r schemas.Row) bool { return r.Code == "NoSuchThing" }) {
			t.Errorf("%s: the example of a row was not read", name)
		}
	}
}

// uncommented takes the # off the examples.
func uncommented(text string) string {
	return regexp.MustCompile(`(?m)^#(\w+:|  - |  [\w-]+: )`).ReplaceAllString(text, "$1")
}

func TestNewProfileRefuses(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "there.yaml"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	expect(t, dir, exitUsage, `^conform: there\.yaml is there already; `, "new-profile", "there.yaml")
	if text, err := os.ReadFile(filepath.Join(dir, "there.yaml")); err != nil || string(text) != "mine" {
		t.Errorf("the file that was there holds %q (%v)", text, err)
	}
	expect(t, dir, exitUsage, `^conform: ess\.yaml: ess is a profile of the suite; .*my-ess\.yaml\n$`, "new-profile", "ess.yaml")
	expect(t, dir, exitUsage, `^conform: service: a profile is a YAML file; `, "new-profile", "service")
	expect(t, dir, exitUsage, `^conform: 中\.yaml: .* no letter`, "new-profile", "中.yaml")
	expect(t, dir, exitUsage, `^conform: profile "oss" is none of gateway, `, "new-profile", "a.yaml", "--from", "oss")
	expect(t, dir, exitUsage, `^conform: --full copies a profile, so --from has to say which: `, "new-profile", "a.yaml", "--full")
	expect(t, dir, exitUsage, `^conform: none/a\.yaml cannot be written: no such file or directory\n$`, "new-profile", "none/a.yaml")
	expect(t, dir, exitUsage, `wants a word: File to write, `, "new-profile")
}

// A profile may begin from another file of one's own, named from the folder of the new file.
func TestNewProfileFromAFileOfOnesOwn(t *testing.T) {
	dir := t.TempDir()
	expect(t, dir, exitKept, "", "new-profile", "house.yaml", "--from", "ecs")
	if err := os.MkdirAll(filepath.Join(dir, "services"), 0o755); err != nil {
		t.Fatal(err)
	}
	expect(t, dir, exitKept, "", "new-profile", "services/shop.yaml", "--from", "house.yaml")
	text, err := os.ReadFile(filepath.Join(dir, "services", "shop.yaml"))
	if err != nil || !strings.Contains(string(text), "\nextends: ../house.yaml\n") {
		t.Errorf("got %s (%v)", text, err)
	}
	expect(t, dir, exitKept, "\nshop +", "list", "codes", "--profile", "services/shop.yaml")
}

func TestSchemasArePrinted(t *testing.T) {
	for _, kind := range []file.Kind{file.Profile, file.Target, file.Known, file.Map, file.Report, file.Exchange, file.Diff} {
		if code, out, errs := conform(t, t.TempDir(), "schema", string(kind)); code != exitKept || out != string(file.Schema(kind)) {
			t.Errorf("%s: exit %d, %d bytes %s", kind, code, len(out), errs)
		}
	}
	expect(t, t.TempDir(), exitUsage, "^conform: .*song", "schema", "song")
}
