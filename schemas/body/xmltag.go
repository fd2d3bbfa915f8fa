package body

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// namespaceXML is what the prefix xml stands for, declared or not.
const namespaceXML = "http://www.w3.org/XML/1998/namespace"

// checkTag holds a start tag against the rules that encoding/xml leaves out: white space between attributes, no
// attribute twice, no prefix without a declaration.
func (r *xmlReader) checkTag(t xml.StartElement, raw []byte, start int) {
	if name := t.Name; !isLocalName(name.Local) || name.Space == "xmlns" {
		r.fault(FlawSyntax, r.memberName(), "no name of an element: %s", []byte(qualified(name)))
	}
	if len(t.Attr) == 0 {
		r.checkPrefix(t.Name)
		return
	}
	if !spacedAttributes(raw) {
		r.fault(FlawSyntax, r.memberName(), "no space between attributes at byte %d: %s", r.base+start, raw)
	}
	if ref := badReference(raw); ref != nil {
		r.fault(FlawSyntax, r.memberName(), "no such character: %s", ref)
	}
	for _, a := range t.Attr {
		r.bind(a)
	}
	r.checkPrefix(t.Name)
	var written, expanded names
	for _, a := range t.Attr {
		if written.repeats(qualified(a.Name)) {
			r.fault(FlawSyntax, r.memberName(), "the attribute %s stands twice", []byte(qualified(a.Name)))
			continue
		}
		if a.Name.Space == "" || a.Name.Space == "xmlns" {
			continue
		}
		r.checkPrefix(a.Name)
		if uri := r.scope.lookup(a.Name.Space); uri != "" && expanded.repeats(uri+" "+a.Name.Local) {
			r.fault(FlawSyntax, r.memberName(), "the attribute %s stands twice, under two prefixes", []byte(qualified(a.Name)))
		}
	}
}

// bind takes an attribute that declares a prefix.
func (r *xmlReader) bind(a xml.Attr) {
	if !isLocalName(a.Name.Local) {
		r.fault(FlawSyntax, r.memberName(), "no name of an attribute: %s", []byte(qualified(a.Name)))
	}
	var prefix string
	switch {
	case a.Name.Space == "xmlns":
		prefix = a.Name.Local
	case a.Name.Space != "" || a.Name.Local != "xmlns":
		return
	}
	reserved := prefix == "xmlns" || (prefix == "xml") != (a.Value == namespaceXML) ||
		a.Value == "http://www.w3.org/2000/xmlns/"
	if reserved || prefix != "" && a.Value == "" {
		r.fault(FlawSyntax, r.memberName(), "a prefix that cannot be declared so: %s", []byte(qualified(a.Name)))
	}
	r.scope.enter(len(r.open), prefix, a.Value)
}

// checkPrefix records a prefix that no element around has declared.
func (r *xmlReader) checkPrefix(n xml.Name) {
	if n.Space == "" || n.Space == "xml" || n.Space == "xmlns" {
		return
	}
	if r.scope.lookup(n.Space) == "" {
		r.fault(FlawSyntax, r.memberName(), "the prefix of %s is not declared", []byte(qualified(n)))
	}
}

// isLocalName reports a name that may follow a prefix, of those that encoding/xml takes for names.
func isLocalName(name string) bool {
	return name != "" && isNameStart(name[0]) && !strings.Contains(name, ":")
}

// prefixes are the declared prefixes of the open elements.
type prefixes struct {
	uris map[string][]string // by prefix, the innermost last
	undo []declared
}

type declared struct {
	depth  int
	prefix string
}

func (p *prefixes) enter(depth int, prefix, uri string) {
	if p.uris == nil {
		p.uris = map[string][]string{}
	}
	p.uris[prefix] = append(p.uris[prefix], uri)
	p.undo = append(p.undo, declared{depth, prefix})
}

// leave forgets what the element at that depth declared.
func (p *prefixes) leave(depth int) {
	for n := len(p.undo); n > 0 && p.undo[n-1].depth >= depth; n-- {
		prefix := p.undo[n-1].prefix
		p.uris[prefix] = p.uris[prefix][:len(p.uris[prefix])-1]
		p.undo = p.undo[:n-1]
	}
}

// lookup returns what a prefix stands for, and "" when nothing declares it.
func (p *prefixes) lookup(prefix string) string {
	if prefix == "xml" {
		return namespaceXML
	}
	if uris := p.uris[prefix]; len(uris) > 0 {
		return uris[len(uris)-1]
	}
	return ""
}

// spacedAttributes reports a start tag in which white space, or the end, follows every quoted value.
func spacedAttributes(raw []byte) bool {
	for i := 0; i < len(raw); i++ {
		quote := raw[i]
		if quote != '"' && quote != '\'' {
			continue
		}
		for i++; i < len(raw) && raw[i] != quote; i++ {
		}
		if i+1 < len(raw) && strings.IndexByte(" \t\r\n/>", raw[i+1]) < 0 {
			return false
		}
	}
	return true
}

// referred reads the number of a character reference, "65" or "x41".
func referred(digits string) (rune, bool) {
	base := 10
	if strings.HasPrefix(digits, "x") {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseInt(digits, base, 32)
	return rune(n), err == nil
}
