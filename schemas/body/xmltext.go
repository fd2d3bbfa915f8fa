package body

import "bytes"

// charData takes text or a CDATA section.
func (r *xmlReader) charData(text, raw []byte, start int) bool {
	white := len(bytes.Trim(raw, " \t\r\n")) == 0
	breaks := white && bytes.ContainsAny(raw, "\t\r\n")
	switch depth := len(r.open); {
	case depth == 0 && white:
		switch {
		case breaks && r.rooted:
			r.fault(FlawLineBreaks, "", "line breaks or tabs behind the root")
		case breaks:
			r.fault(FlawLineBreaks, "", "line breaks or tabs before the root")
		}
		return true
	case depth == 0 && r.rooted:
		r.fault(FlawTrailing, "", "something follows the root at byte %d: %s", r.base+start, raw)
		return r.lax
	case depth == 0:
		r.fault(FlawSyntax, "", "text before the root at byte %d: %s", r.base+start, raw)
		return true
	case depth == 2:
		r.text = append(r.text, text...)
	}
	r.open[len(r.open)-1].breaks = r.open[len(r.open)-1].breaks || breaks
	if ref := badReference(raw); ref != nil {
		r.fault(FlawSyntax, r.memberName(), "no such character: %s", ref)
	}
	return true
}

// finish judges the end of the body.
func (r *xmlReader) finish(end int) bool {
	switch {
	case len(r.open) > 0:
		r.fault(FlawSyntax, r.memberName(), "the body ends in the middle, at byte %d, inside %s", r.base+end,
			[]byte("<"+r.open[len(r.open)-1].name+">"))
		return false
	case !r.rooted:
		r.fault(FlawSyntax, "", "there is no root element")
	}
	return true
}

// broken records why encoding/xml stopped within body[start:end].
func (r *xmlReader) broken(start, end int) {
	text := r.body[start:end]
	switch name := foreignEntity(text); {
	case hasPrefixFold(text, "<!doctype"):
		r.fault(FlawDoctype, "", "a DOCTYPE at byte %d, and not a sound one", r.base+start)
	case name != nil:
		r.fault(FlawEntity, r.memberName(), "an entity other than the five: %s", name)
	default:
		r.fault(FlawSyntax, r.memberName(), "not well-formed at byte %d: %s", r.base+end, r.body[start:])
	}
}
