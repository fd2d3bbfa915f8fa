package file

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
func yamlFault(name string, text []byte, err error) *Fault {
	said, line := yamlComplaint(err)
	at := tabAt(text)
	switch {
	case at >= 0:
		return &Fault{File: name, Place: placeAt(text, at), Text: "a tab in the indentation (use spaces)"}
	case strings.HasPrefix(said, "unknown anchor '"):
		alias, _, _ := strings.Cut(strings.TrimPrefix(said, "unknown anchor '"), "'")
		return &Fault{File: name, Place: placeAt(text, bytes.Index(text, []byte("*"+alias))), Text: aliasText}
	case strings.HasPrefix(said, "did not find expected"):
		line = grammarLine(text, said)
	}
	return &Fault{File: name, Place: grammarPlace(text, line, said), Text: "is not YAML: " + said + " (look at indentation, colons and quotes)"}
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

// grammarLine returns the line of an error for which the parser names the beginning of the block instead: the first
// line that brings the same words when the text is cut after it.
func grammarLine(text []byte, said string) int {
	lines := bytes.SplitAfter(text, []byte("\n"))
	return 1 + sort.Search(len(lines)-1, func(i int) bool { return complains(bytes.Join(lines[:i+1], nil), said) })
}

// grammarPlace finds the column of an error for which the parser names a line alone: the first character that brings the
// same words when the text is cut after it, and the first that is no blank where none does.
func grammarPlace(text []byte, line int, said string) Place {
	begin := 0
	for range line - 1 {
		next := bytes.IndexByte(text[begin:], '\n')
		if next < 0 {
			break
		}
		begin += next + 1
	}
	row, _, _ := bytes.Cut(text[begin:], []byte("\n"))
	first := begin + len(row) - len(bytes.TrimLeft(row, " "))
	n := sort.Search(len(row), func(n int) bool { return complains(text[:begin+n+1], said) })
	if n == len(row) || begin+n < first {
		return placeAt(text, first)
	}
	return placeAt(text, begin+n)
}

// complains reports whether the parser has the same words for a text.
func complains(text []byte, said string) bool {
	var node yaml.Node
	d := yaml.NewDecoder(bytes.NewReader(text))
	err := d.Decode(&node)
	if err == nil {
		err = d.Decode(&node)
	}
	if err == nil {
		return false
	}
	words, _ := yamlComplaint(err)
	return words == said
}

// textFault finds what no YAML text may hold: bytes that are not UTF-8, and control characters.
func textFault(name string, text []byte) *Fault {
	for at := 0; at < len(text); {
		c, size := utf8.DecodeRune(text[at:])
		switch {
		case c == utf8.RuneError && size == 1:
			return &Fault{File: name, Place: placeAt(text, at), Text: "is not UTF-8 (save the file as UTF-8)"}
		case c < ' ' && c != '\t' && c != '\r' && c != '\n', c == 0x7f:
			return &Fault{File: name, Place: placeAt(text, at), Text: fmt.Sprintf("holds the control character %U (take it out)", c)}
		}
		at += size
	}
	return nil
}

// tabAt returns the place of the first tab in an indentation, or -1 without one.
func tabAt(text []byte) int {
	begin := 0
	for line := range bytes.SplitAfterSeq(text, []byte("\n")) {
		indent := line[:len(line)-len(bytes.TrimLeft(line, " \t"))]
		if i := bytes.IndexByte(indent, '\t'); i >= 0 && len(bytes.TrimSpace(line)) > 0 {
			return begin + i
		}
		begin += len(line)
	}
	return -1
}
