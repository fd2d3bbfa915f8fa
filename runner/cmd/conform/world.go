package main

import (
	"io"
	"os"

	"golang.org/x/term"
)

// world is what a command sees of the process it runs in.
type world struct {
	out, err       io.Writer
	env            func(string) string
	colour         bool // standard output is a terminal that wants colours
	errIsATerminal bool
}

func newWorld() *world {
	return &world{
		out: os.Stdout, err: os.Stderr, env: os.Getenv,
		colour:         term.IsTerminal(int(os.Stdout.Fd())) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb",
		errIsATerminal: term.IsTerminal(int(os.Stderr.Fd())),
	}
}
