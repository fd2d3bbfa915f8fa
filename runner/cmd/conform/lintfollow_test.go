package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/lint"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/output"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

func TestFollow(t *testing.T) {
	f := follow(t, nil, goodLine(1)+badLine("NoSuch"), "access.log")
	f.until("× ERROR-1  NoSuch  new, access.log:2: got")
	f.write(goodLine(2) + strings.Repeat(badLine("NoSuch"), 9))
	f.until("× ERROR-1  NoSuch  10 by now, access.log:4")
	f.write(badLine("Other\u009b"))
	f.until(`× ERROR-1  Other<U+009B>  new`)
	f.signal(syscall.SIGHUP)
	f.until("13 records of 1 input, 13 judged, by ecs")
	f.until("11 findings of 2 sorts")
	if err := os.Rename(f.log, f.log+".1"); err != nil {
		t.Fatal(err)
	}
	f.write(badLine("Third"))
	f.until("× ERROR-1  Third  new, access.log:1: got")
	f.signal(os.Interrupt)
	rest, code := f.end()
	if code != exitBroken || !strings.Contains(rest, "12 findings of 3 sorts") || !strings.Contains(rest, "access.log:2 (1 rotation ago)") || !strings.Contains(rest, "interrupted") {
		t.Errorf("exit %d\n%s%s", code, rest, f.err.String())
	}
}

func TestFollowWithNothingBroken(t *testing.T) {
	f := follow(t, nil, goodLine(1)+strings.Replace(goodLine(2), "application/json", "application/vnd.x+json", 1), "access.log")
	f.until("! CLIENT-1  new, access.log:2")
	f.signal(syscall.SIGTERM)
	rest, code := f.end()
	if code != exitKept || !strings.Contains(rest, "2 records of 1 input, 2 judged") {
		t.Errorf("exit %d\n%s%s", code, rest, f.err.String())
	}
}

// Every line of JSON fits one of two schemas, and says which.
func TestFollowInJSON(t *testing.T) {
	f := follow(t, nil, badLine("NoSuch"), "-o", "json", "access.log")
	lines := []string{f.until(`"event":"new"`)}
	f.write(strings.Repeat(badLine("NoSuch\u009b"), 10))
	lines = append(lines, f.until(`"event":"new"`))
	f.signal(syscall.SIGHUP)
	lines = append(lines, f.until(`"records"`))
	f.signal(os.Interrupt)
	rest, code := f.end()
	lines = append(lines, strings.SplitAfter(strings.TrimSuffix(rest, "\n"), "\n")...)
	if code != exitBroken || len(lines) != 4 {
		t.Errorf("exit %d, %d lines: %q", code, len(lines), lines)
	}
	for _, l := range lines {
		kind := file.LintEvent
		if strings.Contains(l, `"`+schemas.LintSchema+`"`) {
			kind = file.Lint
		}
		if err := file.CheckJSON(kind, []byte(l)); err != nil {
			t.Errorf("%s: %v", l, err)
		}
		if strings.ContainsAny(l, "\u009b\x1b") {
			t.Errorf("a character that a terminal obeys: %q", l)
		}
	}
}

// Other documents go whole to a file, and the news beside them.
func TestFollowIntoAFile(t *testing.T) {
	f := follow(t, nil, badLine("NoSuch"), "-o", "html", "--to", "page.html", "access.log")
	f.until("new, access.log:1")
	f.signal(os.Interrupt)
	_, code := f.end()
	text, err := os.ReadFile(filepath.Join(filepath.Dir(f.log), "page.html"))
	if code != exitBroken || err != nil || !strings.HasSuffix(string(text), "</html>\n") {
		t.Errorf("exit %d, %v: %s", code, err, text)
	}
	f = follow(t, nil, badLine("NoSuch"), "-o", "markdown", "--max-findings", "1", "access.log")
	rest, code := f.end()
	if code != exitBroken || !strings.HasPrefix(rest, "# Captured traffic") || !strings.Contains(f.err.String(), "new, access.log:1") {
		t.Errorf("exit %d, %s%s", code, rest, f.err.String())
	}
}

// A pipe on standard input is judged as it comes; its end is the end.
func TestFollowAPipe(t *testing.T) {
	in, out := io.Pipe()
	f := follow(t, in, "", "-")
	_, _ = io.WriteString(out, badLine("NoSuch"))
	f.until("new, stdin:1")
	_ = out.Close()
	rest, code := f.end()
	if code != exitBroken || !strings.Contains(rest, "1 finding of 1 sort") || strings.Contains(rest, "stopped") {
		t.Errorf("exit %d\n%s", code, rest)
	}
}

// An interrupt ends what is followed as it has to end; of anything else it leaves something unread, which may be broken.
func TestExitsOfAnInterrupt(t *testing.T) {
	broken := &lint.Result{Judged: 1, Findings: []lint.Finding{{Clause: "ERROR-1", Level: schemas.Must, Count: 1}}}
	warned := &lint.Result{Judged: 1, Findings: []lint.Finding{{Clause: "CLIENT-1", Level: schemas.Should, Count: 1}}}
	lost := []schemas.LintCut{{File: "log", Why: "1 rotated file came and went"}}
	for _, c := range []struct {
		c      lintCommand
		result *lint.Result
		cause  error
		code   int
	}{
		{lintCommand{}, broken, context.Canceled, exitBroken},
		{lintCommand{}, &lint.Result{Judged: 1}, context.Canceled, exitUntested},
		{lintCommand{}, &lint.Result{Judged: 1}, nil, exitKept},
		{lintCommand{}, broken, errors.New("cut"), exitUntested},
		{lintCommand{}, nil, errors.New("no room"), exitUntested},
		{lintCommand{Follow: true}, broken, context.Canceled, exitBroken},
		{lintCommand{Follow: true}, &lint.Result{Judged: 1}, context.Canceled, exitKept},
		{lintCommand{Follow: true}, &lint.Result{}, context.Canceled, exitUntested},
		{lintCommand{Follow: true}, warned, context.Canceled, exitKept},
		{lintCommand{Follow: true, Strict: true}, warned, context.Canceled, exitBroken},
		{lintCommand{Follow: true}, &lint.Result{Judged: 1, Cut: lost}, context.Canceled, exitUntested},
		{lintCommand{Follow: true}, &lint.Result{Judged: 1, Cut: lost, Findings: broken.Findings}, context.Canceled, exitBroken},
		{lintCommand{Follow: true}, &lint.Result{Judged: 1, Cut: []schemas.LintCut{{File: "log", Why: "more", Behind: true}}}, context.Canceled, exitKept},
	} {
		var out bytes.Buffer
		c.c.Output = []string{output.Text}
		if err := c.c.Settle(output.Text); err != nil {
			t.Fatal(err)
		}
		teller := c.c.printer(&env{out: &out}, "")
		code := exitKept
		if e := (*exit)(nil); errors.As(c.c.end(teller, c.result, c.cause), &e) {
			code = e.code
		}
		if code != c.code || (out.Len() == 0) != (c.result == nil) {
			t.Errorf("%+v, %+v, %v: exit %d, want %d\n%s", c.c, c.result, c.cause, code, c.code, out.String())
		}
	}
}

func TestFollowRefuses(t *testing.T) {
	zipped := write(t, "\x1f\x8b\x08\x00")
	har := write(t, `{"log":{"entries":[]}}`)
	empty := write(t, "")
	for args, says := range map[string]string{
		"--profile ecs " + zipped:           "is compressed",
		"--profile ecs " + har:              "is a HAR file",
		"--profile ecs /no/such/log":        "no such file",
		empty:                               "say which with --profile",
		"--profile ecs -o html " + empty:    "-o html=FILE",
		"--profile ecs --to /no/f " + empty: "there is no folder",
		"--profile ecs --to / " + empty:     "is a folder",
		"--max-findings=-1 " + empty:        "want a number",
	} {
		code, out, errs := conform(t, t.TempDir(), append([]string{"lint", "--follow"}, strings.Fields(args)...)...)
		if code != exitUsage || out != "" || !strings.Contains(errs, says) || strings.Count(errs, "\n") != 1 {
			t.Errorf("conform lint --follow %s: exit %d, want 2 and one line with %q\n%s%s", args, code, says, out, errs)
		}
	}
}

// What only shows beside other records is told while the reading goes on, once.
func TestNewsOfRepeatedIDs(t *testing.T) {
	var out bytes.Buffer
	teller := (&lintCommand{}).printer(&env{out: &out}, "")
	p, err := fixtures.Profile("ecs")
	if err != nil {
		t.Fatal(err)
	}
	r := lint.Start(t.Context(), []*input.Input{input.From("log", strings.NewReader(goodLine(7)+goodLine(7)))},
		lint.Options{Clauses: fixtures.Clauses(), Profile: p, Map: &input.Map{Status: "s", Body: "b", ContentType: "t"}, News: teller.News})
	if _, err := r.Wait(); err != nil {
		t.Fatal(err)
	}
	if out.Len() > 0 {
		t.Errorf("told of single records: %s", out.String())
	}
	teller.Beside(r)
	teller.Beside(r)
	if got := out.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "REQUESTID-2  new, log:2: got RequestId") {
		t.Errorf("told %q", got)
	}
}
