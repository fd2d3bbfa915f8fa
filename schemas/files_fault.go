package schemas

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// maxFileFaults is how many faults of one file are told.
const maxFileFaults = 20

// A FileError is one thing wrong with a file, in one line: "target.yaml:7: limits.timeout: got "10", want …".
type FileError struct {
	File string
	Line int    // from 1; 0 where no line can be named
	Key  string // limits.timeout or recipes[0].code; empty for the file as a whole
	Text string // what is wrong and what to do
}

// Error gives the one line.
func (e FileError) Error() string {
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
	if b.Len() > 0 {
		b.WriteString(": ")
	}
	if e.Key != "" {
		b.WriteString(e.Key + ": ")
	}
	b.WriteString(e.Text)
	return b.String()
}

// FileErrors are the faults of one file, in the order of its lines.
type FileErrors []FileError

// Error gives a line for each fault.
func (es FileErrors) Error() string {
	lines := make([]string, 0, len(es))
	for _, e := range es {
		lines = append(lines, e.Error())
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives the faults one by one.
func (es FileErrors) Unwrap() []error {
	errs := make([]error, 0, len(es))
	for _, e := range es {
		errs = append(errs, e)
	}
	return errs
}

// sorted gives the faults in the order of lines, cut to what a person reads; nil when there are none.
func (es FileErrors) sorted() error {
	if len(es) == 0 {
		return nil
	}
	slices.SortStableFunc(es, func(a, b FileError) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return strings.Compare(a.Key+a.Text, b.Key+b.Text)
	})
	if more := len(es) - maxFileFaults; more > 0 {
		es = append(es[:maxFileFaults:maxFileFaults], FileError{File: es[0].File, Text: fmt.Sprintf("and %d more faults", more)})
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
		b.WriteString(step)
	}
	return b.String()
}
