package scan

// A Shape is the form of bodies that differ in nothing but some of their strings and numbers: literal text, and holes
// where those stood. It is learned from one body that was accepted.
//
// What fits a shape is what its body was with other values in the holes, each a value that the pass itself would
// take there. So the pass accepts it, and finds the same members, of the same kinds. It is for one goroutine.
type Shape struct {
	// Envelope is that of the body that came last. What the shape does not vary stays as it was learned.
	Envelope Envelope

	steps []step
}

// step is literal text and the hole behind it.
type step struct {
	literal string
	hole    hole
	member  *Member // of the envelope, that the hole is the value of
	value   *Value  // of the line, that the hole is
}

// hole is what may stand at a place.
type hole byte

const (
	noHole      hole = iota // the end
	textHole                // of a string of JSON within a string: UTF-8 that needs no escapes in either
	elementHole             // of an XML element, in a string: UTF-8 that needs neither escapes nor entities
	numberHole
	uuidHole
	stringHole // of a line: with the quotation mark that ends it
	bodyHole   // of a line: the same
)

// Fit holds what stands in a string from b[i] on against the shape. It returns the position behind it, which should be
// that of a quotation mark; a negative one for what has another shape.
func (s *Shape) Fit(b []byte, i int) (end int) {
	for n := range s.steps {
		t := &s.steps[n]
		if len(b)-i < len(t.literal) || string(b[i:i+len(t.literal)]) != t.literal {
			return -1
		}
		i += len(t.literal)
		end := i
		switch t.hole {
		case textHole:
			end = plainRun(b, i)
		case elementHole:
			end = elementRun(b, i)
		case numberHole:
			end = number(b, i)
		case uuidHole:
			end = s.uuid(b, i)
		}
		if end < 0 {
			return -1
		}
		if t.member != nil {
			t.member.Raw = b[i:end]
		}
		i = end
	}
	return i
}

// uuid reads the request id.
func (s *Shape) uuid(b []byte, i int) (end int) {
	if len(b)-i < uuidSize {
		return -1
	}
	var ok bool
	if s.Envelope.UUID, ok = ParseUUID(b[i : i+uuidSize]); !ok {
		return -1
	}
	return i + uuidSize
}

// A Layout is the form of lines, as a Shape is that of bodies. It is for one goroutine.
type Layout struct {
	// Values are those of the line that came last, one for each path of the picker. What the layout does not vary
	// stays as it was learned.
	Values []Value

	steps []step
}

// A BodyReader passes over a body in a string whose quotation mark is b[i]. It returns the position behind the other
// quotation mark; a negative one to have the line not fit.
type BodyReader interface {
	ReadBody(b []byte, i int) (end int)
}

// Fit holds the line at b[0] against the layout. It returns the position behind it, where a line break or nothing
// should be; a negative one for a line of another layout.
func (l *Layout) Fit(b []byte, body BodyReader) (end int) {
	i := 0
	for n := range l.steps {
		t := &l.steps[n]
		if len(b)-i < len(t.literal) || string(b[i:i+len(t.literal)]) != t.literal {
			return -1
		}
		i += len(t.literal)
		end, text, plain := i, i, true
		switch t.hole {
		case noHole:
			continue
		case stringHole:
			end, plain = str(b, i-1)
			text = end - 1
		case bodyHole:
			end, plain = body.ReadBody(b, i-1), false
			text = end - 1
		case numberHole:
			end = number(b, i)
			text = end
		}
		if end < 0 {
			return -1
		}
		if t.value != nil {
			t.value.Raw, t.value.Plain = b[i:text], plain
		}
		i = end
	}
	return i
}
