package scan

import "math/bits"

// The bounds of what Kinds takes. A body beyond them is one for a full reader.
const (
	maxKindNodes = 2048
	maxKindNames = 256      // of one object, or of all objects of one array together
	maxKindText  = 64 << 10 // of what is written
)

// Kinds writes the kinds of all values in a body as the least JSON that has them: every string is empty, every number 0,
// every Boolean true, and an array has an item only for each kind that its items have at some place. So lists of any
// length are written alike when their items are. A Kinds is for one goroutine, and allocates nothing once it has grown.
type Kinds struct {
	scanner Scanner
	nodes   []kindNode
	text    []byte
}

// kindNode is a place in the body: the body itself, a member, or all items of an array.
type kindNode struct {
	name        []byte
	mark        uint32 // of the name
	kinds       uint8  // a bit for each kind that came here
	parent      int32
	first, last int32 // of the members of an object; 0: none
	next        int32 // the member behind it
	members     int32
	items       int32 // of an array; 0: none
	most        int32 // how many objects it takes to hold all kinds of the members
}

// The bits of kindNode.kinds, in the order in which they are written.
const (
	nullBit = 1 << iota
	boolBit
	numberBit
	stringBit
	arrayBit
	objectBit
)

var scalars = [...]string{"null", "true", "0", `""`}

// Of writes the kinds of a JSON body that was accepted. The text is valid until the next call; it is not ok beyond the
// bounds.
func (k *Kinds) Of(e *Envelope) (text []byte, ok bool) {
	if e.XML {
		return nil, false
	}
	return k.write(e.text, e.quoted)
}

// OfText writes the kinds of a JSON text; not ok where the text is not one that Scanner accepts.
func (k *Kinds) OfText(text []byte) (kinds []byte, ok bool) { return k.write(text, false) }

func (k *Kinds) write(b []byte, quoted bool) ([]byte, bool) {
	k.nodes, k.text = append(k.nodes[:0], kindNode{parent: -1}), k.text[:0]
	k.scanner.quoted = quoted
	end := k.value(b, k.scanner.blanks(b, 0), 0, 0)
	if end < 0 || k.scanner.blanks(b, end) != len(b) {
		return nil, false
	}
	for i := len(k.nodes) - 1; i > 0; i-- { // members lie behind what they are members of
		if n := &k.nodes[i]; k.nodes[n.parent].items != int32(i) {
			k.nodes[n.parent].most = max(k.nodes[n.parent].most, n.slots())
		}
	}
	ok := k.emit(0, 0)
	return k.text, ok
}

// slots is how many values it takes to show all kinds that came to a place.
func (n *kindNode) slots() int32 {
	s := int32(bits.OnesCount8(n.kinds &^ objectBit))
	if n.kinds&objectBit != 0 {
		s += max(1, n.most)
	}
	return s
}

// value passes over a value at a place, and returns the position behind it; a negative one where it is not taken.
func (k *Kinds) value(b []byte, i int, at int32, level int) int {
	if i >= len(b) || level > maxLevel {
		return -1
	}
	switch b[i] {
	case '{':
		k.nodes[at].kinds |= objectBit
		return k.object(b, i, at, level)
	case '[':
		k.nodes[at].kinds |= arrayBit
		return k.array(b, i, at, level)
	}
	end, kind := k.scanner.value(b, i, level)
	switch kind {
	case String:
		k.nodes[at].kinds |= stringBit
	case True, False:
		k.nodes[at].kinds |= boolBit
	case Null:
		k.nodes[at].kinds |= nullBit
	default:
		k.nodes[at].kinds |= numberBit
	}
	return end
}

func (k *Kinds) array(b []byte, i int, at int32, level int) int {
	i = k.scanner.blanks(b, i+1)
	if i < len(b) && b[i] == ']' {
		return i + 1
	}
	if k.nodes[at].items == 0 {
		if len(k.nodes) == maxKindNodes {
			return -1
		}
		k.nodes[at].items = int32(len(k.nodes))
		k.nodes = append(k.nodes, kindNode{parent: at})
	}
	items := k.nodes[at].items
	for {
		if i = k.value(b, i, items, level+1); i < 0 {
			return -1
		}
		if i = k.scanner.blanks(b, i); i >= len(b) {
			return -1
		}
		switch b[i] {
		case ']':
			return i + 1
		case ',':
			i = k.scanner.blanks(b, i+1)
		default:
			return -1
		}
	}
}

func (k *Kinds) object(b []byte, i int, at int32, level int) int {
	i = k.scanner.blanks(b, i+1)
	if i < len(b) && b[i] == '}' {
		return i + 1
	}
	for likely := k.nodes[at].first; ; {
		k.scanner.top = 0 // whether a name comes twice was looked at before
		name, end, ok := k.scanner.name(b, i, 0)
		if !ok {
			return -1
		}
		member := k.member(at, name, likely)
		if member < 0 {
			return -1
		}
		likely = k.nodes[member].next
		if i = k.value(b, end, member, level+1); i < 0 {
			return -1
		}
		more, next := k.scanner.next(b, i)
		if i = next; next < 0 || !more {
			return next
		}
	}
}

// member returns the place of a member, which is likely one that is known; negative beyond the bounds.
func (k *Kinds) member(of int32, name []byte, likely int32) int32 {
	mark := markOf(name)
	if likely != 0 && k.nodes[likely].mark == mark && string(k.nodes[likely].name) == string(name) {
		return likely
	}
	for i := k.nodes[of].first; i != 0; i = k.nodes[i].next {
		if k.nodes[i].mark == mark && string(k.nodes[i].name) == string(name) {
			return i
		}
	}
	if len(k.nodes) == maxKindNodes || k.nodes[of].members == maxKindNames {
		return -1
	}
	made := int32(len(k.nodes))
	k.nodes = append(k.nodes, kindNode{name: name, mark: mark, parent: of})
	o := &k.nodes[of]
	if o.first == 0 {
		o.first = made
	} else {
		k.nodes[o.last].next = made
	}
	o.last = made
	o.members++
	return made
}

// emit writes the value of a place that shows the kind of that slot; false when the text becomes too long.
func (k *Kinds) emit(at, slot int32) bool {
	n := k.nodes[at]
	for i, word := range scalars {
		if n.kinds&(1<<i) == 0 {
			continue
		}
		if slot == 0 {
			k.text = append(k.text, word...)
			return true
		}
		slot--
	}
	if n.kinds&arrayBit != 0 {
		if slot == 0 {
			return k.emitItems(n.items)
		}
		slot--
	}
	return k.emitMembers(&n, slot)
}

func (k *Kinds) emitItems(items int32) bool {
	k.text = append(k.text, '[')
	if items != 0 {
		for i := range k.nodes[items].slots() {
			if i > 0 {
				k.text = append(k.text, ',')
			}
			if !k.emit(items, i) {
				return false
			}
		}
	}
	k.text = append(k.text, ']')
	return len(k.text) <= maxKindText
}

func (k *Kinds) emitMembers(n *kindNode, slot int32) bool {
	k.text = append(k.text, '{')
	for i, begun := n.first, false; i != 0; i = k.nodes[i].next {
		if k.nodes[i].slots() <= slot {
			continue
		}
		if begun {
			k.text = append(k.text, ',')
		}
		begun = true
		k.text = append(append(append(k.text, '"'), k.nodes[i].name...), '"', ':')
		if len(k.text) > maxKindText || !k.emit(i, slot) {
			return false
		}
	}
	k.text = append(k.text, '}')
	return true
}
