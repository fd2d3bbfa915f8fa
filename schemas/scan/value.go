package scan

// The bounds of what is accepted. They are far below those of schemas.
const (
	maxNames = 256 // member names of all objects that are open at once
	maxLevel = 48
)

// A Scanner keeps what a pass needs, so that it can be used again without allocating. The zero Scanner is ready. It
// is for one goroutine.
type Scanner struct {
	names  [maxNames][]byte // of the objects that are open, the innermost last
	marks  [maxNames]uint32 // of each name, see markOf
	top    int
	tabs   bool // tabs and carriage returns may be between values, as in a line of a log
	quoted bool // what is read is in a string itself: its quotation marks are written \"

	body *Envelope // where Pick puts the body that it reads on the way; nil: it does not
	slot int       // of the picker that the body is put into
	read bool      // it did
}

// Kind is the type of a value.
type Kind byte

// The kinds. None is that of a member that is not there.
const (
	None Kind = iota
	String
	Number
	True
	False
	Null
	Object
	Array
)

// blanks passes over what may be between values.
func (s *Scanner) blanks(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || s.tabs && (b[i] == '\t' || b[i] == '\r')) {
		i++
	}
	return i
}

// value passes over the value at b[i]. It returns the position after it; a negative one when it is not accepted.
func (s *Scanner) value(b []byte, i, level int) (end int, kind Kind) {
	if i >= len(b) || level > maxLevel {
		return -1, None
	}
	switch c := b[i]; c {
	case '"':
		if s.quoted {
			return -1, None
		}
		end, _ = str(b, i)
		return end, String
	case '\\':
		if !s.quoted {
			return -1, None
		}
		return codedStr(b, i), String
	case '{':
		return s.object(b, i, level), Object
	case '[':
		return s.array(b, i, level), Array
	case 't':
		return word(b, i, "true"), True
	case 'f':
		return word(b, i, "false"), False
	case 'n':
		return word(b, i, "null"), Null
	}
	return number(b, i), Number
}

func word(b []byte, i int, w string) int {
	if len(b)-i < len(w) || string(b[i:i+len(w)]) != w {
		return -1
	}
	return i + len(w)
}

// number takes no exponents, and nothing that no double could hold.
func number(b []byte, i int) int {
	start := i
	if i < len(b) && b[i] == '-' {
		i++
	}
	whole := i
	for i < len(b) && digit(b[i]) {
		i++
	}
	if i == whole || b[whole] == '0' && i > whole+1 {
		return -1
	}
	if i < len(b) && b[i] == '.' {
		i++
		fraction := i
		for i < len(b) && digit(b[i]) {
			i++
		}
		if i == fraction {
			return -1
		}
	}
	if i < len(b) && b[i]|0x20 == 'e' || i-start > 64 {
		return -1
	}
	return i
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

func (s *Scanner) array(b []byte, i, level int) int {
	i = s.blanks(b, i+1)
	if i < len(b) && b[i] == ']' {
		return i + 1
	}
	for {
		if i, _ = s.value(b, i, level+1); i < 0 {
			return -1
		}
		i = s.blanks(b, i)
		if i >= len(b) {
			return -1
		}
		switch b[i] {
		case ']':
			return i + 1
		case ',':
			i = s.blanks(b, i+1)
		default:
			return -1
		}
	}
}

func (s *Scanner) object(b []byte, i, level int) int {
	base := s.top
	i = s.blanks(b, i+1)
	if i < len(b) && b[i] == '}' {
		return i + 1
	}
	for {
		var ok bool
		if _, i, ok = s.name(b, i, base); !ok {
			return -1
		}
		if i, _ = s.value(b, i, level+1); i < 0 {
			return -1
		}
		more, next := s.next(b, i)
		if next < 0 {
			return -1
		}
		i = next
		if !more {
			s.top = base
			return i
		}
	}
}

// next passes over the comma before a further member, or the bracket after the last.
func (s *Scanner) next(b []byte, i int) (more bool, end int) {
	i = s.blanks(b, i)
	if i >= len(b) {
		return false, -1
	}
	switch b[i] {
	case '}':
		return false, i + 1
	case ',':
		return true, s.blanks(b, i+1)
	}
	return false, -1
}

// markOf returns what most names differ by.
func markOf(name []byte) uint32 {
	if len(name) == 0 {
		return 0
	}
	return uint32(len(name))<<16 | uint32(name[0])<<8 | uint32(name[len(name)-1])
}

// name reads a member's name and the colon. It takes none with escapes, and none that is in the object already;
// the object's names begin at base.
func (s *Scanner) name(b []byte, i, base int) (name []byte, end int, ok bool) {
	if s.top == maxNames || i >= len(b) {
		return nil, 0, false
	}
	if s.quoted {
		if end = codedStr(b, i); end < 0 {
			return nil, 0, false
		}
		name = b[i+2 : end-2]
	} else {
		if b[i] != '"' {
			return nil, 0, false
		}
		var plain bool
		if end, plain = str(b, i); end < 0 || !plain {
			return nil, 0, false
		}
		name = b[i+1 : end-1]
	}
	mark := markOf(name)
	for n, other := range s.marks[base:s.top] {
		if other == mark && string(s.names[base+n]) == string(name) {
			return nil, 0, false
		}
	}
	s.names[s.top], s.marks[s.top] = name, mark
	s.top++
	i = end
	if i < len(b) && b[i] == ' ' {
		i = s.blanks(b, i)
	}
	if i >= len(b) || b[i] != ':' {
		return nil, 0, false
	}
	return name, s.blanks(b, i+1), true
}
