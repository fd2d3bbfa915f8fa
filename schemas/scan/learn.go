package scan

import (
	"slices"
	"unicode/utf8"
)

// What a shape or a layout may take. Others are not learned.
const (
	maxShape = 16 << 10 // bytes
	maxSteps = 512
)

// LearnShape learns the shape of a body from what stands in a string: raw, without quotation marks. It is nil for a
// body that is not accepted.
func (s *Scanner) LearnShape(raw []byte) *Shape {
	if len(raw) > maxShape {
		return nil
	}
	raw = slices.Clone(raw) // literals and members are kept
	text, at := unquoted(raw)
	shape := &Shape{}
	e := &shape.Envelope
	var list []scalar
	switch {
	case len(text) > 0 && text[0] == '{' && s.JSON(text, e):
		list = scalars(text, textHole)
	case len(text) > 0 && text[0] == '<' && s.XML(text, e):
		list = elements(text)
	default:
		return nil
	}
	members := e.members()
	begun := 0
	for _, v := range list {
		start, end := at[v.start], at[v.end]
		if end-start != v.end-v.start {
			continue // it has escapes, all of which are longer than what they stand for: as it is or not at all
		}
		t := step{literal: string(raw[begun:start]), hole: v.hole}
		for _, m := range members {
			if m.Kind != None && offset(text, m.Raw) == v.start && len(m.Raw) == v.end-v.start && m.Plain {
				t.member = m
			}
		}
		if t.member == &e.RequestID && v.hole != numberHole {
			if e.UUID, e.IsUUID = ParseUUID(e.RequestID.Raw); e.IsUUID {
				t.hole = uuidHole
			}
		}
		shape.steps = append(shape.steps, t)
		begun = end
	}
	shape.steps = append(shape.steps, step{literal: string(raw[begun:])})
	if len(shape.steps) > maxSteps {
		return nil
	}
	return shape
}

// LearnLayout learns the layout of a line that was accepted, and of the values in it, all of them parts of the line.
// It does not vary the strings and numbers that are fixed, parts of the line too. The value numbered body is that of a
// body; it must be a string. It is nil for a line that has objects or arrays among the values.
func LearnLayout(line []byte, values []Value, body int, fixed [][]byte) *Layout {
	if len(line) > 4*maxShape {
		return nil
	}
	still := map[int]bool{} // offset -> fixed
	for _, part := range fixed {
		still[offset(line, part)] = part != nil
	}
	own := slices.Clone(line) // literals and values are kept
	l := &Layout{Values: slices.Clone(values)}
	place := map[int]int{} // offset -> value
	for i, v := range values {
		if v.Raw == nil {
			continue
		}
		start := offset(line, v.Raw)
		if _, twice := place[start]; twice || v.Kind == Object || v.Kind == Array {
			return nil
		}
		place[start] = i
		l.Values[i].Raw = own[start : start+len(v.Raw)]
	}
	begun := 0
	for _, v := range scalars(own, stringHole) {
		if still[v.start] {
			continue
		}
		t := step{literal: string(own[begun:v.start]), hole: v.hole}
		if i, ok := place[v.start]; ok {
			t.value = &l.Values[i]
			if i == body && v.hole == stringHole {
				t.hole = bodyHole
			}
		}
		if begun = v.end; v.hole == stringHole {
			begun++ // the hole takes the quotation mark, too
		}
		l.steps = append(l.steps, t)
	}
	l.steps = append(l.steps, step{literal: string(own[begun:])})
	if len(l.steps) > maxSteps {
		return nil
	}
	return l
}

// scalar is a string without its quotation marks, a number, or the text of an element.
type scalar struct {
	start, end int
	hole       hole
}

// scalars lists the strings, names left out, and the numbers of JSON that was accepted.
func scalars(text []byte, strings hole) (list []scalar) {
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c == '"':
			end, _ := str(text, i)
			if after := skipSpace(text, end); after >= len(text) || text[after] != ':' {
				list = append(list, scalar{i + 1, end - 1, strings})
			}
			i = end
		case c == '-' || digit(c):
			end := number(text, i)
			list = append(list, scalar{i, end, numberHole})
			i = end
		default:
			i++
		}
	}
	return list
}

func skipSpace(text []byte, i int) int {
	for i < len(text) && (text[i] == ' ' || text[i] == '\t' || text[i] == '\r') {
		i++
	}
	return i
}

// elements lists the texts of XML that was accepted. Between the children of the root may be nothing but blanks, so
// these are left out, and so is text with entities.
func elements(text []byte) (list []scalar) {
	level := 0
	for i := len(declared); i < len(text); {
		if text[i] != '<' {
			end := i
			for end < len(text) && text[end] != '<' {
				end++
			}
			if level > 1 && !slices.Contains(text[i:end], '&') {
				list = append(list, scalar{i, end, elementHole})
			}
			i = end
			continue
		}
		closes := text[i+1] == '/'
		for text[i] != '>' {
			i++
		}
		switch {
		case closes:
			level--
		case text[i-1] != '/':
			level++
		}
		i++
	}
	return list
}

// unquoted returns the text of a string that was accepted, and where each of its bytes begins in raw.
func unquoted(raw []byte) (text []byte, at []int) {
	for i := 0; i < len(raw); {
		n := 1
		if raw[i] == '\\' {
			text, n = unescape(text, raw[i:])
		} else {
			text = append(text, raw[i])
		}
		for len(at) < len(text) {
			at = append(at, i)
		}
		i += n
	}
	return text, append(at, len(raw))
}

// offset reports where a part of some text begins in it: both end at the same place in memory.
func offset(text, part []byte) int { return cap(text) - cap(part) }

// elementRun passes over text of an element, as it may stand in a string, up to the first byte that is none.
func elementRun(b []byte, i int) int {
	for {
		for i < len(b) && kinds[b[i]]&inText != 0 && b[i] != '"' && b[i] != '\\' {
			i++
		}
		if i >= len(b) || b[i] < utf8.RuneSelf {
			return i
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		i += n
	}
}
