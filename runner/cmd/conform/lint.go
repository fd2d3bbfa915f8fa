package main

import (
	"context"
	"errors"
	"io"
	"os"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/lint"
)

// lintGCPercent keeps the heap close to what is used: next to nothing is allocated, so that collecting costs nothing.
const lintGCPercent = 20

// lintCommand is conform lint.
type lintCommand struct {
	Files       []string `arg:"" name:"file" help:"HAR files, or JSON Lines of exchanges (a transcript is one) or of an access log (--map); gzip and zstd too; - is standard input."`
	Profile     string   `placeholder:"P" sep:"none" help:"Profile to judge by: a name or the path of a YAML file; guessed when there is none."`
	Map         string   `placeholder:"F" help:"YAML file that names the fields of an access log: status, body, body_encoding, content_type, request_id, time, host, action, format, url."`
	Output      string   `short:"o" enum:"text,json,markdown" default:"text" help:"Form of the result: text, json or markdown (${default})."`
	MaxFindings int      `placeholder:"N" default:"20" help:"How many findings the text shows; 0 shows all (${default})."`
	Memory      string   `placeholder:"SIZE" default:"256MiB" help:"What request ids may take before they go to a temporary file (${default})."`
	Strict      bool     `help:"Warnings fail too."`
}

// Run judges the files and prints one result.
func (c *lintCommand) Run(w *world) error {
	o := lint.Options{Clauses: fixtures.Clauses(), Profiles: fixtures.Profiles()}
	var err error
	if o.Memory, err = sizeOf(c.Memory); err != nil {
		return err
	}
	debug.SetMemoryLimit(memoryLimit + o.Memory)
	debug.SetGCPercent(lintGCPercent)
	if c.Map != "" {
		if o.Map, err = lint.LoadMap(c.Map); err != nil {
			return wrong("%s", err)
		}
	}
	if c.Profile != "" {
		if o.Profile, err = profile(c.Profile); err != nil {
			return err
		}
	}
	inputs, err := c.open()
	if err != nil {
		return err
	}
	guess, err := c.guess(w, inputs, &o)
	if err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	tell, clean := w.reading()
	o.Progress = tell
	r, err := lint.Run(ctx, inputs, o)
	clean()
	switch {
	case errors.Is(err, context.Canceled):
		return untested("interrupted")
	case err != nil:
		return untested("%s", err)
	}
	r.Guess = guess
	return c.end(w, r)
}

// open opens every file before any is read.
func (c *lintCommand) open() ([]*lint.Input, error) {
	var inputs []*lint.Input
	for _, path := range c.Files {
		in, err := lint.Open(path, os.Stdin)
		if err != nil {
			for _, open := range inputs {
				_ = open.Close()
			}
			return nil, wrong("%s", err)
		}
		inputs = append(inputs, in)
	}
	return inputs, nil
}

// guess finds the profile where none was given and the records name none, or refuses to.
func (c *lintCommand) guess(w *world, inputs []*lint.Input, o *lint.Options) (why string, err error) {
	if o.Profile != nil {
		return "", nil
	}
	names, why, needed := lint.Guess(inputs, *o)
	switch {
	case !needed:
		return "", nil
	case len(names) != 1:
		if len(names) == 0 {
			names = fixtures.Names()
		}
		return "", wrong("cannot tell the profile: %s; say which with --profile: %s, or the path of its file", why, strings.Join(names, ", "))
	}
	w.say("profile %s was guessed: %s", names[0], why)
	o.Profile, err = profile(names[0])
	return why, err
}

// end prints the result and gives the exit code as an error.
func (c *lintCommand) end(w *world, r *lint.Result) error {
	write := func(out io.Writer) error {
		return lint.Text{Clauses: fixtures.Clauses(), Findings: c.MaxFindings}.Write(out, r)
	}
	switch c.Output {
	case "json":
		write = func(out io.Writer) error { return lint.WriteJSON(out, r) }
	case "markdown":
		write = func(out io.Writer) error { return lint.WriteMarkdown(out, r) }
	}
	if err := write(w.out); err != nil {
		return untested("%s", err)
	}
	switch {
	case r.Judged == 0:
		return untested("nothing was judged")
	case r.Broken():
		return &exit{code: exitBroken}
	case c.Strict && r.Warned():
		return &exit{exitBroken, "something warned, and --strict makes that fail"}
	}
	return nil
}

// sizeOf reads a size: bytes, or a number with KiB, MiB or GiB.
func sizeOf(text string) (int64, error) {
	number, shift := text, 0
	for i, unit := range []string{"KiB", "MiB", "GiB"} {
		if cut, ok := strings.CutSuffix(text, unit); ok {
			number, shift = cut, 10*(i+1)
		}
	}
	n, err := strconv.ParseInt(strings.TrimSpace(number), 10, 32)
	if shift == 0 {
		n, err = strconv.ParseInt(number, 10, 62)
	}
	if err != nil || n <= 0 {
		return 0, wrong("--memory %q: want a size like 256MiB", text)
	}
	return n << shift, nil
}
