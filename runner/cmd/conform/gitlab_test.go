package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/acsconform/acsconform/runner/reference"
)

// template is the job of the template for GitLab.
type template struct {
	Job struct {
		Image, Stage string
		Variables    map[string]string
		Script       []string
		AllowFailure bool `yaml:"allow_failure"`
		Kept         struct {
			When    string
			Paths   []string
			Reports map[string]string
		} `yaml:"artifacts"` //nolint:misspell // it is GitLab's key
	} `yaml:"conformance"`
}

// The script of the template runs as GitLab's runner has it: its lines one after another, and an error ends them. What it
// names as reports is there afterwards.
func TestTheTemplateForGitLab(t *testing.T) {
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("there is no bash")
	}
	var job template
	decoder := yaml.NewDecoder(strings.NewReader(readAll(t, filepath.Join(top, ".github", "gitlab-ci.yml"))))
	decoder.KnownFields(true)
	if err := decoder.Decode(&job); err != nil || job.Job.AllowFailure || job.Job.Kept.When != "always" {
		t.Fatalf("%v, %+v", err, job)
	}
	_, good := served(t, "ecs", nil)
	_, bad := served(t, "ecs", nil, reference.With(mutant(t, "NONCE-1")))
	dir := t.TempDir()
	if err := os.Symlink(binary, filepath.Join(dir, "conform")); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		config string
		code   int
	}{"right": {good, 0}, "wrong": {bad, 1}, "no file": {"none.yaml", 2}} {
		cmd := exec.Command("bash", "-eo", "pipefail", "-c", strings.Join(job.Job.Script, "\n"))
		cmd.Dir, cmd.Env = dir, process(dir).Env
		for name, value := range job.Job.Variables {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
		cmd.Env = append(cmd.Env, "PATH="+dir+":"+os.Getenv("PATH"), "CONFORM_CONFIG="+c.config,
			"CONFORM_ARGS=--label-filter (NONCE-1||SUCCESS-4)"+strings.ReplaceAll(few, " ", ""))
		out, err := cmd.CombinedOutput()
		if failed := (*exec.ExitError)(nil); err != nil && !errors.As(err, &failed) {
			t.Fatal(err)
		}
		if got := cmd.ProcessState.ExitCode(); got != c.code {
			t.Errorf("%s: exit %d, want %d\n%s", name, got, c.code, out)
		}
		if c.code > 1 {
			continue
		}
		for _, path := range append(job.Job.Kept.Paths, job.Job.Kept.Reports["junit"], job.Job.Kept.Reports["codequality"]) {
			if _, err := os.Stat(filepath.Join(dir, path)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}
