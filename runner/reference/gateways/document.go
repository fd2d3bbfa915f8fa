package gateways

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
)

// The markers between which the document holds what was measured.
const (
	beginMark = "<!-- measured: "
	endMark   = "<!-- end -->"
)

// Fill puts each part between its markers in the document. Every part has to have its place, and every place its part.
func Fill(document []byte, parts map[string]string) ([]byte, error) {
	var out bytes.Buffer
	left := maps.Clone(parts)
	for rest := document; ; {
		before, after, found := bytes.Cut(rest, []byte(beginMark))
		out.Write(before)
		if !found {
			break
		}
		name, inner, _ := bytes.Cut(after, []byte(" -->"))
		text, known := left[string(name)]
		_, after, ended := bytes.Cut(inner, []byte(endMark))
		if !known || !ended {
			return nil, fmt.Errorf("the marker %q has no part that was measured, or no %s after it", name, endMark)
		}
		delete(left, string(name))
		fmt.Fprintf(&out, "%s%s -->\n%s%s", beginMark, name, text, endMark)
		rest = after
	}
	for _, name := range slices.Sorted(maps.Keys(left)) {
		return nil, fmt.Errorf("the document has no place for %s: add %s%s -->%s", name, beginMark, name, endMark)
	}
	return out.Bytes(), nil
}

// Part returns what the document holds between the markers of that name.
func Part(document []byte, name string) (string, bool) {
	_, after, found := bytes.Cut(document, []byte(beginMark+name+" -->\n"))
	text, _, ended := bytes.Cut(after, []byte(endMark))
	return string(text), found && ended
}
