package main

import (
	"context"
	"io"
	"os"
	"time"

	"golang.org/x/term"

	"github.com/acsconform/acsconform/runner/selftest"
)

// env is what a command sees of the process it runs in.
type env struct {
	out, err       io.Writer
	env            func(string) string
	colour         bool // standard output is a terminal that wants colours
	columns        int  // width of standard output where it is a terminal, else 0
	errIsATerminal bool
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
