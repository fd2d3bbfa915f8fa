package main

import (
	"context"
	"io"
	"os"
	"time"

	"golang.org/x/term"

	"github.com/acsconform/acsconform/runner/selftest"
)

// world is what a command sees of the process it runs in.
type world struct {
	out, err       io.Writer
	env            func(string) string
	colour         bool // standard output is a terminal that wants colours
	columns        int  // width of standard output where it is a terminal, else 0
	errIsATerminal bool
	now            func() time.Time
	prove          func(context.Context, *world) selftest.Summary // the self-test that a certificate takes
}

func newWorld() *world {
	columns, _, err := term.GetSize(int(os.Stdout.Fd()))
	if err != nil {
		columns = 0
	}
	return &world{
		out: os.Stdout, err: os.Stderr, env: os.Getenv,
		colour:         term.IsTerminal(int(os.Stdout.Fd())) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb",
		columns:        columns,
		errIsATerminal: term.IsTerminal(int(os.Stderr.Fd())),
		now:            time.Now,
		prove: func(ctx context.Context, w *world) selftest.Summary {
			return w.selftest(ctx, selftest.Sampled(selftest.Trials()))
		},
	}
}
