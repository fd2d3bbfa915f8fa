package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/acsconform/acsconform/suites/wording"
)

// spoken runs a command line in an environment.
func spoken(locale string, args ...string) (code int, out, errs string) {
	var o, e bytes.Buffer
	w := &env{out: &o, err: &e, now: time.Now, env: func(name string) string {
		if name == "LANG" {
			return locale
		}
		return ""
	}}
	code = command(args, w)
	return code, o.String(), e.String()
}

func TestTheLanguageIsThatOfTheFlagElseOfTheEnvironment(t *testing.T) {
	const english, chinese = "no clause, case, condition, code or erratum", "不是条款、用例、情形、错误码或勘误"
	for _, c := range []struct {
		locale string
		args   []string
		want   string
	}{
		{"", []string{"explain", "no-such"}, english},
		{"zh_CN.UTF-8", []string{"explain", "no-such"}, chinese},
		{"zh_CN.UTF-8", []string{"--lang", "en", "explain", "no-such"}, english},
		{"de_DE.UTF-8", []string{"explain", "no-such", "--lang=zh"}, chinese},
	} {
		code, out, errs := spoken(c.locale, c.args...)
		if code != exitUsage || out != "" || !strings.Contains(errs, c.want) || strings.Count(errs, "\n") != 1 {
			t.Errorf("%s %q: exit %d, %q, %q", c.locale, c.args, code, out, errs)
		}
	}
	if code, out, errs := spoken("", "list", "clauses", "--lang", "fr"); code != exitUsage || out != "" || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, `"fr"`) {
		t.Errorf("an unknown language: exit %d, %q, %q", code, out, errs)
	}
}

// JSON is the same in every language, and help keeps to its columns.
func TestWhatProgramsReadHasNoLanguage(t *testing.T) {
	_, english, _ := spoken("", "list", "cases", "-o", "json")
	if _, chinese, _ := spoken("zh_CN.UTF-8", "list", "cases", "-o", "json"); chinese != english || english == "" {
		t.Error("conform list -o json differs by the language")
	}
	_, help, _ := spoken("zh_CN.UTF-8", "lint", "--help")
	if !strings.Contains(help, "用法：") || !strings.Contains(help, "判定抓取的流量") {
		t.Errorf("the help is not in Chinese:\n%s", help)
	}
	for line := range strings.Lines(help) {
		if wording.Width(strings.TrimRight(line, "\n")) > 100 {
			t.Errorf("a line of help is wider than 100 columns: %s", line)
		}
	}
}
