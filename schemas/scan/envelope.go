package scan

// Member is a member of an envelope: the text of a string or an XML element as it is written, without quotation
// marks; the digits of a number; nothing of anything else.
type Member struct {
	Kind  Kind
	Raw   []byte
	Plain bool // Raw has no escapes or entities: it is the text itself
}

// Other is a member that is none of those the convention names.
type Other struct {
	Name []byte
	Kind Kind
}

// maxOthers is how many other members an accepted envelope may have.
const maxOthers = 32

// Envelope is what a pass over an accepted body found. Its slices point into the body.
type Envelope struct {
	XML  bool
	Root []byte // name of the XML root

	RequestID, HostID, Code, Message, HTTPStatus Member
	Recommend, AccessDenied                      Member

	UUID   UUID // of RequestID, where IsUUID tells that it was read already
	IsUUID bool

	others [maxOthers]Other
	count  int
}

// Others returns the other members, in their order.
func (e *Envelope) Others() []Other { return e.others[:e.count] }

func (e *Envelope) reset() {
	e.XML, e.Root, e.count, e.IsUUID = false, nil, 0, false
	e.RequestID, e.HostID, e.Code, e.Message, e.HTTPStatus = Member{}, Member{}, Member{}, Member{}, Member{}
	e.Recommend, e.AccessDenied = Member{}, Member{}
}

// members lists the members that the convention names, those that are not there too.
func (e *Envelope) members() [7]*Member {
	return [...]*Member{&e.RequestID, &e.HostID, &e.Code, &e.Message, &e.HTTPStatus, &e.Recommend, &e.AccessDenied}
}

// slot returns the member of that name; nil when it is an other one.
func (e *Envelope) slot(name []byte) *Member {
	switch string(name) {
	case "RequestId":
		return &e.RequestID
	case "HostId":
		return &e.HostID
	case "Code":
		return &e.Code
	case "Message":
		return &e.Message
	case "HttpStatus":
		return &e.HTTPStatus
	case "Recommend":
		return &e.Recommend
	case "AccessDeniedDetail":
		return &e.AccessDenied
	}
	return nil
}

// other keeps a member that the convention does not name; false when there are too many.
func (e *Envelope) other(name []byte, k Kind) bool {
	if e.count == maxOthers {
		return false
	}
	e.others[e.count] = Other{name, k}
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
	return end >= 0 && s.blanks(b, end) == len(b)
}

// Coded accepts a body as JSON does that stands in a string of its own, as in a line of a log, without being unquoted
// first; b[i] is the quotation mark before it, and end the position after the one behind it. It takes no escapes in
// the body's own strings.
func (s *Scanner) Coded(b []byte, i int, e *Envelope) (end int, ok bool) {
	if i+1 >= len(b) || b[i] != '"' || b[i+1] != '{' {
		return 0, false
	}
	top, tabs := s.top, s.tabs
	s.coded, s.tabs = true, false
	end = s.members(b, i+1, e)
	if end >= 0 {
		end = s.blanks(b, end)
	}
	s.coded, s.tabs, s.top = false, tabs, top
	if end < 0 || end >= len(b) || b[end] != '"' {
		return 0, false
	}
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
	m := e.slot(name)
	if m == nil {
		end, kind := s.value(b, at, 1)
		return end, end >= 0 && e.other(name, kind)
	}
	if s.coded && at < len(b) && b[at] == '\\' {
		end := codedStr(b, at)
		if end < 0 {
			return 0, false
		}
		*m = Member{String, b[at+2 : end-2], true}
		return end, true
	}
	if !s.coded && at < len(b) && b[at] == '"' {
		end, plain := str(b, at)
		if end < 0 {
			return 0, false
		}
		*m = Member{String, b[at+1 : end-1], plain}
		return end, true
	}
	end, kind := s.value(b, at, 1)
	if end < 0 {
		return 0, false
	}
	m.Kind, m.Plain = kind, true
	if kind == Number {
		m.Raw = b[at:end]
	}
	return end, true
}
