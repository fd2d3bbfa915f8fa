package main

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/acsconform/acsconform/runner/internal/cmdlang"
	"github.com/acsconform/acsconform/suites/wording"
)

// line is the command line.
type line struct {
	Help      helpFlag         `short:"h" help:"Show this text."`
	Lang      string           `placeholder:"LANG" help:"Language of what is shown: zh or en; else that of LC_ALL, LC_MESSAGES or LANG. JSON, ids and exit codes are the same in every language."`
	Version   versionFlag      `help:"Print the version, the commit and the digest of the book."`
	Run       runCommand       `cmd:"" help:"Test a target, or without one the reference server in this process."`
	Serve     serveCommand     `cmd:"" help:"Run the reference server, a mutant or an oddity of it."`
	Lint      lintCommand      `cmd:"" help:"Judge captured traffic: HAR files, JSON Lines, transcripts. Sends nothing."`
	LintMerge mergeCommand     `cmd:"" name:"lint-merge" hidden:"" help:"Put together what conform lint --partial left of parts of the traffic: conform lint merge PART…"`
	Proxy     proxyCommand     `cmd:"" help:"Pass traffic on to a service unchanged, and judge what passes."`
	Diff      diffCommand      `cmd:"" help:"Say what changed between two reports, or between two live targets."`
	List      listCommand      `cmd:"" help:"List clauses, cases, conditions, codes, profiles, mutants or oddities."`
	Explain   explainCommand   `cmd:"" help:"Explain a clause, a case, a condition or a code."`
	Certify   certifyCommand   `cmd:"" help:"Test a target with everything required, and write a certificate that a third party can check."`
	Verify    verifyCommand    `cmd:"" help:"Check a certificate: signature, files, expiry, and the transcript judged again. Sends nothing."`
	Keygen    keygenCommand    `cmd:"" help:"Make a pair of keys to sign certificates with and to check them by."`
	Sign      signCommand      `cmd:"" help:"Show how a request is signed, step by step, and what another signature differs in. Sends nothing."`
	Doctor    doctorCommand    `cmd:"" help:"Say what keeps a target from being tested, or from being tested in full, and the line to add."`
	Check     checkCommand     `cmd:"" help:"Check profiles, target files, lists of known failures, maps, fleet files and files of answers. Sends nothing."`
	Statement statementCommand `cmd:"" help:"Write the conformance statement of a report: every clause and row, in Markdown."`
	Selftest  selftestCommand  `cmd:"" help:"Try the suite on servers of which the verdict is known: every mutant caught, every oddity let pass."`

	Fleet      fleetCommand      `cmd:"" help:"Test many targets in rounds, by a fleet file; needs conform-fleet (make fleet)."`
	Completion completionCommand `cmd:"" help:"Print what completes command lines in bash, zsh or fish."`

	TargetCommands  `embed:""`
	ProfileCommands `embed:""`
}

var errHelp = errors.New("help was asked for")

// helpFlag prints the usage instead of running anything.
type helpFlag bool

// BeforeReset is called by kong when the flag is there.
func (helpFlag) BeforeReset(ctx *kong.Context) error {
	_ = ctx.PrintUsage(false) // a fault of standard output is seen there
	return errHelp
}

// command runs one command line and returns its exit code.
func command(args []string, w *env) int {
	out := &standardOutput{to: w.out}
	w.out = out
	code := w.run(args)
	return out.settle(w, code, w.last)
}

func (w *env) run(args []string) int {
	language, err := cmdlang.Settle(args, w.env)
	if w.lang = language; err != nil {
		return w.end(wrong("%s", err))
	}
	parser, err := newParser(w)
	if err != nil {
		return w.end(err)
	}
	if completed(parser, w) {
		return exitKept
	}
	ctx, err := parser.Parse(mergeArgs(args))
	if twice := repeated(ctx, err); twice != nil {
		return w.end(twice)
	}
	if empty := emptied(ctx, err); empty != nil {
		return w.end(empty)
	}
	if err != nil {
		return w.refuse(args, err)
	}
	return w.end(ctx.Run())
}

// newParser reads command lines.
func newParser(w *env) (*kong.Kong, error) {
	parser, err := kong.New(&line{},
		kong.Name("conform"),
		kong.Description("Conformance suite for servers that answer by the Alibaba Cloud response convention.\n\n"+
			"Exit codes: 0 nothing broken, 1 something broken, 2 wrong usage, 3 could not test."),
		kong.NoDefaultHelp(),
		kong.Writers(w.out, w.err),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.Help(cmdlang.Help(w.lang)),
		kong.Bind(w),
		kong.KindMapper(reflect.String, asGiven),
	)
	if err == nil {
		cmdlang.Translate(w.lang, parser.Model.Node)
	}
	return parser, err
}

// refuse ends a command line that cannot be read: with its usage when it names no command, else with one line.
func (w *env) refuse(args []string, err error) int {
	if errors.Is(err, errHelp) {
		return exitKept
	}
	var p *kong.ParseError
	if len(args) == 0 && errors.As(err, &p) {
		p.Context.Stdout = w.err
		if p.Context.PrintUsage(false) == nil {
			return exitUsage
		}
	}
	if says := wordless(err); says != "" {
		return w.end(wrong("%s", says))
	}
	return w.end(wrong("%s; conform --help lists commands and flags", err))
}

// end describes an error in one line and returns the exit code that goes with it.
func (w *env) end(err error) int {
	if err == nil {
		return exitKept
	}
	known := &exit{exitUntested, err.Error()}
	errors.As(err, &known)
	for line := range strings.Lines(known.text) { // a file may have several faults, each in its line
		w.fault(line)
	}
	w.last = known.text
	return known.code
}

// placed is the beginning of a fault of a file, by which editors and pipelines find the place.
var placed = regexp.MustCompile(`^[^:]+:[0-9]+:[0-9]+: `)

// fault writes one line to standard error: a fault of a file as it is, anything else in the name of the command.
func (w *env) fault(line string) {
	if placed.MatchString(line) {
		_, _ = fmt.Fprintln(w.err, wording.Plain(w.lang.Text(strings.TrimSpace(line))))
		return
	}
	w.say("%s", line)
}

// say writes one line to standard error.
func (w *env) say(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	_, _ = fmt.Fprintln(w.err, "conform: "+wording.Plain(w.lang.Text(strings.TrimSpace(text))))
}
