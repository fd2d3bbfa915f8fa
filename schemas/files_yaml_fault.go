package schemas

import (
	"bytes"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

const aliasText = "anchors and aliases are not read (write the value out; quote a text that begins with * or &)"

// yamlFault puts the parser's complaint into our form. The parser's own words never quote the file, but for the
// name of an alias.
func yamlFault(name string, text []byte, err error) *FileError {
	said, line := yamlComplaint(err)
	switch {
	case tabLine(text) > 0:
		return &FileError{File: name, Line: tabLine(text), Text: "a tab stands in the indentation (use spaces)"}
	case strings.HasPrefix(said, "unknown anchor '"):
		alias, _, _ := strings.Cut(strings.TrimPrefix(said, "unknown anchor '"), "'")
		at := bytes.Index(text, []byte("*"+alias))
		return &FileError{File: name, Line: 1 + bytes.Count(text[:max(at, 0)], []byte("\n")), Text: aliasText}
	case strings.HasPrefix(said, "did not find expected"):
		line = grammarLine(text, said)
	}
	return &FileError{File: name, Line: line, Text: "is not YAML: " + said + " (look at indentation, colons and quotes)"}
}

// yamlComplaint takes the line out of "yaml: line 7: words". The parser leaves out the first line.
func yamlComplaint(err error) (said string, line int) {
	said = strings.TrimPrefix(err.Error(), "yaml: ")
	if rest, ok := strings.CutPrefix(said, "line "); ok {
		if number, words, ok := strings.Cut(rest, ": "); ok {
			if n, err := strconv.Atoi(number); err == nil {
				return words, n
			}
		}
	}
	return said, 1
}

// grammarLine gives the line of an error for which the parser names the beginning of the block instead: the first
// line that brings the same words when the text is cut after it.
func grammarLine(text []byte, said string) int {
	lines := bytes.SplitAfter(text, []byte("\n"))
	return 1 + sort.Search(len(lines)-1, func(i int) bool {
		var node yaml.Node
		d := yaml.NewDecoder(bytes.NewReader(bytes.Join(lines[:i+1], nil)))
		err := d.Decode(&node)
		if err == nil {
			err = d.Decode(&node)
		}
		if err == nil {
			return false
		}
		words, _ := yamlComplaint(err)
		return words == said
	})
}

// textFault finds what no YAML text may hold: bytes that are not UTF-8, and control characters.
func textFault(name string, text []byte) *FileError {
	for at, line := 0, 1; at < len(text); {
		c, size := utf8.DecodeRune(text[at:])
		switch {
		case c == utf8.RuneError && size == 1:
			return &FileError{File: name, Line: line, Text: "is not UTF-8 (save the file as UTF-8)"}
		case c == '\n':
			line++
		case c < ' ' && c != '\t' && c != '\r', c == 0x7f:
			return &FileError{File: name, Line: line, Text: fmt.Sprintf("holds the control character %U (take it out)", c)}
		}
		at += size
	}
	return nil
}

// tabLine gives the first line that has a tab in its indentation, and 0 when none has.
func tabLine(text []byte) int {
	for i, line := range bytes.Split(text, []byte("\n")) {
		indent := line[:len(line)-len(bytes.TrimLeft(line, " \t"))]
		if bytes.ContainsRune(indent, '\t') && len(indent) < len(line) {
			return i + 1
		}
	}
	return 0
}
