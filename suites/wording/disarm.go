package wording

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Armed are texts by which a target could command what shows or reads the output of a command: build servers, terminals,
// browsers. Nothing that is written may hold one of them.
var Armed = []string{
	"::error file=a,line=1::broken", "::error::broken", "::warning::x", "::notice title=a::x", "::set-output name=a::b", "::add-mask::a", "::stop-commands::t",
	"::group::a", "::endgroup::", "::debug::a", "::save-state name=a::b", // GitHub
	"##vso[task.setvariable variable=a]b", "##vso[task.logissue type=error]a", "##[error]a", "##[group]a", "##[command]a", // Azure
	"##teamcity[testFailed name='a']", "##teamcity[buildStatus text='a']", // TeamCity
	"section_start:1560896352:a", "section_end:1560896352:a", // GitLab
	"\x1b[2J", "\x1b]0;owned\a", "\x1b", "\a", "\b", "\x00", "\x7f", "\u009b2J", // terminals
	"\u202e", "\u2066", "\u200b", "\ufeff", "\u2028", // marks that hide or turn text
}

// commands finds what build servers obey. The group is the character that has to be parted from the others.
var commands = regexp.MustCompile(`(?i)#(#)(?:vso|teamcity)?\[|:(:)[a-z][a-z0-9_-]*(?: [^\n]*?)?::|section(_)(?:start|end):`)

// parted writes one character of every command by other means.
func parted(s string, write func(rune) string) string {
	if !mayCommand(s) {
		return s
	}
	var b strings.Builder
	rest := 0
	for {
		at := commands.FindStringSubmatchIndex(s[rest:])
		if at == nil {
			break
		}
		for g := 2; g < len(at); g += 2 {
			if at[g] >= 0 {
				b.WriteString(s[rest : rest+at[g]])
				r, n := utf8.DecodeRuneInString(s[rest+at[g]:])
				b.WriteString(write(r))
				rest += at[g] + n
				break
			}
		}
	}
	b.WriteString(s[rest:])
	return b.String()
}

// mayCommand reports whether a text holds what every command has, which few texts do.
func mayCommand(s string) bool {
	if strings.Contains(s, "##") || strings.Contains(s, "::") {
		return true
	}
	const section = "section"
	for at := 0; ; at++ {
		i := strings.IndexByte(s[at:], '_')
		if i < 0 {
			return false
		}
		if at += i; at >= len(section) && strings.EqualFold(s[at-len(section):at], section) {
			return true
		}
	}
}

// Markdown makes hostile text a piece of Markdown in which nothing is markup: no link, tag, image, mention or cell of its
// own. It is cut to so many columns; 0 cuts nothing.
func Markdown(s string, cols int) string {
	if s = Plain(s); cols > 0 {
		s = Clip(s, cols)
	}
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune("\\`*_{}[]()<>#+!|~@$&:", r) {
			fmt.Fprintf(&b, "&#%d;", r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Lines is Plain for text of several lines, as a page or a JUnit file has it: the line breaks and tabs stay.
func Lines(s string) string {
	if find(s, unprintable) < 0 && !mayCommand(s) {
		return s
	}
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	for i, line := range lines {
		words := strings.Split(line, "\t")
		for j := range words {
			words[j] = Plain(words[j])
		}
		lines[i] = strings.Join(words, "\t")
	}
	return strings.Join(lines, "\n")
}

// JSON returns a writer for what encoding/json makes, a whole value with each call. What is in its strings stays what it
// is, and is written by its number where it would command what shows it.
func JSON(w io.Writer) io.Writer { return jsonWriter{w} }

// WriteJSON writes a value as JSON by [JSON], indented where an indent is given. What means something in HTML is as it is.
func WriteJSON(w io.Writer, v any, indent string) error {
	e := json.NewEncoder(JSON(w))
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	return e.Encode(v)
}

type jsonWriter struct{ w io.Writer }

// Write writes a value.
func (j jsonWriter) Write(p []byte) (int, error) {
	text := string(p)
	if find(text, hides) >= 0 {
		var b strings.Builder
		for _, r := range text {
			if hides(r) {
				b.WriteString(escaped(r))
				continue
			}
			b.WriteRune(r)
		}
		text = b.String()
	}
	if _, err := io.WriteString(j.w, parted(text, escaped)); err != nil {
		return 0, err
	}
	return len(p), nil
}

func hides(r rune) bool {
	return r >= 0x7f && !unicode.IsPrint(r) && r <= 0xffff && r != utf8.RuneError
}

func escaped(r rune) string { return fmt.Sprintf("\\u%04x", r) }

// HTML returns a writer for pages that are made by a template, which has escaped all markup. Flush writes what is left.
func HTML(w io.Writer) *HTMLWriter { return &HTMLWriter{w: w} }

// HTMLWriter writes a page line by line.
type HTMLWriter struct {
	w    io.Writer
	line []byte
}

// Write writes the lines that are complete.
func (h *HTMLWriter) Write(p []byte) (int, error) {
	h.line = append(h.line, p...)
	end := bytes.LastIndexByte(h.line, '\n') + 1
	if end == 0 {
		return len(p), nil
	}
	err := h.show(string(h.line[:end]))
	h.line = append(h.line[:0], h.line[end:]...)
	return len(p), err
}

// Flush writes the last line.
func (h *HTMLWriter) Flush() error {
	err := h.show(string(h.line))
	h.line = nil
	return err
}

func (h *HTMLWriter) show(text string) error {
	hidden := func(r rune) bool { return unprintable(r) && r != '\n' && r != '\r' && r != '\t' && r != utf8.RuneError }
	if find(text, hidden) >= 0 {
		var b strings.Builder
		for _, r := range text {
			if hidden(r) {
				fmt.Fprintf(&b, "&lt;U+%04X&gt;", r)
				continue
			}
			b.WriteRune(r)
		}
		text = b.String()
	}
	_, err := io.WriteString(h.w, parted(text, func(r rune) string { return fmt.Sprintf("&#%d;", r) }))
	return err
}
