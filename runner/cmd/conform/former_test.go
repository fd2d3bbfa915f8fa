package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
)

// formerFile holds what a former version of the command did with formerLines, against the servers that the test starts. To
// record another version, name its command in CONFORM_FORMER.
const formerFile = "testdata/former.json"

// behaviour is what pipelines rely on in a version of the command. Words, times and versions are left out.
type behaviour struct {
	Commit   string                       `json:"commit"`
	Flags    map[string][]string          `json:"flags"`    // by command
	Exits    map[string]int               `json:"exits"`    // by command line
	Members  map[string][]string          `json:"members"`  // by command line: path and kind of each member of the JSON that it writes
	Clauses  map[string]map[string]string `json:"clauses"`  // by report: the state of each clause
	Outcomes map[string]map[string]string `json:"outcomes"` // by report: the outcome of each case
}

// formerFilter picks cases of several chapters, few enough to be sent at each test.
const formerFilter = "(NONCE-1||TIME-3||PARAM-1||FORMAT-6)&&!nonce-used-again-after-many"

// A formerLine is a command line, and the JSON that it writes: - is standard output.
type formerLine struct{ line, json string }

var formerLines = []formerLine{
	{"run --config right.yaml --report-dir right --label-filter " + formerFilter, "right/report.json"},
	{"run --config wrong.yaml --report-dir wrong --label-filter " + formerFilter, "wrong/report.json"},
	{"run --config right.yaml --require-complete --label-filter " + formerFilter, ""},
	{"run --config nobody.yaml --label-filter NONCE-1", ""},
	{"run --config none.yaml", ""},
	{"run --plan", ""},
	{"lint --profile ecs --output json right/transcript.jsonl", "-"},
	{"lint --profile ecs --output json wrong/transcript.jsonl", "-"},
	{"lint --profile ecs none.har", ""},
	{"diff --format json right/report.json wrong/report.json", "-"},
	{"diff --format json wrong/report.json right/report.json", "-"},
	{"diff --format text right/report.json right/report.json", ""},
	{"diff right/report.json right.yaml", ""},
	{"list clauses --json", "-"},
	{"list cases --profile ecs --json", "-"},
	{"list codes --profile ecs --json", "-"},
	{"list conditions --json", "-"},
	{"list profiles --json", "-"},
	{"explain TIME-3", ""},
	{"explain NONCE-11", ""},
	{"statement right/report.json", ""},
	{"verify none.json", ""},
	{"no-such-command", ""},
	{"--help", ""},
}

var formerCommands = []string{"run", "serve", "lint", "proxy", "diff", "list", "explain", "certify", "verify", "keygen", "statement", "selftest"}

// What pipelines rely on is as it was in the former version: each flag is taken, each command line exits alike, each member
// of the JSON is written, and each case and clause is judged alike, at a right server and at one that is wrong.
func TestBehavesAsTheFormerVersion(t *testing.T) {
	if former := os.Getenv("CONFORM_FORMER"); former != "" {
		record(t, former)
	}
	text, err := os.ReadFile(formerFile)
	if err != nil {
		t.Fatal(err)
	}
	var was behaviour
	if err := json.Unmarshal(text, &was); err != nil {
		t.Fatal(err)
	}
	is := observed(t, conform)
	for command, flags := range was.Flags {
		taken := flagsOf(t, command)
		for _, flag := range flags {
			if !slices.Contains(taken, flag) {
				t.Errorf("conform %s takes no --%s any more", command, flag)
			}
		}
	}
	for line, code := range was.Exits {
		if is.Exits[line] != code {
			t.Errorf("conform %s: exit %d, was %d", line, is.Exits[line], code)
		}
	}
	for line, members := range was.Members {
		for _, member := range members {
			if !slices.Contains(is.Members[line], member) {
				t.Errorf("conform %s writes no%s any more", line, member)
			}
		}
	}
	alike(t, was.Clauses, is.Clauses)
	alike(t, was.Outcomes, is.Outcomes)
	if cases := len(was.Outcomes["right/report.json"]); cases < 30 || was.Outcomes["wrong/report.json"][""] != string(schemas.NonConformant) || len(was.Exits) != len(formerLines) {
		t.Errorf("%s holds %d cases and %d command lines; record it again", formerFile, cases, len(was.Exits))
	}
}

// alike compares what two versions found in the same reports. What only the new one looks at is no matter.
func alike(t *testing.T, was, is map[string]map[string]string) {
	t.Helper()
	for report, verdicts := range was {
		for name, verdict := range verdicts {
			if got := is[report][name]; got != verdict {
				t.Errorf("%s: %q is %q, was %q", report, name, got, verdict)
			}
		}
	}
}

// flagsOf lists the flags that a command takes, with those that its help does not show.
func flagsOf(t *testing.T, command string) []string {
	t.Helper()
	parser, err := newParser(&env{out: io.Discard, err: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, n := range append([]*kong.Node{parser.Model.Node}, parser.Model.Children...) {
		if n != parser.Model.Node && n.Name != command {
			continue
		}
		for _, f := range n.Flags {
			names = append(names, append(f.Aliases, f.Name)...)
		}
	}
	return names
}

// record writes what another version of the command does.
func record(t *testing.T, former string) {
	t.Helper()
	ours := binary
	binary = former
	defer func() { binary = ours }()
	b := observed(t, executed)
	b.Commit = os.Getenv("CONFORM_FORMER_COMMIT")
	text, err := json.MarshalIndent(b, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(formerFile), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(formerFile, append(text, '\n'), 0o600); err != nil {
		t.Fatal(err)
	}
}

// observed runs every line.
func observed(t *testing.T, run func(t *testing.T, dir string, args ...string) (code int, out, errs string)) *behaviour {
	t.Helper()
	dir := t.TempDir()
	right, _ := served(t, "ecs", nil)
	wrong, _ := served(t, "ecs", nil, reference.With(mutantNamed(t, "nonces-not-kept")))
	for name, target := range map[string][2]string{"right": {right, "secret-of-reference-default"}, "wrong": {wrong, "secret-of-reference-default"}, "nobody": {right, "x"}} {
		text := fmt.Sprintf("url: %s\nprofile: ecs\nrequest: {action: DescribeRegions, version: \"2014-05-26\"}\n"+
			"credentials:\n  default: {access_key_id: reference-default, access_key_secret: %s}\n", target[0], target[1])
		if err := os.WriteFile(filepath.Join(dir, name+".yaml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b := &behaviour{Flags: map[string][]string{}, Exits: map[string]int{}, Members: map[string][]string{}, Clauses: map[string]map[string]string{}, Outcomes: map[string]map[string]string{}}
	for _, l := range formerLines {
		code, out, _ := run(t, dir, strings.Fields(l.line)...)
		b.Exits[l.line] = code
		switch l.json {
		case "":
			continue
		case "-":
		default:
			text, err := os.ReadFile(filepath.Join(dir, l.json))
			if err != nil {
				t.Fatal(err)
			}
			out = string(text)
			b.verdicts(t, l.json, text)
		}
		var value any
		if err := json.Unmarshal([]byte(out), &value); err != nil {
			t.Fatalf("%s: %v in %.300s", l.line, err, out)
		}
		members := map[string]bool{}
		collect(value, "", members)
		b.Members[l.line] = slices.Sorted(maps.Keys(members))
	}
	for _, name := range formerCommands {
		_, out, _ := run(t, dir, name, "--help")
		flags := regexp.MustCompile(`(?m)^ +(?:-\w, +)?--([a-z-]+)`).FindAllStringSubmatch(out, -1)
		for _, f := range flags {
			b.Flags[name] = append(b.Flags[name], f[1])
		}
	}
	return b
}

// verdicts takes from a report what was found of each clause and case.
func (b *behaviour) verdicts(t *testing.T, name string, text []byte) {
	t.Helper()
	var r schemas.Report
	if err := json.Unmarshal(text, &r); err != nil {
		t.Fatal(err)
	}
	clauses, outcomes := map[string]string{}, map[string]string{"": string(r.Verdict)}
	for _, run := range r.Runs {
		for _, c := range run.Clauses {
			clauses[c.ID] = c.State
		}
		for _, c := range run.Cases {
			outcomes[fmt.Sprintf("%s [%s, %s]", c.Name, c.Format, c.Method)] = string(c.Outcome)
		}
	}
	b.Clauses[name], b.Outcomes[name] = clauses, outcomes
}

// collect notes the path and the kind of every member.
func collect(value any, path string, members map[string]bool) {
	switch v := value.(type) {
	case map[string]any:
		for name, member := range v {
			collect(member, path+"."+name, members)
		}
	case []any:
		for _, item := range v {
			collect(item, path+"[]", members)
		}
	case nil:
	default:
		members[fmt.Sprintf("%s %T", path, v)] = true
	}
}
