package scan

// Member is a member of an envelope.
type Member struct {
	Name  []byte
	Kind  Kind
	Raw   []byte // a string or the text of an XML element as it is written, without quotation marks; any other scalar; empty for all else
	Plain bool   // Raw has no escapes or entities: it is the text itself
}

// maxMembers is how many members an accepted envelope may have.
const maxMembers = 40

// Envelope is what a pass over an accepted body found. Its slices point into the body.
type Envelope struct {
	XML  bool
	Root []byte // name of the XML root

	members [maxMembers]Member
	count   int
	text    []byte // of JSON: the body as it is written
	quoted  bool   // it is in a string itself
}

// Members returns the members, in their order.
func (e *Envelope) Members() []Member { return e.members[:e.count] }

// Get returns the first member of that name; nil when there is none.
func (e *Envelope) Get(name string) *Member {
	for i := range e.count {
		if m := &e.members[i]; len(m.Name) == len(name) && string(m.Name) == name {
			return m
		}
	}
	return nil
}

func (e *Envelope) has(name []byte) bool {
	for i := range e.count {
		if string(e.members[i].Name) == string(name) {
			return true
		}
	}
	return false
}

func (e *Envelope) reset() { e.XML, e.Root, e.count, e.text, e.quoted = false, nil, 0, nil, false }

// keep adds a member; false when there are too many.
func (e *Envelope) keep(m Member) bool {
	if e.count == maxMembers {
		return false
	}
	e.members[e.count] = m
	e.count++
	return true
}

// JSON accepts a body that is one object of RFC 8259 on one line, no name twice in any object of it, and nothing
// before or after it.
func (s *Scanner) JSON(b []byte, e *Envelope) bool {
	s.top, s.tabs = 0, false
	if len(b) == 0 || b[0] != '{' {
		return false
	}
	end := s.members(b, 0, e)
	e.text = b
	return end >= 0 && s.blanks(b, end) == len(b)
}

// Coded accepts a body as JSON does that is in a string of its own, as in a line of a log, without being unquoted
// first; b[i] is the quotation mark before it, and end the position after the one behind it. It takes no escapes in
// the body's own strings.
func (s *Scanner) Coded(b []byte, i int, e *Envelope) (end int, ok bool) {
	if i+1 >= len(b) || b[i] != '"' || b[i+1] != '{' {
		return 0, false
	}
	top, tabs := s.top, s.tabs
	s.quoted, s.tabs = true, false
	end = s.members(b, i+1, e)
	if end >= 0 {
		end = s.blanks(b, end)
	}
	s.quoted, s.tabs, s.top = false, tabs, top
	if end < 0 || end >= len(b) || b[end] != '"' {
		return 0, false
	}
	e.text, e.quoted = b[i+1:end], true
	return end + 1, true
}

// Body passes over a string, as Coded does where it holds a body that is accepted, and else as over any other. The end
// is negative when it is no string.
func (s *Scanner) Body(b []byte, i int, e *Envelope) (end int, read bool) {
	s.top, s.tabs = 0, false
	if end, read = s.Coded(b, i, e); !read {
		end, _ = str(b, i)
	}
	return end, read
}

// members reads the members of the object at b[i] into the envelope; negative when it is not accepted.
func (s *Scanner) members(b []byte, i int, e *Envelope) (end int) {
	e.reset()
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
		end, ok := s.member(b, at, name, e)
		if !ok {
			return -1
		}
		more, next := s.next(b, end)
		if next < 0 {
			return -1
		}
		if i = next; !more {
			return i
		}
	}
}

// member reads the value of a member of the envelope.
func (s *Scanner) member(b []byte, at int, name []byte, e *Envelope) (end int, ok bool) {
	m := Member{Name: name, Plain: true}
	switch {
	case at >= len(b):
		return 0, false
	case s.quoted && b[at] == '\\':
		if end = codedStr(b, at); end < 0 {
			return 0, false
		}
		m.Kind, m.Raw = String, b[at+2:end-2]
	case !s.quoted && b[at] == '"':
		if end, m.Plain = str(b, at); end < 0 {
			return 0, false
		}
		m.Kind, m.Raw = String, b[at+1:end-1]
	default:
		if end, m.Kind = s.value(b, at, 1); end < 0 {
			return 0, false
		}
		if m.Kind != Object && m.Kind != Array {
			m.Raw = b[at:end]
		}
	}
	return end, e.keep(m)
}
