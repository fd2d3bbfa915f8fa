package filecheck_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/filecheck"
	"github.com/acsconform/acsconform/schemas/file"
)

// put writes files into a folder of their own, and returns their paths in the order of the names.
func put(t *testing.T, files ...[2]string) []string {
	t.Helper()
	dir := t.TempDir()
	var paths []string
	for _, f := range files {
		path := filepath.Join(dir, f[0])
		if err := os.WriteFile(path, []byte(f[1]), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

func none(string) string { return "" }

const (
	target  = "url: \"${SERVICE}\"\nprofile: own.yaml\nrequest: {action: A, version: \"2014-05-26\"}\ncredentials: {default: {access_key_id: \"${ID}\", access_key_secret: \"${SECRET}\"}}\nrecipes: [{code: InvalidParameter, status: 400, action: B}]\n"
	profile = "name: own\ntitle: Our own\nextends: ecs\n"
	list    = "known:\n  - {case: row-invalid-parameter-400, profile: own, reason: r, owner: o, until: 2027-01-31}\n"
	fields  = "status: code\nbody: answer\nonly: [\"method=POST\"]\n"
)

func TestFilesWithoutFaults(t *testing.T) {
	files := filecheck.Check(put(t, [2]string{"known.yaml", list}, [2]string{"target.yaml", target}, [2]string{"own.yaml", profile}, [2]string{"map.yaml", fields}), "", none)
	for i, want := range []file.Kind{file.Known, file.Target, file.Profile, file.Map} {
		if files[i].Kind != want || files[i].Err != nil {
			t.Errorf("%s is of kind %s, want %s: %v", filepath.Base(files[i].Path), files[i].Kind, want, files[i].Err)
		}
	}
	if err := filecheck.Faults(files); err != nil {
		t.Error(err)
	}
}

// A list may name cases of recipes where nothing is known of them.
func TestListByItself(t *testing.T) {
	alone := strings.Replace(list, "profile: own, ", "", 1)
	if err := filecheck.Faults(filecheck.Check(put(t, [2]string{"known.yaml", alone}), "", none)); err != nil {
		t.Error(err)
	}
}

func TestFaultsHaveTheirPlace(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		as   file.Kind
		want string
	}{
		"key of a target":      {"url: http://a.test/\ncredentals: {}\n", "", `f\.yaml:2:1: .*credentials`},
		"value of a target":    {"url: a.test\n", "", `f\.yaml:1:6: url: .*http://`},
		"profile of a target":  {"url: http://a.test/\nprofile: esc\n", "", `f\.yaml:2:10: profile: no profile is called "esc"`},
		"row of a target":      {"url: http://a.test/\nprofile: ecs\nrecipes: [{code: NoSuchCode, action: A}]\n", "", `f\.yaml:3:18: recipes\[0\]\.code`},
		"broken":               {"url: http://a.test/\nstyle: [\n", "", `f\.yaml:\d+:\d+: `},
		"case of a list":       {"known: [{case: nonce-used-twise, reason: r, owner: o, until: 2027-01-31}]\n", "", `f\.yaml:1:16: .*did you mean nonce-used-twice`},
		"alone row of a list":  {"known: [{case: row-x, reason: r, owner: o, until: 2027-02-31}]\n", "", `f\.yaml:1:\d+: .*a day that exists`},
		"filter of a map":      {"status: a\nbody: b\nonly: [\"colour=red\"]\n", "", `f\.yaml:3:8: only\[0\]`},
		"profile":              {"name: own\ntitle: a\nextends: esc\n", "", `f\.yaml:3:10: extends: .*did you mean ecs`},
		"unknown kind":         {"a: 1\n", "", `f\.yaml:1:1: .*--kind`},
		"said to be of a kind": {"name: own\n", file.Map, `f\.yaml:\d+:\d+: `},
	} {
		err := filecheck.Faults(filecheck.Check(put(t, [2]string{"f.yaml", c.text}), c.as, none))
		if err == nil || !regexp.MustCompile(c.want).MatchString(err.Error()) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

func TestNoFile(t *testing.T) {
	for _, path := range []string{filepath.Join(t.TempDir(), "none.yaml"), "/dev/zero"} {
		if err := filecheck.Faults(filecheck.Check([]string{path}, "", none)); err == nil || !strings.Contains(err.Error(), "cannot be read") {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// Fleet files and files of answers are checked by their schemas, and answers against the operations of a profile beside them.
func TestFleetsAndAnswers(t *testing.T) {
	const scripted = "answers:\n  - operation: GetBook\n    replies: [{error: InvalidShelf.NotFound}]\n"
	for name, c := range map[string]struct{ text, want string }{
		"a.yaml": {scripted, ""},
		"b.yaml": {"answers:\n  - operation: A\n    replies: [{error: B, body: {}}]\n", "b.yaml:3:23: answers[0].replies[0].error: is an error beside a body ("},
		"c.yaml": {"answers:\n  - operation: A\n    reply: []\n", `c.yaml:3:5: unknown key "reply"`},
		"d.yaml": {"name: d\ntargets: [{name: a, target: {url: 'http://a.test/', profile: ecs}}]\n", ""},
		"e.yaml": {"name: e\ntargets: [{name: a, target: {url: a, profile: ecs}}]\n", "e.yaml:2:35: targets[0].target.url: "},
		"f.yaml": {"name: f\nlogs: []\n", "f.yaml:2:7: logs: "},
	} {
		err := filecheck.Faults(filecheck.Check(put(t, [2]string{name, c.text}), "", none))
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
}
