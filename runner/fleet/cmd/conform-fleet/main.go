// Command conform-fleet tests fleets: many targets in rounds, with jobs and results in one database.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/acsconform/acsconform/runner/internal/cmdlang"
	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/suites/wording"
)

// line is the command line.
type line struct {
	Lang string `placeholder:"LANG" help:"Language of what is shown: zh or en; else that of LC_ALL, LC_MESSAGES or LANG. JSON, ids and exit codes are the same in every language."`

	Run     runCommand     `cmd:"" help:"Test every target of a fleet once, wait, and say what was found."`
	Up      upCommand      `cmd:"" help:"Test a fleet by its schedule, until stopped."`
	Work    workCommand    `cmd:"" help:"Test what is queued in a PostgreSQL database, until stopped."`
	Report  reportCommand  `cmd:"" help:"Say what a round found."`
	Diff    diffCommand    `cmd:"" help:"Say which targets changed between two rounds."`
	Check   checkCommand   `cmd:"" help:"Check fleet files, and all that they name. Sends nothing."`
	Prune   pruneCommand   `cmd:"" help:"Remove the rounds of a fleet that its file does not keep."`
	Migrate migrateCommand `cmd:"" help:"Make or bring up to date the tables of a database."`
}

// The exit codes, as conform has them.
const (
	exitKept     = 0
	exitBroken   = 1
	exitUsage    = 2
	exitUntested = 3
)

// exit is an error that knows its exit code.
type exit struct {
	code int
	text string
}

// Error returns what is said to the caller; nothing where all was said.
func (e *exit) Error() string { return e.text }

// wrong is an error in what the command was given.
func wrong(format string, args ...any) error { return &exit{exitUsage, fmt.Sprintf(format, args...)} }

// untested is what kept the command from its work.
func untested(format string, args ...any) error {
	return &exit{exitUntested, fmt.Sprintf(format, args...)}
}

// version is set by the linker.
var version string

// env is what a command writes to.
type env struct {
	out, err io.Writer
	log      *slog.Logger
	lang     lang.Language
}

func main() {
	log.SetOutput(io.Discard) // users can do nothing about what libraries log
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := command(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// command runs one command line and returns its exit code.
func command(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	helped := false
	w := &env{out: stdout, err: stderr}
	var err error
	w.lang, err = cmdlang.Settle(args, os.Getenv)
	if err != nil {
		return w.end(wrong("%s", err))
	}
	w.log = slog.New(&quiet{out: stderr, lang: w.lang})
	parser, err := kong.New(&line{}, kong.Name("conform fleet"),
		kong.Description("Tests fleets of servers that answer by the Alibaba Cloud response convention.\n\n"+
			"Exit codes: 0 nothing broken, 1 something broken, 2 wrong usage, 3 could not test."),
		kong.Writers(stdout, stderr), kong.Exit(func(int) { helped = true }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.Help(cmdlang.Help(w.lang)), kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(w))
	if err != nil {
		return w.end(err)
	}
	cmdlang.Translate(w.lang, parser.Model.Node)
	parsed, err := parser.Parse(args)
	if helped {
		return exitKept
	}
	if err != nil {
		return w.end(wrong("%s; conform fleet --help lists commands and flags", err))
	}
	return w.end(parsed.Run())
}

// end prints an error, a line for each fault, and returns its exit code.
func (w *env) end(err error) int {
	if err == nil {
		return exitKept
	}
	known := &exit{exitUntested, err.Error()}
	errors.As(err, &known)
	for text := range strings.Lines(known.text) {
		text = strings.TrimSpace(text)
		said := w.lang.Text(text)
		if !strings.Contains(strings.SplitN(text, " ", 2)[0], ".yaml:") { // a fault of a file begins with its place
			said = "conform fleet: " + said
		}
		_, _ = fmt.Fprintln(w.err, wording.Plain(said))
	}
	return known.code
}

// say writes a line to standard error.
func (w *env) say(format string, args ...any) {
	_, _ = fmt.Fprintln(w.err, "conform fleet: "+wording.Plain(w.lang.Say(format, args...)))
}
