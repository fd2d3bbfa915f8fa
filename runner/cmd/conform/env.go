package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"

	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/runner/output"
	"github.com/acsconform/acsconform/runner/selftest"
	"github.com/acsconform/acsconform/suites/wording"
)

// env is what a command sees of the process it runs in.
type env struct {
	out, err       io.Writer
	env            func(string) string
	colour         bool // standard output is a terminal that wants colours
	lang           lang.Language
	columns        int // width of standard output where it is a terminal, else 0
	errIsATerminal bool
	last           string // the error that the command ended with
	now            func() time.Time
	prove          func(context.Context, *env) selftest.Summary // the self-test that a certificate takes
}

func newWorld() *env {
	columns, _, err := term.GetSize(int(os.Stdout.Fd()))
	if err != nil {
		columns = 0
	}
	return &env{
		out: os.Stdout, err: os.Stderr, env: os.Getenv,
		colour:         term.IsTerminal(int(os.Stdout.Fd())) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb",
		columns:        columns,
		errIsATerminal: term.IsTerminal(int(os.Stderr.Fd())),
		now:            time.Now,
		prove: func(ctx context.Context, w *env) selftest.Summary {
			return w.selftest(ctx, selftest.Sampled(selftest.Trials()))
		},
	}
}

// terminal returns standard error where that is a terminal, else nil.
func (w *env) terminal() io.Writer {
	if !w.errIsATerminal {
		return nil
	}
	return w.err
}

// printf prints lines of text, in the language.
func (w *env) printf(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if w.lang != lang.English {
		text = w.lang.Lines(text)
	}
	_, _ = io.WriteString(w.out, text)
}

// to returns the same that prints elsewhere.
func (w *env) to(out io.Writer) *env {
	other := *w
	other.out = out
	if out != w.out {
		other.colour, other.columns = false, 0
	}
	return &other
}

// printed runs what prints a text, and puts the text to where -o has it go.
func (w *env) printed(f *output.Flags, print func(*env) error) error {
	if err := f.Settle(output.Text); err != nil {
		return wrong("%s", err)
	}
	return f.Print(w.out, func(out io.Writer) error { return print(w.to(out)) })
}

// listed puts a table, or the value that it is of as JSON, to where -o has it go; --json is an older name of -o json.
func (w *env) listed(f *output.Flags, asJSON bool, value any, table func(*env)) error {
	if err := settleListed(f, asJSON); err != nil {
		return err
	}
	err := f.Put(w.out, func(out io.Writer, t output.Target) error {
		if t.Form == output.JSON {
			return wording.WriteJSON(out, value, "  ")
		}
		table(w.to(out))
		return nil
	})
	if err != nil {
		return untested("%s", err)
	}
	return nil
}

// settleListed parses -o for the commands that list; --json is -o json.
func settleListed(f *output.Flags, asJSON bool) error {
	if asJSON {
		f.Output = []string{output.JSON}
	}
	if err := f.Settle(output.Text, output.JSON); err != nil {
		return wrong("%s", err)
	}
	return nil
}
