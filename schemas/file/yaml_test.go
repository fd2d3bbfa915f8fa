package file_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

// The faults of target files, each with the line a person needs.
func TestFaultsOfTargetFiles(t *testing.T) {
	const head = "url: http://127.0.0.1:8080/\nprofile: ecs\nrequest:\n  action: DescribeRegions\n  params:\n    RegionId: a\n"
	tests := []struct{ name, text, want string }{
		{"key misspelt", head + "credentials:\n  default:\n    acces_key_id: x\n    access_key_secret: y\n",
			`target.yaml:9:5: unknown key "acces_key_id" (did you mean access_key_id?)`},
		{"key of another world", "url: http://x/\nlimits:\n  verbose: true\n",
			`target.yaml:3:3: unknown key "verbose" (the keys here are concurrency, rate, throttle, timeout)`},
		{"key missing", head + "skip:\n  - case: a\n    until: 2027-01-31\n",
			`target.yaml:8:5: skip[0]: missing key "reason" (want why it is left out)`},
		{"no address", "profile: ecs\nurl: ecs.example.test\n",
			`target.yaml:2:6: url: got "ecs.example.test", want an http:// or https:// address`},
		{"style misspelt", "url: http://x/\nstyle: acs\n",
			`target.yaml:2:8: style: got "acs", want rpc, roa or acs3 (did you mean acs3?)`},
		{"duration without unit", "url: http://x/\nlimits: {timeout: 10}\n",
			`target.yaml:2:19: limits.timeout: got "10", want a number with a unit, like 10s or 15m`},
		{"octal", "url: http://x/\nlimits:\n  concurrency: 010\n",
			`target.yaml:3:16: limits.concurrency: got "010", want a whole number`},
		{"number past its bound", "url: http://x/\nlimits:\n\n  concurrency: 100000\n",
			`target.yaml:4:16: limits.concurrency: got 100000, want at most 1024`},
		{"status of no class", "recipes:\n  - {code: A, status: 404}\n  - {code: B, status: 4x}\n",
			`target.yaml:3:23: recipes[1].status: got "4x", want 400, 4xx, 5xx or 4xx/5xx`},
		{"impossible day", "skip:\n  - {case: a, reason: b, until: 2027-13-31}\n",
			`target.yaml:2:33: skip[0].until: got "2027-13-31", want a day, like 2027-01-31`},
		{"text for a mapping, perhaps a secret", "credentials:\n  default: hush\n",
			"target.yaml:2:12: credentials.default: got a text, want keys and values"},
		{"list for a mapping", "url: http://x/\nrequest:\n  - a\n", "target.yaml:3:3: request: got a list, want keys and values"},
		{"list at the top", "- url: http://x/\n", "target.yaml:1:1: got a list, want keys and values"},
		{"no value", "url: http://x/\nprofile:\n", `target.yaml:2:9: profile: no value (leave the key out, or write "" for an empty text)`},
		{"empty value", "url: http://x/\nprofile: \"\"\n", "target.yaml:2:10: profile: is empty (want a profile's name, or the path of a profile file)"},
		{"key twice", head + "url: http://x/\n", `target.yaml:7:1: the key "url" occurs twice, first in line 1 (keep one)`},
		{"alias bomb", "request: &a {action: x}\nbody_request: *a\n",
			"target.yaml:1:10: request: anchors and aliases are not read (write the value out; quote a text that begins with * or &)\n" +
				"target.yaml:2:15: body_request: anchors and aliases are not read (write the value out; quote a text that begins with * or &)"},
		{"star not quoted", "url: http://x/\nprofile: *all\n",
			"target.yaml:2:10: anchors and aliases are not read (write the value out; quote a text that begins with * or &)"},
		{"merge key", "request:\n  <<: {action: x}\n",
			"target.yaml:2:3: request: anchors and aliases are not read (write the value out; quote a text that begins with * or &)"},
		{"tag", "url: !!binary aHR0cDovL3gv\n", `target.yaml:1:6: url: tags like "!!binary" are not read (leave it out)`},
		{"mapping as key", "? {a: b}\n: c\n", "target.yaml:1:3: a key must be a plain word (write name: value)"},
		{"escape in a key", "\"a\\x1b\": c\n", "target.yaml:1:1: the key \"a\uFFFD\" holds a control character"},
		{"second document", "url: http://x/\n---\nurl: http://y/\n",
			"target.yaml:2:1: a second document begins here (keep one document in a file)"},
		{"tab", head + "\tstyle: rpc\n", "target.yaml:7:1: a tab in the indentation (use spaces)"},
		{"empty file", "", "target.yaml:1:1: the file is empty (write keys and values)"},
		{"only a comment", "# url: http://x/\n", "target.yaml:1:1: the file is empty (write keys and values)"},
		{"not UTF-8", "url: http://x/\nprofile: \xe9\n", "target.yaml:2:10: is not UTF-8 (save the file as UTF-8)"},
		{"NUL", "url: http://x/\x00\n", "target.yaml:1:15: holds the control character U+0000 (take it out)"},
		{"bad indentation", head + " style: rpc\n",
			"target.yaml:7:2: is not YAML: did not find expected key (look at indentation, colons and quotes)"},
		{"quote not closed", head + "style: \"rpc\nx: y\n",
			"target.yaml:7:8: is not YAML: found unexpected end of stream (look at indentation, colons and quotes)"},
		{"colon in a plain value", "profile: a: b\n",
			"target.yaml:1:11: is not YAML: mapping values are not allowed in this context (look at indentation, colons and quotes)"},
		{"two faults, by line", "style: foo\nurl: x\n",
			"target.yaml:1:8: style: got \"foo\", want rpc, roa or acs3\ntarget.yaml:2:6: url: got \"x\", want an http:// or https:// address"},
	}
	for _, tt := range tests {
		var target schemas.Target
		err := file.ParseYAML(file.Target, "target.yaml", []byte(tt.text), &target)
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s:\ngot  %v\nwant %s", tt.name, err, tt.want)
		}
		var faults file.Faults
		if !errors.As(err, &faults) || len(errors.Join(faults.Unwrap()...).Error()) == 0 {
			t.Errorf("%s: want Faults, got %T", tt.name, err)
		}
	}
}

func TestManyFaultsAreCut(t *testing.T) {
	text := strings.Repeat("  - {code: A, status: 4x}\n", 50)
	err := file.ParseYAML(file.Target, "target.yaml", []byte("recipes:\n"+text), &schemas.Target{})
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != 21 || lines[20] != "target.yaml: and 30 more faults" {
		t.Errorf("got %d lines, the last %q", len(lines), lines[len(lines)-1])
	}
}

// What YAML 1.1 would read as something else comes back as it was written.
func TestScalarsAreWhatTheSchemaWants(t *testing.T) {
	const text = `
url: http://127.0.0.1:8080/
request: {version: 2014-05-26, params: {A: 010, B: yes, C: 1e3, D: 0x10, E: 12:30:45, F: 1_000, G: "~", H: .inf, I: true}}
recipes:
  - {code: A, status: 404}
  - {code: B, status: "404"}
  - {code: C, status: 5xx}
window: 31m
limits: {rate: 1.5, concurrency: 8, timeout: 1m30s}
skip: [{case: a, reason: b, until: 2027-01-31}]
`
	var target schemas.Target
	if err := file.ParseYAML(file.Target, "target.yaml", []byte(text), &target); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"A": "010", "B": "yes", "C": "1e3", "D": "0x10", "E": "12:30:45", "F": "1_000", "G": "~", "H": ".inf", "I": "true"}
	for name, value := range want {
		if got := target.Request.Params[name]; got != value {
			t.Errorf("%s: got %q, want %q", name, got, value)
		}
	}
	if target.Request.Version != "2014-05-26" || target.Skip[0].Until != "2027-01-31" {
		t.Errorf("dates: got %q and %q", target.Request.Version, target.Skip[0].Until)
	}
	if target.Recipes[0].Status != target.Recipes[1].Status || target.Recipes[2].Status != (schemas.Status{Low: 500, High: 599}) {
		t.Errorf("statuses: got %v", target.Recipes)
	}
	if time.Duration(target.Window) != 31*time.Minute || time.Duration(target.Limits.Timeout) != 90*time.Second || target.Limits.Rate != 1.5 {
		t.Errorf("got window %v and limits %+v", target.Window, target.Limits)
	}
}

func TestTargetIsWrittenAsItIsRead(t *testing.T) {
	target := schemas.Target{
		URL: "http://127.0.0.1:1/", Profile: "ecs", Style: schemas.RPC, Window: schemas.Duration(time.Minute),
		Request:     schemas.SoundRequest{Action: "A", Version: "2014-05-26", Params: map[string]string{"N": "010"}},
		Credentials: map[string]schemas.Credential{"default": {AccessKeyID: "a", AccessKeySecret: "b"}},
		Recipes:     []schemas.Recipe{{Code: "X", Status: schemas.Exactly(404)}, {Code: "Y", Status: schemas.Status{Low: 400, High: 599}}},
		Skip:        []schemas.Skip{{Case: "a", Reason: "b", Until: "2027-01-31"}},
	}
	text, err := yaml.Marshal(target)
	if err != nil {
		t.Fatal(err)
	}
	var again schemas.Target
	if err := file.ParseYAML(file.Target, "target.yaml", text, &again); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	second, err := yaml.Marshal(again)
	if err != nil || string(second) != string(text) {
		t.Errorf("got\n%s\nwant\n%s", second, text)
	}
}

func TestLinesOfAFile(t *testing.T) {
	const text = "url: http://x/\ncredentials:\n  default:\n    access_key_id: a\n    access_key_secret: ${SECRET}\nrecipes:\n  - code: A\n    status: 400\n"
	f, err := file.ReadYAML(file.Target, "target.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	got := f.Errorf([]string{"credentials", "default", "access_key_secret"}, "%s is not set", "SECRET").Error()
	if want := "target.yaml:5:24: credentials.default.access_key_secret: SECRET is not set"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for want, path := range map[int][]string{1: {"url"}, 8: {"recipes", "0", "status"}, 7: {"recipes", "0", "message"}, 3: nil} {
		if path == nil {
			path, want = []string{"limits"}, 1
		}
		if got := f.Line(path...); got != want {
			t.Errorf("%v: got line %d, want %d", path, got, want)
		}
	}
}

func FuzzReadYAML(f *testing.F) {
	for _, seed := range []string{"url: http://x/\n", "a: &a [*a]\n", "{", "recipes: [{code: A, status: 1e999}]", "? [\n: ]", "a:\n\t- b", "\"\\u0000\": x", "--- a\n--- b", "- - - -"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, kind := range file.Kinds() {
			doc, err := file.ReadYAML(kind, "f", []byte(text))
			if (doc == nil) == (err == nil) {
				t.Fatalf("%s: got %v and %v", kind, doc, err)
			}
			if err != nil && strings.ContainsAny(err.Error(), "\x1b\x00\r") {
				t.Fatalf("a control character in %q", err)
			}
		}
	})
}
