// Package sdks asks official SDKs what they make of an answer. The SDKs are large, so they live in a program of their
// own, conform-sdk, which is started once for a run and is given an answer a line: [Start] is this end of the
// conversation, [Serve] the other.
//
// Nothing about it is promised to importers; package runner says what is.
package sdks

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// Program is the name of the program that knows the SDKs.
const Program = "conform-sdk"

// protocol names the form of the conversation.
const protocol = "acsconform/sdks/1"

// What the program may say, and how long it may take for it. An answer goes to it in one line of two megabytes at most, and
// comes back once for each SDK.
const (
	maxLine = 16 << 20
	maxSDKs = 64
	maxWait = time.Minute
)

var (
	errLong = errors.New("it answered with a line that goes on past 16 MiB")
	errMany = errors.New("it answered for more SDKs than 64")
	errSlow = errors.New("it did not answer within a minute")
)

// hello is the first line that the program says.
type hello struct {
	Protocol string        `json:"protocol"`
	SDKs     []schemas.SDK `json:"sdks"`
}

// Question is one answer of a server, and what it answered.
type Question struct {
	Style    schemas.Style    `json:"style"`
	Format   schemas.Format   `json:"format,omitempty"` // that was asked for
	Response schemas.Response `json:"response"`
}

// ErrMissing means that the program is not to be found.
var ErrMissing = errors.New(Program + " is neither beside conform nor in PATH; in a checkout, make sdk builds both")

// Find looks for the program beside this one, then in PATH.
func Find() (string, error) {
	if own, err := os.Executable(); err == nil {
		if path, err := exec.LookPath(filepath.Join(filepath.Dir(own), Program)); err == nil {
			return path, nil
		}
	}
	path, err := exec.LookPath(Program)
	if err != nil {
		return "", ErrMissing
	}
	return path, nil
}

// Process is a running program that calls the SDKs. It is safe for concurrent use.
type Process struct {
	cmd   *exec.Cmd
	asked []schemas.SDK
	wait  time.Duration // for one line

	mu  sync.Mutex
	in  io.WriteCloser
	out *bufio.Reader
	err error // what ended the conversation
}

// Start starts the program and has it say which SDKs it knows. It ends with ctx at the latest.
func Start(ctx context.Context, path string) (*Process, error) {
	p := &Process{cmd: exec.CommandContext(ctx, path), wait: maxWait}
	p.cmd.WaitDelay = time.Second
	var err error
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	p.out = bufio.NewReader(out)
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var said hello
	err = p.hear(&said)
	if err == nil && len(said.SDKs) > maxSDKs {
		err = errMany
	}
	if err != nil || said.Protocol != protocol {
		p.kill()
		_ = p.Close()
		return nil, fmt.Errorf("%s does not speak %s; build it from the same version as conform", path, protocol)
	}
	p.asked = said.SDKs
	return p, nil
}

// Asked names the SDKs that the program knows.
func (p *Process) Asked() []schemas.SDK { return p.asked }

// Read returns what the SDKs that suit the style of an exchange made of its answer. It returns nothing once the
// conversation has broken off, of which [Process.Close] tells.
func (p *Process) Read(x *schemas.Exchange) []schemas.Reading {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err != nil || x.Response == nil {
		return nil
	}
	var readings []schemas.Reading
	stop := time.AfterFunc(p.wait, p.kill) // also where it does not read what it is asked
	p.err = json.NewEncoder(p.in).Encode(Question{Style: x.Intent.Style, Format: x.Intent.Format, Response: *x.Response})
	if p.err == nil {
		p.err = p.hear(&readings)
	}
	if !stop.Stop() {
		p.err = fmt.Errorf("%s: %w", Program, errSlow)
	}
	if p.err != nil {
		p.kill()
		return nil
	}
	return readings
}

func (p *Process) kill() { _ = p.cmd.Process.Kill() }

// hear reads one line, which is bounded as a whole and in time.
func (p *Process) hear(to any) error {
	defer time.AfterFunc(p.wait, p.kill).Stop()
	var line []byte
	for {
		part, err := p.out.ReadSlice('\n')
		if len(line)+len(part) > maxLine {
			return fmt.Errorf("%s: %w", Program, errLong)
		}
		line = append(line, part...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil:
			return fmt.Errorf("%s ended: %w", Program, err)
		}
		break
	}
	if err := decode(line, to); err != nil {
		return fmt.Errorf("%s did not send an answer: %w", Program, err)
	}
	return nil
}

// decode reads a line into to. Of readings it takes no more than there can be SDKs.
func decode(line []byte, to any) error {
	readings, ok := to.(*[]schemas.Reading)
	if !ok {
		return json.Unmarshal(line, to)
	}
	in := json.NewDecoder(bytes.NewReader(line))
	switch open, err := in.Token(); {
	case err != nil:
		return err
	case open == nil: // null, for none
		return nil
	case open != json.Delim('['):
		return errors.New("want a list")
	}
	for in.More() {
		if len(*readings) == maxSDKs {
			return errMany
		}
		var one schemas.Reading
		if err := in.Decode(&one); err != nil {
			return err
		}
		*readings = append(*readings, one)
	}
	return nil
}

// Close ends the program. It returns the error that ended the conversation with it before, where there was one.
func (p *Process) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	_ = p.in.Close()
	defer time.AfterFunc(p.wait, p.kill).Stop()
	ended := p.cmd.Wait()
	if p.err != nil {
		return p.err
	}
	if ended != nil {
		return fmt.Errorf("%s: %w", Program, ended)
	}
	return nil
}

// Serve runs in the program that holds the SDKs: it lists them, and answers every question by the readings of read.
func Serve(in io.Reader, out io.Writer, known []schemas.SDK, read func(Question) []schemas.Reading) error {
	say := json.NewEncoder(out)
	if err := say.Encode(hello{protocol, known}); err != nil {
		return err
	}
	questions := json.NewDecoder(in)
	for {
		var q Question
		if err := questions.Decode(&q); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if err := say.Encode(read(q)); err != nil {
			return err
		}
	}
}
