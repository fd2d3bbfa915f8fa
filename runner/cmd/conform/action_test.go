package main

import (
	"bytes"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/acsconform/acsconform/runner/reference"
)

// action is as much of an action as running its steps takes.
type action struct {
	Inputs  map[string]struct{ Default, Description string }
	Outputs map[string]struct{ Value string }
	Runs    struct {
		Using string
		Steps []struct {
			ID, Name, If, Run, Uses, Shell string
			Env                            map[string]string
		}
	}
}

// actionJob is a job in which the action runs: what the runner keeps between steps.
type actionJob struct {
	t        *testing.T
	dir      string
	inputs   map[string]string
	outputs  map[string]string
	log      bytes.Buffer
	failed   int
	uploaded bool
}

var expression = regexp.MustCompile(`\$\{\{\s*(.*?)\s*\}\}`)

// value looks up what an expression of the action names.
func (j *actionJob) value(name string) string {
	switch kind, rest, _ := strings.Cut(strings.TrimSpace(name), "."); kind {
	case "inputs":
		value, ok := j.inputs[rest]
		if !ok {
			j.t.Fatalf("there is no input %q", rest)
		}
		return value
	case "steps":
		id, output, _ := strings.Cut(rest, ".outputs.")
		if id != "run" {
			j.t.Fatalf("there is no step %q", id)
		}
		return j.outputs[output]
	}
	j.t.Fatalf("nobody knows %q", name)
	return ""
}

func (j *actionJob) expand(text string) string {
	return expression.ReplaceAllStringFunc(text, func(e string) string { return j.value(expression.FindStringSubmatch(e)[1]) })
}

// wanted evaluates a condition, of the sort that the action has: terms with && between them, as a failed job does.
func (j *actionJob) wanted(condition string) bool {
	if condition == "" {
		return j.failed == 0
	}
	for term := range strings.SplitSeq(expression.FindStringSubmatch(condition)[1], "&&") {
		if term = strings.TrimSpace(term); term == "always()" {
			continue
		}
		name, literal, found := strings.Cut(term, "!=")
		if !found {
			j.t.Fatalf("nobody knows %q", term)
		}
		if j.value(name) == strings.Trim(strings.TrimSpace(literal), "'") {
			return false
		}
	}
	return true
}

// run runs the steps of the action as the runner does.
func (j *actionJob) run() {
	folder, err := filepath.Abs(filepath.Join(top, ".github", "actions", "conform"))
	if err != nil {
		j.t.Fatal(err)
	}
	var a action
	text := readAll(j.t, filepath.Join(folder, "action.yml"))
	if err := yaml.Unmarshal([]byte(text), &a); err != nil || a.Runs.Using != "composite" {
		j.t.Fatalf("%v, using %q", err, a.Runs.Using)
	}
	given := j.inputs
	j.inputs, j.outputs = map[string]string{}, map[string]string{}
	for name, input := range a.Inputs {
		j.inputs[name] = input.Default
	}
	for name, value := range given {
		j.inputs[name] = value
	}
	for _, step := range a.Runs.Steps {
		switch {
		case !j.wanted(step.If):
		case step.Uses != "":
			j.uploaded = strings.HasPrefix(step.Uses, "actions/upload-")
		default:
			j.step(folder, step.Run, step.Env)
		}
	}
	for name, output := range a.Outputs {
		if want := strings.TrimPrefix(expression.FindStringSubmatch(output.Value)[1], "steps.run.outputs."); want != name {
			j.t.Errorf("output %s is %s", name, output.Value)
		}
	}
}

// step runs a script by the shell and the variables that the runner has for it.
func (j *actionJob) step(folder, script string, env map[string]string) {
	file := filepath.Join(j.dir, "step.sh")
	if err := os.WriteFile(file, []byte(script), 0o600); err != nil {
		j.t.Fatal(err)
	}
	cmd := exec.Command("bash", "--noprofile", "--norc", "-eo", "pipefail", file)
	cmd.Dir, cmd.Stdout, cmd.Stderr = j.dir, &j.log, &j.log
	cmd.Env = process(j.dir).Env
	cmd.Env = append(cmd.Env, "PATH="+j.dir+":"+os.Getenv("PATH"), "GITHUB_ACTION_PATH="+folder, "RUNNER_TEMP="+j.dir,
		"GITHUB_OUTPUT="+filepath.Join(j.dir, "output"), "GITHUB_STEP_SUMMARY="+filepath.Join(j.dir, "summary"), "GITHUB_PATH="+filepath.Join(j.dir, "path"))
	for name, value := range env {
		cmd.Env = append(cmd.Env, name+"="+j.expand(value))
	}
	if err, failed := cmd.Run(), (*exec.ExitError)(nil); errors.As(err, &failed) {
		j.failed = failed.ExitCode()
	} else if err != nil {
		j.t.Fatal(err)
	}
	text, _ := os.ReadFile(filepath.Join(j.dir, "output"))
	for line := range strings.Lines(string(text)) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		j.outputs[name] = value
	}
}

// inAction runs the action in a folder with conform in PATH.
func inAction(t *testing.T, dir string, inputs map[string]string) *actionJob {
	t.Helper()
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("there is no bash")
	}
	_ = os.Symlink(binary, filepath.Join(dir, "conform"))
	_ = os.Remove(filepath.Join(dir, "output"))
	j := &actionJob{t: t, dir: dir, inputs: inputs}
	j.run()
	return j
}

var fewCases = "--label-filter\n" + aboutNonces

func TestTheActionTellsExitCodesApart(t *testing.T) {
	_, good := served(t, "ecs", nil)
	_, bad := served(t, "ecs", nil, reference.With(mutant(t, "NONCE-1")))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = l.Close() // nothing listens there from now on
	for name, c := range map[string]struct {
		inputs   map[string]string
		code     int
		verdict  string
		log, sum string
	}{
		"right":       {map[string]string{"config": good}, 0, "passed", "::notice title=conform run::ecs/rpc", "# "},
		"wrong":       {map[string]string{"config": bad}, 1, "broken", "::error file=", "NONCE-1"},
		"no file":     {map[string]string{"config": "none.yaml"}, 2, "usage", "::error title=conform::The usage", "usage (exit code 2)"},
		"no server":   {map[string]string{"config": good, "target": "http://" + l.Addr().String()}, 3, "untested", "::error title=conform::The target could not be tested", "untested (exit code 3)"},
		"hostile":     {map[string]string{"config": "a b;touch forged $(touch forged) \"'\n::error::forged"}, 2, "usage", "::stop-commands::", "usage"},
		"no artefact": {map[string]string{"config": good, "keep-as": ""}, 0, "passed", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			c.inputs["args"] = fewCases
			j := inAction(t, t.TempDir(), c.inputs)
			if j.failed != c.code || j.outputs["verdict"] != c.verdict || j.uploaded != (name != "no artefact") {
				t.Errorf("exit %d, outputs %v, uploaded %t\n%s", j.failed, j.outputs, j.uploaded, j.log.String())
			}
			summary, _ := os.ReadFile(filepath.Join(j.dir, "summary"))
			if !strings.Contains(j.log.String(), c.log) || !strings.Contains(string(summary), c.sum) {
				t.Errorf("the log is\n%s\nthe summary is\n%s", j.log.String(), summary)
			}
			if _, err := os.Stat(filepath.Join(j.dir, "forged")); err == nil {
				t.Error("an input was run by the shell")
			}
			if c.code <= 1 {
				sarifOf(t, filepath.Join(j.dir, j.outputs["sarif"]))
				readAll(t, filepath.Join(j.dir, j.outputs["report"]))
			}
		})
	}
}

// With a base report, what was broken before does not fail the step, and what regressed does.
func TestTheActionComparesWithABaseReport(t *testing.T) {
	_, good := served(t, "ecs", nil)
	_, bad := served(t, "ecs", nil, reference.With(mutant(t, "NONCE-1")))
	dir := t.TempDir()
	for _, c := range []struct {
		config, dir, base string
		code              int
		summary           string
	}{
		{good, "base-good", "", 0, ""}, {bad, "base-bad", "", 1, "NONCE-1"}, {bad, "again", "base-bad/report.json", 0, "conform diff: same"}, {bad, "worse", "base-good/report.json", 1, "conform diff: regressed"},
	} {
		_ = os.Remove(filepath.Join(dir, "summary"))
		j := inAction(t, dir, map[string]string{"config": c.config, "report-dir": c.dir, "base": c.base, "args": fewCases})
		if summary, _ := os.ReadFile(filepath.Join(dir, "summary")); j.failed != c.code || !strings.Contains(string(summary), c.summary) {
			t.Errorf("%s: exit %d, want %d\n%s\nthe summary is\n%s", c.dir, j.failed, c.code, j.log.String(), summary)
		}
	}
}
