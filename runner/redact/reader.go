package redact

import (
	"bytes"
)

// A reader looks for names and values in one layer. It remembers how far it has looked for an end, so that text of many names and
// no end is read once.
type reader struct {
	text   []byte
	ends   map[string]span // by what was looked for
	values namedValues
}

// end returns the place of the first of something from a place on, found by a function where it is not known.
func (r *reader) end(of string, at int, find func(at int) int) int {
	if known, ok := r.ends[of]; ok && known.from <= at && at <= known.to {
		return known.to
	}
	if r.ends == nil {
		r.ends = map[string]span{}
	}
	to := find(at)
	r.ends[of] = span{at, to}
	return to
}

// until returns the place of the first byte of a set, or the end.
func (r *reader) until(at int, set string) int {
	return r.end(set, at, func(at int) int {
		if i := bytes.IndexAny(r.text[min(at, len(r.text)):], set); i >= 0 {
			return at + i
		}
		return len(r.text)
	})
}

// untilText is until of a text.
func (r *reader) untilText(at int, text string) int {
	return r.end("text "+text, at, func(at int) int {
		if i := bytes.Index(r.text[at:], []byte(text)); i >= 0 {
			return at + i
		}
		return len(r.text)
	})
}
