package body

import (
	"fmt"
	"github.com/acsconform/acsconform/schemas"
	"slices"
	"strconv"
	"strings"
)

// Violation is one thing in which an envelope differs from its shape, in plain words: Got and Want complete
// "got …, want …".
type Violation struct {
	Member string // the member as the shape names it; empty when it is the envelope itself
	Kind   ViolationKind
	Got    string
	Want   string
}

// ViolationKind describes in a word or two what differs.
type ViolationKind string

// The kinds of violation.
const (
	ViolatesMissing   ViolationKind = "missing"
	ViolatesEmpty     ViolationKind = "empty" // white space only, too
	ViolatesType      ViolationKind = "wrong type"
	ViolatesSpelling  ViolationKind = "misspelt"
	ViolatesNotDigits ViolationKind = "not digits"
	ViolatesRoot      ViolationKind = "root"
)

// maxQuoted is how many characters of a value are quoted in a violation.
const maxQuoted = 40

func wrongRoot(got, want string) Violation {
	v := Violation{Kind: ViolatesRoot, Got: "the root <" + clip(got, maxQuoted) + ">", Want: "the root <" + want + ">"}
	if want == "" {
		v.Got, v.Want = "XML", "one JSON object"
	}
	return v
}

// violation finds the words for a member that was found wrong.
func (s *Shapes) violation(e Members, name string) Violation {
	v := Violation{Member: name, Want: s.wanted(e.Form(), name)}
	m, ok := e.Get(name)
	other, misspelt := e.Misspelt(name)
	switch {
	case misspelt:
		v.Kind, v.Got, v.Want = ViolatesSpelling, quoted(other), quoted(name)
		return v
	case !ok:
		v.Kind, v.Got = ViolatesMissing, "nothing"
		return v
	case (m.Kind == KindString || m.Kind == KindText) && !(m.Kind == KindString && s.numeric(name)) && isBlank(m.Text):
		v.Kind = ViolatesEmpty
	case m.Kind == KindText && s.numeric(name):
		v.Kind = ViolatesNotDigits
	default:
		v.Kind = ViolatesType
	}
	v.Got = m.words()
	return v
}

// wanted describes what a member should be.
func (s *Shapes) wanted(format schemas.Format, name string) string {
	switch {
	case name == accessDenied:
		return "an object"
	case s.numeric(name) && format == schemas.XML:
		return "digits"
	case s.numeric(name):
		return "an integer"
	case format == schemas.XML:
		return "non-empty text"
	case slices.Contains(s.shape.Mandatory, name) || name == requestID:
		return "a non-empty string"
	}
	return "a string"
}

// words describes the value of a member, its text included where that is short.
func (m Member) words() string {
	switch m.Kind {
	case KindNull, KindObject, KindArray:
		return withArticle(m.Kind)
	case KindElement:
		return "an element that holds elements"
	case KindNumber, KindBool:
		return fmt.Sprintf("%s (%s)", withArticle(m.Kind), clip(m.Text, maxQuoted))
	}
	what := "a string"
	if m.Kind == KindText {
		what = "text"
	}
	switch {
	case m.Text == "" && m.Kind == KindText:
		return "no text"
	case m.Text == "":
		return "an empty string"
	case isBlank(m.Text):
		return what + " of white space only"
	}
	return fmt.Sprintf("%s (%s)", what, quoted(m.Text))
}

// withArticle names a kind of value in a sentence.
func withArticle(k Kind) string {
	switch {
	case k == KindNull:
		return string(k)
	case strings.HasPrefix(string(k), "o") || strings.HasPrefix(string(k), "a") || strings.HasPrefix(string(k), "e"):
		return "an " + string(k)
	}
	return "a " + string(k)
}

// quoted quotes a name or a value on one line, cut where it is long.
func quoted(text string) string {
	if cut := clip(text, maxQuoted); cut != text {
		return strconv.Quote(cut + "…")
	}
	return strconv.Quote(text)
}
