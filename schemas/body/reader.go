package body

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// What a reading is bounded by, so that no body can cost more than its length.
const (
	maxFaults  = 8       // flaws kept of one body
	maxText    = 4 << 10 // bytes kept of a value that is no string
	maxMembers = 10_000  // members kept; past them only the elements of the envelope are
	maxDepth   = 128     // nesting that passes; an answer of the convention needs a tenth of it
	maxExcerpt = 60      // characters of the body quoted in a flaw
)

// envelopeElements are the members that make an envelope. In XML each occurs once, and with text only.
var envelopeElements = []string{"RequestId", "HostId", "Code", "Message", "HttpStatus"}

// Open reads a body as JSON or XML, strictly: whatever is wrong with it is in Faults, and whatever could be read
// all the same is in Members. It returns nil when the body is neither. It does not panic, and its cost grows with
// the length of the body only, whatever is in it.
func Open(body []byte) *Envelope {
	switch Sniff(body) {
	case NatureJSON:
		return openJSON(body)
	case NatureXML:
		return openXML(body)
	}
	return nil
}

// fault records a flaw, once for each kind and member, and no more than maxFaults. Raw bytes among args are quoted
// as an excerpt, and only then: a body may be faulty in every one of its members.
func (e *Envelope) fault(kind FlawKind, member, format string, args ...any) {
	member = clip(member, maxExcerpt)
	for _, f := range e.Faults {
		if f.Kind == kind && f.Member == member {
			return
		}
	}
	if len(e.Faults) < maxFaults {
		for i, a := range args {
			if raw, ok := a.([]byte); ok {
				args[i] = excerpt(raw)
			}
		}
		e.Faults = append(e.Faults, Flaw{kind, fmt.Sprintf(format, args...), member})
	}
}

// keep appends a member unless there are too many.
func (e *Envelope) keep(m Member) {
	if len(e.Members) < maxMembers || isEnvelopeElement(m.Name) && len(e.Members) < 2*maxMembers {
		e.Members = append(e.Members, m)
	}
}

func isEnvelopeElement(name string) bool { return slices.Contains(envelopeElements, name) }

// excerpt quotes the beginning of text on one line, in at most maxExcerpt characters.
func excerpt(text []byte) string {
	for n := min(len(text), maxExcerpt-2); n > 0; n-- {
		if n < len(text) && !utf8.RuneStart(text[n]) {
			continue
		}
		if q := strconv.Quote(string(text[:n])); len(q) <= maxExcerpt {
			return q
		}
	}
	return `""`
}

// clip cuts text to at most n bytes, at the end of a character.
func clip(text string, n int) string {
	if len(text) <= n {
		return text
	}
	return strings.ToValidUTF8(text[:n], "")
}

// clipBytes is clip for raw text, which it copies.
func clipBytes(raw []byte) string { return clip(string(raw[:min(len(raw), maxText+4)]), maxText) }
