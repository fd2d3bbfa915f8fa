package main

import (
	"errors"
	"os"
	"runtime/debug"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/lint"
	"github.com/acsconform/acsconform/runner/lint/parts"
	"github.com/acsconform/acsconform/runner/output"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

// mergeCommand is conform lint merge. Profiles, map and filters are those that the parts were made with.
type mergeCommand struct {
	Parts        []string `arg:"" name:"part" help:"Partial results, in any order; one that is named twice counts once."`
	output.Flags `embed:"" set:"forms=text, json, markdown or html"`
	Partial      string `placeholder:"OUT" help:"Write the parts together as one partial result; shards may still be missing."`
	Show         int    `placeholder:"N" default:"20" help:"How many sorts of findings, and hosts and actions, the text shows; 0 shows all (${default})."`
	Memory       string `placeholder:"SIZE" default:"256MiB" help:"What request ids may take before they go to a temporary file (${default})."`
	Strict       bool   `help:"Warnings fail too."`
}

// mergeArgs turns lint merge into the name of the command. A file called merge is judged as ./merge.
func mergeArgs(args []string) []string {
	if len(args) > 1 && args[0] == "lint" && args[1] == "merge" {
		return append([]string{"lint-merge"}, args[2:]...)
	}
	return args
}

// Run puts partial results together: into another one with --partial, else into the result of the whole.
func (c *mergeCommand) Run(w *env) error {
	as := &lintCommand{Flags: c.Flags, Show: c.Show, Memory: c.Memory, Strict: c.Strict}
	if err := as.Settle(output.Text, output.JSON, output.Markdown, output.HTML); err != nil {
		return wrong("%s", err)
	}
	switch {
	case c.Show < 0:
		return wrongShow(c.Show)
	case c.Partial != "":
		if err := as.partial(c.Partial); err != nil {
			return err
		}
	}
	var files []*parts.File
	for _, path := range c.Parts {
		f, err := parts.Open(path)
		if err != nil {
			return wrong("%s", err)
		}
		files = append(files, f)
	}
	set, err := parts.Union(files)
	if err != nil {
		return wrong("%s", err)
	}
	if set.How.Suite != suiteOf() {
		return wrong("%s: the part was made with another conform (%s); put parts together with the one that made them", files[0].Name, set.How.Suite)
	}
	if c.Partial != "" {
		if err := output.Replace(c.Partial, set.Write); err != nil {
			return untested("--partial %s: %s", c.Partial, err)
		}
		return nil
	}
	if err := set.Complete(); err != nil {
		return wrong("%s", err)
	}
	return as.merged(w, set)
}

// merged prints the result of parts, and returns its exit code as lint does.
func (c *lintCommand) merged(w *env, set *parts.Set) error {
	memory, err := sizeOf(c.Memory)
	if err != nil {
		return err
	}
	debug.SetMemoryLimit(memoryLimit + memory)
	debug.SetGCPercent(lintGCPercent)
	ctx, stop := interruptible()
	defer stop()
	r, err := lint.Merge(ctx, set, lint.Merging{Clauses: fixtures.Clauses(), Profiles: fixtures.Profiles(), Memory: memory, Load: profileText})
	switch faulty := (*lint.FaultyError)(nil); {
	case ctx.Err() != nil:
		return untested("interrupted")
	case errors.As(err, &faulty):
		return wrong("%s", err)
	}
	return c.end(c.printer(w, ""), r, err)
}

// profileText reads a profile that came with a part.
func profileText(text []byte) (*schemas.Profile, error) {
	f, err := os.CreateTemp("", "conform-profile-*.yaml")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.Write(text)
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	p, err := fixtures.LoadProfile(f.Name())
	if fault := (file.Fault{}); errors.As(err, &fault) {
		err = errors.New(fault.Text)
	}
	return p, err
}
