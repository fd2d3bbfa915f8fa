package main

import (
	"io"
	"regexp"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/internal/progress"
	"github.com/acsconform/acsconform/runner/lint"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/lint/parts"
	"github.com/acsconform/acsconform/runner/output"
)

// part judges files, or one shard of a file, into a partial result.
func (c *lintCommand) part(w *env) error {
	o, err := c.options()
	if err != nil {
		return err
	}
	switch {
	case c.Follow:
		return wrong("--partial: a file that is followed has no end (leave --follow out)")
	case c.MaxFindings > 0:
		return wrong("--partial: only the whole traffic shows where --max-findings ends (leave it out)")
	case c.Shard != "" && len(c.Files) != 1:
		return wrong("--shard: one file is cut at a time (name one)")
	}
	if err := c.partial(c.Partial); err != nil {
		return err
	}
	shards, inputs, err := c.shards()
	if err != nil {
		return err
	}
	if err := c.settled(o); err != nil {
		closeAll(inputs)
		return err
	}
	debug.SetMemoryLimit(memoryLimit + o.Memory)
	debug.SetGCPercent(lintGCPercent)
	ctx, stop := interruptible()
	defer stop()
	meter := progress.NewMeter(w.terminal())
	o.Progress = func(p lint.Progress) { meter.Tell(p.Read, p.Total) }
	var records int64
	err = output.Replace(c.Partial, func(out io.Writer) (err error) {
		records, err = lint.PartOf(ctx, inputs, shards, o, lint.HowOf(o, suiteOf()), out)
		return err
	})
	switch {
	case err != nil && ctx.Err() != nil:
		return untested("interrupted; %s was not written", c.Partial)
	case err != nil:
		return untested("--partial %s: %s", c.Partial, err)
	}
	return meter.Aside(func() error {
		w.say("%s: %d records; conform lint merge puts it together with other parts", c.Partial, records)
		return nil
	})
}

// partial refuses a partial result that cannot be written, and a result beside it, of which there is none yet.
func (c *lintCommand) partial(path string) error {
	if c.Form() != output.Text || len(c.Flags.Files()) > 0 {
		return wrong("--partial %s: there is no result yet that -o could write (leave -o out here, and say it to conform lint merge)", path)
	}
	if err := output.Check("--partial", path); err != nil {
		return wrong("%s", err)
	}
	return nil
}

// suiteOf names the suite that judges: only what one suite judged is put together.
func suiteOf() string {
	s := suite()
	return s.Version + " " + s.Book
}

// settled refuses files of which the profile would be guessed: from a part something else may be guessed than from the whole.
func (c *lintCommand) settled(o lint.Options) error {
	if o.Profile != nil {
		return nil
	}
	inputs, err := c.open()
	if err != nil {
		return err
	}
	defer closeAll(inputs)
	if _, _, needed := lint.Guess(inputs, o); needed {
		return wrong("--partial: the records name no profile, and from a part another may be guessed than from the whole; say --profile: %s, or the path of its file", strings.Join(fixtures.AllNames(), ", "))
	}
	return nil
}

func closeAll(inputs []*input.Input) {
	for _, in := range inputs {
		_ = in.Close()
	}
}

// shards opens what is judged: each file as a whole, or one shard.
func (c *lintCommand) shards() (shards []parts.Shard, inputs []*input.Input, err error) {
	for i, path := range c.Files {
		s, in, err := c.shard(i, path)
		if err != nil {
			closeAll(inputs)
			return nil, nil, wrong("%s", err)
		}
		shards, inputs = append(shards, s), append(inputs, in)
	}
	return shards, inputs, nil
}

func (c *lintCommand) shard(number int, path string) (s parts.Shard, in *input.Input, err error) {
	size, lines, err := input.Measure(path)
	if err != nil {
		return s, nil, err
	}
	s = parts.Shard{Name: path, Input: number, Size: size, To: size}
	if c.Shard != "" {
		if err := readShard(c.Shard, &s); err != nil {
			return s, nil, err
		}
		if !lines && (s.From > 0 || s.To < size) {
			return s, nil, wrong("--shard %s: %s is packed or a HAR file, which is not cut (leave --shard out)", c.Shard, path)
		}
	}
	if s.Digest == "" {
		if s.Digest, err = input.Digest(path, size); err != nil {
			return s, nil, err
		}
	}
	if !lines {
		in, err = input.Open(path, nil)
		return s, in, err
	}
	cut := input.Shard{From: s.From, To: s.To}
	if s.Lines, err = input.CountLines(path, cut); err != nil {
		return s, nil, err
	}
	in, err = input.OpenShard(path, cut)
	return s, in, err
}

// shardName is how a shard is named: the digest of the file, which may be left out, and the bytes.
var shardName = regexp.MustCompile(`^(?:([0-9a-f]{64}):)?([0-9]{1,15})-([0-9]{0,15})$`)

func readShard(text string, s *parts.Shard) error {
	m := shardName.FindStringSubmatch(text)
	if m == nil {
		return wrong("--shard %q: want FROM-TO in bytes, as 0-67108864, or with the file's SHA-256 in front, as DIGEST:0-67108864", text)
	}
	s.Digest = m[1]
	s.From, _ = strconv.ParseInt(m[2], 10, 64)
	if m[3] != "" {
		s.To, _ = strconv.ParseInt(m[3], 10, 64)
	}
	if s.From > s.To || s.To > s.Size {
		return wrong("--shard %s: %s has %d bytes (want FROM and TO in ascending order within them)", text, s.Name, s.Size)
	}
	return nil
}
