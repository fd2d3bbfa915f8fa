package file

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxFileFaults is how many faults of one file are reported.
const maxFileFaults = 20

// A Fault is one thing wrong with a file, in one line: "target.yaml:7:12: limits.timeout: got "10", want …". Editors
// and pipelines find the place by its beginning.
type Fault struct {
	File string
	Place
	Key  string // limits.timeout or recipes[0].code; empty for the file as a whole
	Text string // what is wrong and what to do
}

// A Place is where something is in a file. The zero value is nowhere.
type Place struct {
	Line   int // from 1; 0 where no line can be named
	Column int // in characters, from 1; 0 where no column can be named
}

// placeAt returns the place of a byte of a text.
func placeAt(text []byte, at int) Place {
	at = min(max(at, 0), len(text))
	begin := bytes.LastIndexByte(text[:at], '\n') + 1
	return Place{1 + bytes.Count(text[:at], []byte("\n")), 1 + utf8.RuneCount(text[begin:at])}
}

// Error returns the one line.
func (e Fault) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Line > 0 {
		if e.File != "" {
			b.WriteByte(':')
		} else {
			b.WriteString("line ")
		}
		b.WriteString(strconv.Itoa(e.Line))
	}
	if e.Line > 0 && e.Column > 0 {
		if e.File != "" {
			b.WriteByte(':')
		} else {
			b.WriteString(", column ")
		}
		b.WriteString(strconv.Itoa(e.Column))
	}
	if b.Len() > 0 {
		b.WriteString(": ")
	}
	if e.Key != "" {
		b.WriteString(e.Key + ": ")
	}
	b.WriteString(e.Text)
	return b.String()
}

// Faults are the faults of one file, in the order of its lines.
type Faults []Fault

// Error returns a line for each fault.
func (es Faults) Error() string {
	lines := make([]string, 0, len(es))
	for _, e := range es {
		lines = append(lines, e.Error())
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the faults one by one.
func (es Faults) Unwrap() []error {
	errs := make([]error, 0, len(es))
	for _, e := range es {
		errs = append(errs, e)
	}
	return errs
}

// Err returns the faults as an error, in the order of their places and cut to what a person reads; nil when there are
// none.
func (es Faults) Err() error {
	if len(es) == 0 {
		return nil
	}
	es = slices.Clone(es)
	slices.SortStableFunc(es, func(a, b Fault) int {
		return cmp.Or(a.Line-b.Line, a.Column-b.Column, strings.Compare(a.Key+a.Text, b.Key+b.Text))
	})
	if more := len(es) - maxFileFaults; more > 0 {
		es = append(es[:maxFileFaults:maxFileFaults], Fault{File: es[0].File, Text: fmt.Sprintf("and %d more faults", more)})
	}
	return es
}

// keyPath writes a path as people read it: credentials.default, recipes[0].code.
func keyPath(path []string) string {
	var b strings.Builder
	for i, step := range path {
		if _, err := strconv.Atoi(step); err == nil && i > 0 {
			b.WriteString("[" + step + "]")
			continue
		}
		if i > 0 {
			b.WriteByte('.')
		}
		b.WriteString(oneLine(step, maxFaultText))
	}
	return b.String()
}
