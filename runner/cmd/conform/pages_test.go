package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"github.com/acsconform/acsconform/runner/targetfile"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

// maxFirstPage is how many lines README.md may have, so that a newcomer reads it.
const maxFirstPage = 180

func TestTheFirstPageIsShort(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(top, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(text), "\n"); n > maxFirstPage {
		t.Errorf("README.md has %d lines, want at most %d; move what a newcomer does not need into the page beside the code", n, maxFirstPage)
	}
}

func TestLinksOfThePagesLeadSomewhere(t *testing.T) {
	checked := 0
	for _, p := range pages(t) {
		for _, to := range p.links() {
			checked++
			if !p.leads(to) {
				t.Errorf("%s: the link to %s leads to no file, or to no heading of it", p.name, to)
			}
		}
	}
	if checked < 40 {
		t.Errorf("%d links were found, want at least 40", checked)
	}
	p := readPage("runner/README.md", "# One `two`, three\n")
	for to, want := range map[string]bool{"lint/README.md": true, "../schemas": true, "lint/none.md": false, "#one-two-three": true, "#one": false, "../README.md#none": false} {
		if p.leads(to) != want {
			t.Errorf("a link to %s leads somewhere: %v, want %v", to, !want, want)
		}
	}
}

// Every command line of a page parses, and inline code that begins with a command uses commands, flags and targets that
// exist.
func TestCommandLinesOfThePagesParse(t *testing.T) {
	conforms, makes := 0, 0
	for _, p := range pages(t) {
		makefile := makefileOf(t, p.name)
		check := func(line string, parse func([]string) error) {
			for _, words := range shellCommands(line) {
				var err error
				switch {
				case isConform(words):
					conforms++
					err = parse(words[1:])
				case isMake(words):
					makes++
					err = makeFault(makefile, words[1:])
				}
				if err != nil {
					t.Errorf("%s: %s\n  %v", p.name, line, err)
				}
			}
		}
		for _, line := range p.code {
			check(line, lineFault)
		}
		for _, code := range p.spans() {
			check(code, usageFault)
		}
	}
	if conforms < 40 || makes < 20 {
		t.Errorf("%d command lines of conform and %d of make were found, want at least 40 and 20", conforms, makes)
	}
}

// lineFault parses a whole command line, without running it.
func lineFault(args []string) error {
	parser, err := newParser(&env{out: io.Discard, err: io.Discard})
	if err != nil {
		return err
	}
	ctx, err := parser.Parse(args)
	if twice := repeated(ctx, err); twice != nil {
		return twice
	}
	if errors.Is(err, errHelp) {
		return nil
	}
	return err
}

// usageFault parses a command that is mentioned, which need not be complete.
func usageFault(args []string) error {
	parser, err := newParser(&env{out: io.Discard, err: io.Discard})
	if err != nil {
		return err
	}
	ctx, err := kong.Trace(parser, args)
	if err != nil {
		return err
	}
	return ctx.Error
}

// make help lists what is in one of its groups, and every target has to be.
func TestMakeHelpListsEveryTarget(t *testing.T) {
	makefile := makefileOf(t, "README.md")
	targets := regexp.MustCompile(`(?m)^\.PHONY: ([a-z]+)$`).FindAllStringSubmatch(makefile, -1)
	if len(targets) < 15 {
		t.Errorf("%d targets were found, want at least 15", len(targets))
	}
	for _, target := range targets {
		if !regexp.MustCompile(`(?m)^` + target[1] + `:.*## (?:use|develop|measure): `).MatchString(makefile) {
			t.Errorf("make help does not list %s; begin the comment after its ## with use:, develop: or measure:", target[1])
		}
	}
}

// makefileOf returns the Makefile that is nearest to a page.
func makefileOf(t *testing.T, name string) string {
	t.Helper()
	for dir := filepath.Dir(name); ; dir = filepath.Dir(dir) {
		text, err := os.ReadFile(filepath.Join(top, dir, "Makefile"))
		if err == nil {
			return string(text)
		}
		if dir == "." {
			t.Fatal(err)
		}
	}
}

// makeFault holds the words after make against the targets and variables of a Makefile.
func makeFault(makefile string, words []string) error {
	for _, word := range words {
		if name, _, set := strings.Cut(word, "="); set {
			if !strings.Contains(makefile, "$("+name+")") {
				return fmt.Errorf("the Makefile uses no variable %s", name)
			}
			continue
		}
		if !regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(word) + `:`).MatchString(makefile) {
			return fmt.Errorf("the Makefile has no target %s", word)
		}
	}
	return nil
}

func TestFaultsOfCommandLinesAreFound(t *testing.T) {
	for line, want := range map[string]string{
		"run --config target.yaml || test $? -eq 1": "",
		"explode":                               "unexpected argument explode",
		"run --configuration target.yaml | cat": "unknown flag --configuration",
		"lint":                                  "expected \"<file> ...\"", "list mutant": "must be one of",
		"run --style rpc --style roa # twice": "given more than once",
	} {
		err := lineFault(shellCommands(line)[0])
		if err == nil && want != "" || err != nil && (want == "" || !strings.Contains(err.Error(), want)) {
			t.Errorf("conform %s: %v, want %q", line, err, want)
		}
	}
	if lineErr, useErr := usageFault([]string{"lint"}), usageFault([]string{"lint", "--mapp"}); lineErr != nil || useErr == nil {
		t.Errorf("conform lint mentioned: %v, want nothing; conform lint --mapp: %v, want a fault", lineErr, useErr)
	}
	const makefile = "gate: build ## compare\n\tconform diff $(BASE)\n"
	for line, fails := range map[string]bool{"gate BASE=a.json": false, "gates": true, "gate BASIS=a.json": true, "build": true} {
		if err := makeFault(makefile, strings.Fields(line)); (err != nil) != fails {
			t.Errorf("make %s: %v, want a fault: %v", line, err, fails)
		}
	}
}

func TestCommandsOfALine(t *testing.T) {
	for line, want := range map[string][][]string{
		"$ make gate BASE=a.json DIFF='--strict -x'   # compare": {{"make", "gate", "BASE=a.json", "DIFF=--strict -x"}},
		"- run: conform run || test $? -eq 1":                    {{"conform", "run"}, {"test", "$?", "-eq", "1"}},
		`conform diff a b >> "$SUMMARY"`:                         {{"conform", "diff", "a", "b"}},
		"ssh gateway cat log | .build/conform lint -":            {{"ssh", "gateway", "cat", "log"}, {".build/conform", "lint", "-"}},
	} {
		if got := shellCommands(line); !slices.EqualFunc(got, want, slices.Equal) {
			t.Errorf("%s\ngot  %q\nwant %q", line, got, want)
		}
	}
}

// The files that the pages show are read without a fault.
func TestFilesThatThePagesShow(t *testing.T) {
	env := func(name string) string { return "value-of-" + name }
	for _, name := range []string{"README.md", chinesePage, "runner/README.md"} {
		text := shownBlock(t, name, "url: https://api.example.test/\n")
		target, err := targetfile.Load(write(t, text), env)
		if err != nil || target.Credentials["inactive"].AccessKeyID != "value-of-OLD_ID" {
			t.Errorf("%s: %v, in\n%s", name, err, text)
		}
	}
	list := &schemas.KnownList{}
	text := shownBlock(t, "runner/README.md", "known:\n")
	if err := file.ParseYAML(file.Known, "known.yaml", []byte(text), list); err != nil {
		t.Errorf("%v, in\n%s", err, text)
	}
}
