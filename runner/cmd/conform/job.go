package main

import (
	"cmp"
	"context"
	"fmt"
	"reflect"
	"time"

	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/targetfile"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// job is one target to test in one profile and style.
type job struct {
	brief   suites.Brief
	config  string   // the target file, where there is one
	address string   // of --target, where there is one
	at      string   // of --resolve, where there is one
	command string   // that tests it again
	notes   []string // what the report is to say beside the findings
	number  int      // among the jobs of that profile and style, from 1
	own     *reference.Listening
	failed  map[string]bool // with --last-failed: the ids of the cases that failed
}

// name distinguishes the job from the others.
func (j *job) name() string {
	return runName(j.brief.Profile.Name, j.brief.Target.Style, j.number)
}

// runName names the n-th run by a profile in a style.
func runName(profile string, style schemas.Style, n int) string {
	name := profile + "/" + string(style)
	if n > 1 {
		name += fmt.Sprintf(" #%d", n)
	}
	return name
}

// end closes the reference server of the job, where there is one.
func (j *job) end() {
	if j.own != nil {
		_ = j.own.Close()
	}
}

// jobs makes the jobs that the flags and the target file ask for.
func (c *runCommand) jobs(ctx context.Context, w *env) ([]*job, error) {
	if err := c.readLast(); err != nil {
		return nil, err
	}
	var jobs []*job
	var err error
	if c.own() {
		jobs, err = c.ownJobs()
	} else {
		jobs, err = c.targetJobs(ctx, w)
	}
	if err != nil {
		return nil, err
	}
	if jobs, err = c.matching(w, jobs); err != nil {
		return nil, err
	}
	return jobs, numbered(jobs)
}

// numbered numbers the jobs that share a profile and a style. Two profiles that only share their name are refused: nobody
// could tell their runs apart.
func numbered(jobs []*job) error {
	type kind struct {
		profile string
		style   schemas.Style
	}
	times := map[kind]int{}
	for i, j := range jobs {
		k := kind{j.brief.Profile.Name, j.brief.Target.Style}
		times[k]++
		j.number = times[k]
		for _, other := range jobs[:i] {
			if other.brief.Profile.Name == k.profile && !reflect.DeepEqual(other.brief.Profile, j.brief.Profile) {
				return wrong("%s and %s name two different profiles that are both called %s; give one of them another name", other.config, j.config, k.profile)
			}
		}
	}
	return nil
}

// own reports whether the reference server in this process is the target.
func (c *runCommand) own() bool { return len(c.Config) == 0 && len(c.Target) == 0 }

// ownJobs makes a job for each profile whose target is the reference server. It need not listen yet.
func (c *runCommand) ownJobs() ([]*job, error) {
	profiles, err := profilesNamed(c.Profile)
	if err != nil {
		return nil, err
	}
	var jobs []*job
	for i, p := range profiles {
		style := schemas.Style(c.Style)
		if style == "" {
			style = p.Styles[0]
		}
		if err := takes(p, style); err != nil {
			return nil, err
		}
		j := newJob(p, reference.New(p).TargetIn("http://127.0.0.1/", style))
		j.command = c.commandOf(j, c.profileWord(i, p.Name, ""))
		jobs = append(jobs, j)
	}
	return jobs, nil
}

// listen starts the reference server of a job that has no target of its own.
func (j *job) listen() error {
	s := reference.New(j.brief.Profile)
	own, err := s.Start("127.0.0.1:0")
	if err != nil {
		return untested("%s", err)
	}
	j.own = own
	j.brief.Target.URL = own.URL()
	return nil
}

// targetJobs makes the jobs of every target file and address.
func (c *runCommand) targetJobs(ctx context.Context, w *env) ([]*job, error) {
	var jobs []*job
	for _, config := range orNone(c.Config) {
		first := len(jobs)
		for _, address := range orNone(c.Target) {
			for _, at := range orNone(c.Resolve) {
				some, err := c.jobsOf(ctx, w, config, address, at)
				if err != nil {
					return nil, err
				}
				jobs = append(jobs, some...)
			}
		}
		for _, line := range targetfile.Expired(config, jobs[first].brief.Target, w.now().Format(time.DateOnly)) {
			w.say("%s", line)
		}
	}
	return jobs, nil
}

// orNone lets a flag that was not given stand for one empty word.
func orNone(words []string) []string {
	if len(words) == 0 {
		return []string{""}
	}
	return words
}

// jobsOf makes a job for each profile that the flags, the target file or the target itself name.
func (c *runCommand) jobsOf(ctx context.Context, w *env, config, address, at string) ([]*job, error) {
	target, err := c.target(w, config, address)
	if err != nil {
		return nil, err
	}
	if at != "" {
		target.Resolve = []string{at}
	}
	profiles, notes, err := c.profilesOf(ctx, w, target, config)
	if err != nil {
		return nil, err
	}
	var jobs []*job
	filed := target.Profile
	for i, p := range profiles {
		t := *target
		t.Profile = p.Name
		t.Style = cmp.Or(t.Style, p.Styles[0])
		if err := takes(p, t.Style); err != nil {
			return nil, err
		}
		whole, err := targetfile.Fit(config, &t, p)
		if err != nil {
			return nil, wrong("%s", err)
		}
		j := newJob(p, whole)
		j.config, j.address, j.at, j.notes = config, address, at, notes
		j.command = c.commandOf(j, c.profileWord(i, p.Name, filed))
		jobs = append(jobs, j)
	}
	return jobs, nil
}

// options are the runner's, by the flags.
func (c *runCommand) options() runner.Options {
	return runner.Options{
		Concurrency: c.Concurrency, Rate: c.Rate, Timeout: c.Timeout, Insecure: c.Insecure, CAFile: c.CA,
		Version: suiteVersion(), Force: c.Force,
	}
}
