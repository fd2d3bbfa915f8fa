package body

import (
	"bytes"
	"encoding/xml"
	"errors"
	"github.com/acsconform/acsconform/schemas"
	"io"
	"strings"
)

// maxOpen is how many elements may be open at once before the reading stops.
const maxOpen = 10_000

// xmlReader walks over the tokens of encoding/xml and holds them against the rules that it leaves out.
type xmlReader struct {
	env    *Envelope
	body   []byte // what follows the declaration, legal characters only
	base   int    // offset of body in what was received
	lax    bool   // nothing is recorded, and what can be passed over is
	dec    *xml.Decoder
	open   []openElement
	scope  prefixes
	rooted bool // the root was seen
	member Member
	text   []byte // text of the child of the root that is open
	inner  int    // where its content begins
	seen   names  // envelope elements that were seen
}

// openElement is an element whose end has not come.
type openElement struct {
	name     string
	children bool
	breaks   bool // white space with line breaks is in it
}

// openXML reads a body as well-formed XML 1.0 that declares UTF-8. Where it is not, a second and lax reading goes
// for the members only.
func openXML(body []byte) *Envelope {
	e := &Envelope{Format: schemas.XML}
	if isUTF16(body) {
		e.fault(FlawEncoding, "", "the body is UTF-16, not UTF-8")
		return e
	}
	base := len(body) - len(bytes.TrimPrefix(body, []byte(bomUTF8)))
	body = e.legalXML(body[base:])
	end := e.declaration(body)
	r := xmlReader{env: e, body: body[end:], base: base + end}
	if !r.read() {
		second := xmlReader{env: &Envelope{Format: schemas.XML}, body: r.body, base: r.base, lax: true}
		second.read()
		if len(second.env.Members) > len(e.Members) {
			e.Members = second.env.Members
		}
		if e.Root == "" {
			e.Root = second.env.Root
		}
	}
	return e
}

// read walks to the end; false when it had to stop before it.
func (r *xmlReader) read() bool {
	r.dec = xml.NewDecoder(bytes.NewReader(r.body))
	r.dec.Strict = !r.lax
	for {
		start := int(r.dec.InputOffset())
		token, err := r.dec.RawToken()
		end := int(r.dec.InputOffset())
		if errors.Is(err, io.EOF) {
			return r.finish(end)
		}
		if err != nil {
			r.broken(start, end)
			return false
		}
		if !r.take(token, start, end) {
			return false
		}
	}
}

// take judges one token, which is at body[start:end]; false ends the reading.
func (r *xmlReader) take(token xml.Token, start, end int) bool {
	raw := r.body[start:end]
	switch t := token.(type) {
	case xml.StartElement:
		return r.startElement(t, raw, start, end)
	case xml.EndElement:
		return r.endElement(qualified(t.Name), start)
	case xml.CharData:
		return r.charData(t, raw, start)
	case xml.ProcInst:
		r.instruction(t.Target, raw, start)
	case xml.Directive:
		if hasPrefixFold(raw, "<!doctype") {
			r.fault(FlawDoctype, "", "a DOCTYPE at byte %d", r.base+start)
		} else {
			r.fault(FlawSyntax, "", "no declaration is allowed at byte %d: %s", r.base+start, raw)
		}
	}
	return true
}

func (r *xmlReader) startElement(t xml.StartElement, raw []byte, start, end int) bool {
	name := qualified(t.Name)
	switch len(r.open) {
	case 0:
		if r.rooted {
			r.fault(FlawTrailing, "", "something follows the root at byte %d: %s", r.base+start, raw)
			return r.lax
		}
		r.rooted, r.env.Root = true, clip(name, maxText)
	case 1:
		r.member, r.text, r.inner = Member{Name: clip(name, maxText), Kind: KindText}, r.text[:0], end
		r.envelopeElement(name, t.Attr)
	default:
		if r.member.Kind = KindElement; isEnvelopeElement(r.member.Name) {
			r.fault(FlawNested, r.member.Name, "it holds an element: %s", raw)
		}
	}
	if len(r.open) > 0 {
		r.open[len(r.open)-1].children = true
	}
	if r.open = append(r.open, openElement{name: name}); len(r.open) == maxDepth+1 {
		r.fault(FlawDepth, r.memberName(), "nested deeper than %d levels", maxDepth)
	}
	if !r.lax {
		r.checkTag(t, raw, start)
	}
	return len(r.open) < maxOpen
}

// envelopeElement holds a child of the root against what is asked of the elements of an envelope.
func (r *xmlReader) envelopeElement(name string, attrs []xml.Attr) {
	if !isEnvelopeElement(name) {
		return
	}
	if r.seen.repeats(name) {
		r.fault(FlawRepeated, name, "the element stands twice")
	}
	if len(attrs) > 0 {
		r.fault(FlawNested, name, "it carries the attribute %s", []byte(qualified(attrs[0].Name)))
	}
}

func (r *xmlReader) endElement(name string, start int) bool {
	depth := len(r.open)
	if depth == 0 || r.open[depth-1].name != name {
		if !r.lax {
			r.fault(FlawSyntax, r.memberName(), "%s at byte %d closes nothing that is open there",
				[]byte("</"+name+">"), r.base+start)
			return false
		}
		if !r.unwind(name) {
			return true
		}
		depth = len(r.open)
	}
	last := r.open[depth-1]
	if last.breaks && (last.children || depth == 1) && !r.lax {
		r.fault(FlawLineBreaks, "", "line breaks or tabs between elements")
	}
	r.scope.leave(depth)
	r.open = r.open[:depth-1]
	if depth == 2 {
		r.closeMember(start)
	}
	return true
}

// unwind drops the open elements above the innermost one of that name; false when there is none.
func (r *xmlReader) unwind(name string) bool {
	for i := len(r.open) - 1; i >= max(0, len(r.open)-maxDepth); i-- {
		if r.open[i].name == name {
			r.open = r.open[:i+1]
			return true
		}
	}
	return false
}

func (r *xmlReader) closeMember(end int) {
	if r.member.Kind == KindText {
		r.member.Text = string(r.text)
	} else {
		r.member.Text = clipBytes(r.body[r.inner:end])
	}
	r.env.keep(r.member)
}

// memberName names the child of the root that is open, for a flaw.
func (r *xmlReader) memberName() string {
	if len(r.open) < 2 {
		return ""
	}
	return r.member.Name
}

func (r *xmlReader) fault(kind FlawKind, member, format string, args ...any) {
	if !r.lax {
		r.env.fault(kind, member, format, args...)
	}
}

// qualified returns a name as it is written.
func qualified(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return strings.Join([]string{n.Space, n.Local}, ":")
}
