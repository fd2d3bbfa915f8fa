package scan

import "strings"

// A Picker takes the values at some paths out of an object in one pass. It may be used by many goroutines.
type Picker struct {
	root  node
	slots int
	body  int // the slot of a body; -1: none
}

type node struct {
	name     string
	mark     uint32 // of the name
	slot     int    // -1: none
	only     bool   // no other members are accepted than the children
	children []*node
}

// NewPicker makes the picker of some paths, "response.status". A member whose own name has dots in it is found too.
func NewPicker(paths ...string) *Picker {
	p := &Picker{slots: len(paths), body: -1}
	for slot, path := range paths {
		if path == "" {
			continue
		}
		n := &p.root
		for _, step := range strings.Split(path, ".") {
			n = n.child(step)
		}
		n.slot = slot
		p.root.child(path).slot = slot
	}
	return p
}

// WithBody makes a picker that reads the JSON body in one of the slots on its way, see [Scanner.PickBody].
func (p *Picker) WithBody(slot int) *Picker {
	with := *p
	with.body = slot
	return &with
}

func (n *node) child(name string) *node {
	if c := n.find([]byte(name), markOf([]byte(name))); c != nil {
		return c
	}
	c := &node{name: name, mark: markOf([]byte(name)), slot: -1}
	n.children = append(n.children, c)
	return c
}

func (n *node) find(name []byte, mark uint32) *node {
	for _, c := range n.children {
		if c.mark == mark && c.name == string(name) {
			return c
		}
	}
	return nil
}

// Value is a value as it is written; a string without its quotation marks. It is of kind None when there is none.
type Value struct {
	Kind  Kind
	Raw   []byte
	Plain bool // of a string: it has no escapes
}

// Pick fills in one value for each path, in their order. It is false when the line is not accepted: it is no object
// of RFC 8259, has a name twice or with escapes in it, or goes past the bounds.
func (s *Scanner) Pick(p *Picker, line []byte, into []Value) bool {
	s.top, s.tabs, s.slot = 0, true, p.body
	clear(into[:p.slots])
	i := s.blanks(line, 0)
	if i >= len(line) || line[i] != '{' {
		return false
	}
	end := s.pick(&p.root, line, i, 0, into)
	return end >= 0 && s.blanks(line, end) == len(line)
}

// PickBody is Pick that reads the body in the picker's slot into an envelope on its way, so that it need not be read
// again. read is false where the body is not accepted as JSON; the value is there all the same.
func (s *Scanner) PickBody(p *Picker, line []byte, into []Value, e *Envelope) (read, ok bool) {
	s.body, s.read = e, false
	ok = s.Pick(p, line, into)
	s.body = nil
	return s.read, ok
}

func (s *Scanner) pick(n *node, b []byte, i, level int, into []Value) int {
	base := s.top
	i = s.blanks(b, i+1)
	if i < len(b) && b[i] == '}' {
		return i + 1
	}
	for {
		name, at, ok := s.name(b, i, base)
		if !ok {
			return -1
		}
		member := n.find(name, s.marks[s.top-1])
		if member == nil && n.only {
			return -1
		}
		end := s.picked(member, b, at, level+1, into)
		if end < 0 {
			return -1
		}
		more, next := s.next(b, end)
		if next < 0 {
			return -1
		}
		if i = next; !more {
			s.top = base
			return i
		}
	}
}

// picked passes over the value of a member, and keeps it where a path ends there.
func (s *Scanner) picked(n *node, b []byte, at, level int, into []Value) int {
	if n == nil {
		end, _ := s.value(b, at, level)
		return end
	}
	if at < len(b) && b[at] == '"' {
		if s.body != nil && n.slot >= 0 && n.slot == s.slot {
			if end, ok := s.Coded(b, at, s.body); ok {
				s.read = true
				into[n.slot] = Value{String, b[at+1 : end-1], false}
				return end
			}
		}
		end, plain := str(b, at)
		if end > 0 && n.slot >= 0 {
			into[n.slot] = Value{String, b[at+1 : end-1], plain}
		}
		return end
	}
	if at < len(b) && b[at] == '{' && len(n.children) > 0 && level < maxLevel {
		end := s.pick(n, b, at, level, into)
		if end > 0 && n.slot >= 0 {
			into[n.slot] = Value{Object, b[at:end], true}
		}
		return end
	}
	end, kind := s.value(b, at, level)
	if end > 0 && n.slot >= 0 {
		into[n.slot] = Value{kind, b[at:end], true}
	}
	return end
}

// Only makes a picker that accepts no member of the object at a path (the line itself where that is empty) but those that
// lie on one of its paths.
func (p *Picker) Only(path string) *Picker {
	n := &p.root
	if path != "" {
		for _, step := range strings.Split(path, ".") {
			n = n.child(step)
		}
	}
	n.only = true
	return p
}

// Element passes over one element of an array that was accepted: first with at 0, then with the end that came last.
// It is false after the last.
func (s *Scanner) Element(array []byte, at int) (element []byte, end int, ok bool) {
	s.top, s.tabs = 0, true
	at = s.blanks(array, at)
	if at >= len(array) || array[at] != '[' && array[at] != ',' {
		return nil, 0, false
	}
	at = s.blanks(array, at+1)
	end, _ = s.value(array, at, 1)
	if end < 0 {
		return nil, 0, false
	}
	return array[at:end], end, true
}
