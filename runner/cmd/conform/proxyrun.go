package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/lint"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/output"
	"github.com/acsconform/acsconform/runner/proxy"
	"github.com/acsconform/acsconform/runner/reference/mock/recording"
	"github.com/acsconform/acsconform/runner/transport"
)

// proxyRun is a proxy with all that belongs to it: the watch writes exchanges into a pipe and, where there is one, the
// transcript; the reading judges what comes out of the pipe.
type proxyRun struct {
	c        *proxyCommand
	w        *env
	options  proxy.Options
	lint     lint.Options
	proxy    *proxy.Proxy
	pipe     *io.PipeWriter
	reading  *lint.Reading
	written  *written
	recorder *recording.Recorder // nil where nothing is recorded
	unserved atomic.Int64        // clients for which the upstream could not be reached
	warned   sync.Once
}

// proxyRun reads the flags.
func (c *proxyCommand) open(w *env) (*proxyRun, error) {
	s := &proxyRun{c: c, w: w, lint: lint.Options{Clauses: fixtures.Clauses(), Profiles: fixtures.Profiles()}}
	var err error
	if c.Profile == "" {
		return nil, wrong("say by which profile to judge with --profile: %s, or the path of a file", strings.Join(fixtures.Names(), ", "))
	}
	if s.lint.Profile, err = profile(c.Profile); err != nil {
		return nil, err
	}
	if s.lint.Memory, err = sizeOf(c.Memory); err != nil {
		return nil, err
	}
	if err := c.Settle(output.Text, output.JSON, output.Markdown, output.HTML, output.SARIF, output.GitHub, output.GitLab); err != nil {
		return nil, wrong("%s", err)
	}
	switch {
	case c.Show < 0:
		return nil, wrongShow(c.Show)
	case c.Grace < 0:
		return nil, wrong("--grace %s: want a time of 0 or more", c.Grace)
	case output.Whole(c.Stdout()):
		return nil, wrong("-o %[1]s: it is written whole on every SIGHUP and at the end; say to which file with -o %[1]s=FILE", c.Stdout())
	}
	s.lint.Workers = max(1, runtime.GOMAXPROCS(0)/2) // what passes comes first
	u, err := upstreamOf(c.Upstream)
	if err != nil {
		return nil, err
	}
	s.options = proxy.Options{Upstream: u, Timeout: dialTimeout, Warn: s.warn}
	if s.options.TLS, err = transport.TLS(c.Insecure, c.CA); err != nil {
		return nil, wrong("%s", err)
	}
	s.options.TLS.ServerName = u.Hostname()
	if s.recorder, err = recorderFor(c.Record, c.RecordLatency); err != nil {
		return nil, err
	}
	if s.options.Secure, err = c.secure(); err != nil {
		return nil, err
	}
	s.options.Secure.NextProtos = []string{"http/1.1"} // what passes is judged as HTTP/1
	return s, nil
}

// open starts the judging, and then the proxy.
func (s *proxyRun) open() error {
	debug.SetMemoryLimit(memoryLimit + 2*s.lint.Memory)
	name, out, in := "exchange", io.Writer(nil), (*io.PipeReader)(nil)
	in, s.pipe = io.Pipe()
	out = s.pipe
	if path := s.c.Transcript; path != "" {
		file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
		if err != nil {
			return wrong("--transcript: %s", err)
		}
		s.written = &written{file: file}
		name, out = path, io.MultiWriter(s.written, s.pipe)
	}
	s.options.Watch = proxy.NewWatch(out, s.lint.Profile.Name, s.lint.Memory)
	if s.recorder != nil {
		s.options.Watch.Keep(s.recorder.From(s.lint.Profile))
	}
	p, err := proxy.Listen(s.c.Listen, s.options)
	if err != nil {
		return wrong("--listen: %s", err)
	}
	s.proxy = p
	s.reading = lint.Start(context.Background(), []*input.Input{input.From(name, in)}, s.lint)
	return nil
}

// greet prints where it listens: on standard output, unless that is for a result in another form than text.
func (s *proxyRun) greet() {
	out := s.w.out
	if form := s.c.Stdout(); form != "" && form != output.Text {
		out = s.w.err
	}
	s.w.to(out).printf("proxy on %s  ·  passes on to %s, judges by %s\n", s.proxy.URL(), s.options.Upstream.Redacted(), s.lint.Profile.Name)
}

// warn prints once that the upstream cannot be reached.
func (s *proxyRun) warn(err error) {
	s.unserved.Add(1)
	s.warned.Do(func() { s.w.say("the upstream cannot be reached: %s", err) })
}

// tell returns what was found so far.
func (s *proxyRun) tell() {
	r, err := s.reading.Snapshot()
	if err == nil {
		err = s.write(s.noted(r))
	}
	if err != nil {
		s.w.say("%s", err)
	}
}

// end lets open connections end, and tells what was found in all.
func (s *proxyRun) end() error {
	ctx, cancel := context.WithTimeout(context.Background(), s.c.Grace)
	defer cancel()
	s.proxy.Close(ctx)
	s.options.Watch.Close()
	_ = s.pipe.Close()
	failed := s.w.record(s.recorder, s.c.Record)
	r, err := s.reading.Wait()
	if err != nil {
		return cmp.Or(failed, untested("%s", err))
	}
	r = s.noted(r)
	if err := s.write(r); err != nil {
		failed = cmp.Or(failed, untested("%s", err))
	}
	return unwritten(failed, s.verdict(r))
}

// verdict returns the exit code as an error.
func (s *proxyRun) verdict(r *lint.Result) error {
	switch broken := s.written.close(); {
	case r.Judged == 0:
		return untested("nothing was judged")
	case r.Broken():
		return &exit{code: exitBroken}
	case s.c.Strict && r.Warned():
		return &exit{exitBroken, "something warned, and --strict makes that fail"}
	case broken != nil:
		return untested("the transcript is incomplete: %s", broken)
	}
	return nil
}

// write writes a result as lint does of logs that grow.
func (s *proxyRun) write(r *lint.Result) error {
	l := &lintCommand{Show: s.c.Show, Follow: true}
	return s.c.Put(s.w.out, func(out io.Writer, t output.Target) error { return l.write(s.w, out, t, r) })
}

// noted adds what only the proxy knows.
func (s *proxyRun) noted(r *lint.Result) *lint.Result {
	full := *r
	full.Notes = append(full.Notes[:len(full.Notes):len(full.Notes)], s.options.Watch.Tally().Notes()...)
	if n := s.unserved.Load(); n > 0 {
		full.Notes = append(full.Notes, fmt.Sprintf("connections that were reset because the upstream could not be reached: %d", n))
	}
	return &full
}

// written is a transcript that is being written. Judging goes on where writing it fails.
type written struct {
	mu   sync.Mutex
	file *os.File
	err  error
}

// Write appends one exchange.
func (t *written) Write(line []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.err == nil {
		_, t.err = t.file.Write(line)
	}
	return len(line), nil
}

// close returns the first fault; where there is no transcript, there is none.
func (t *written) close() error {
	if t == nil {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := t.file.Close(); t.err == nil {
		t.err = err
	}
	return t.err
}
