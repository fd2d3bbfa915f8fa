package body

// Class describes a member as far as the shape of an envelope depends on it: its kind and, of strings, text and numbers,
// the little that a shape asks of them.
type Class uint8

// The classes. Absent is that of a member that is not there.
const (
	Absent Class = iota
	BlankString
	FilledString
	Integer // written without fraction and exponent, in fewer than 19 characters
	OtherNumber
	Bool
	Null
	Object
	Array
	BlankText
	Digits // text of digits only
	FilledText
	Element
)

// classKinds are the kinds of the classes.
var classKinds = [...]Kind{
	BlankString: KindString, FilledString: KindString, Integer: KindNumber, OtherNumber: KindNumber, Bool: KindBool, Null: KindNull,
	Object: KindObject, Array: KindArray, BlankText: KindText, Digits: KindText, FilledText: KindText, Element: KindElement,
}

// Kind returns the kind of value that members of the class have; empty for Absent.
func (c Class) Kind() Kind { return classKinds[c] }

// Textual reports a string, or an element of text.
func (c Class) Textual() bool { return c.Kind() == KindString || c.Kind() == KindText }

// Blank reports that there is no text, or white space only.
func (c Class) Blank() bool { return c == BlankString || c == BlankText }

// ClassOf returns the class of a value of that kind. The text is that of a string, a text or a number.
func ClassOf[T string | []byte](k Kind, text T) Class {
	switch k {
	case KindString:
		if isBlank(text) {
			return BlankString
		}
		return FilledString
	case KindNumber:
		if isInteger(text) {
			return Integer
		}
		return OtherNumber
	case KindBool:
		return Bool
	case KindNull:
		return Null
	case KindObject:
		return Object
	case KindArray:
		return Array
	case KindText:
		switch {
		case isBlank(text):
			return BlankText
		case isDigits(text):
			return Digits
		}
		return FilledText
	}
	return Element
}

// Class returns the class of the first member of exactly that name.
func (e *Envelope) Class(name string) Class {
	m, ok := e.Get(name)
	if !ok {
		return Absent
	}
	return ClassOf(m.Kind, m.Text)
}

func isInteger[T string | []byte](text T) bool {
	if len(text) > 0 && text[0] == '-' && len(text) < 19 {
		text = text[1:]
	}
	return len(text) < 19 && isDigits(text)
}

func isDigits[T string | []byte](text T) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return len(text) > 0
}

func isBlank[T string | []byte](text T) bool {
	for i := range len(text) {
		switch text[i] {
		case ' ', '\t', '\r', '\n', '\f':
		default:
			return false
		}
	}
	return true
}
