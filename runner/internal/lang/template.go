package lang

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// verb matches a formatting verb of package fmt, with the number of its value where it has one.
var verb = regexp.MustCompile(`%(?:%|[-+#0]*[0-9]*(?:\.[0-9]+)?(?:\[([0-9]+)\])?[a-zA-Z])`)

// A template finds the values that were put into a message.
type template struct {
	key         string
	open, shut  bool   // is a part of a longer text, which goes on before or behind it
	first, last string // what every such message begins and ends with
	longest     string // the longest part that it holds
	weight      int    // how many letters are the message's own
	own         int    // how much text is the message's own
	order       []int  // which value each capture is; 0: what stands before or behind
	compile     func() *regexp.Regexp
}

// joints are what a part of a text begins or ends with that is put behind or before another.
const joints = " ;,:("

// templateOf takes a message apart.
func templateOf(key string) *template {
	t := &template{key: key, open: strings.IndexByte(joints, key[0]) >= 0, shut: strings.HasSuffix(key, " ") || strings.HasSuffix(key, "(")}
	var pattern strings.Builder
	var literals []string
	capture := func(sort string, value int) {
		pattern.WriteString("(" + sort + ")")
		t.order = append(t.order, value)
	}
	pattern.WriteString(`(?s)^`)
	if t.open {
		capture(`.*?`, 0)
	}
	at, next := 0, 1
	text := ""
	for _, m := range verb.FindAllStringSubmatchIndex(key, -1) {
		text += key[at:m[0]]
		at = m[1]
		word := key[m[0]:m[1]]
		if word == "%%" {
			text += "%"
			continue
		}
		literals = append(literals, text)
		pattern.WriteString(regexp.QuoteMeta(text))
		text = ""
		value := next
		if m[2] >= 0 {
			_, _ = fmt.Sscan(key[m[2]:m[3]], &value)
		}
		next = value + 1
		capture(sortOf(word[len(word)-1]), value)
	}
	text += key[at:]
	literals = append(literals, text)
	pattern.WriteString(regexp.QuoteMeta(text))
	if t.shut {
		capture(`.*`, 0)
	}
	pattern.WriteString(`$`)
	for _, l := range literals {
		t.weight += letters(l)
		t.own += len(l)
		if len(l) > len(t.longest) {
			t.longest = l
		}
	}
	if !t.open {
		t.first = literals[0]
	}
	if !t.shut {
		t.last = literals[len(literals)-1]
	}
	source := pattern.String()
	t.compile = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(source) })
	return t
}

// weak is how many letters of its own a message has to have to be found whatever was put into it: "%s of %s" is in many texts, and
// taken for the message only where what was put into it is a name or a message too.
const weak = 12

// sortOf is what a value looks like that was put in by a verb.
func sortOf(verb byte) string {
	switch verb {
	case 'd':
		return `-?[0-9]+`
	case 'f', 'g':
		return `[-+0-9.e]+`
	case 'q':
		return `"(?:[^"\\]|\\.)*"`
	case 'x', 'X':
		return `[0-9A-Fa-f]+`
	}
	return `.*?`
}

func letters(s string) int {
	n := 0
	for _, r := range s {
		if 'a' <= r|0x20 && r|0x20 <= 'z' {
			n++
		}
	}
	return n
}

// match returns the values of a text that is such a message, by their numbers, and what stands before and behind it.
func (t *template) match(text string) (values map[int]string, before, behind string, ok bool) {
	if !strings.HasPrefix(text, t.first) || !strings.HasSuffix(text, t.last) || !strings.Contains(text, t.longest) {
		return nil, "", "", false
	}
	m := t.compile().FindStringSubmatch(text)
	if m == nil {
		return nil, "", "", false
	}
	values = map[int]string{}
	for i, value := range t.order {
		switch {
		case value > 0:
			values[value] = m[i+1]
		case i == 0 && t.open:
			before = m[i+1]
		default:
			behind = m[i+1]
		}
	}
	return values, before, behind, true
}

// The verbs by which a translation takes values that are shown as they are: a name, which is one word, and whatever is sent.
const (
	aName    = "v"
	whatever = "+v"
)

// namesIn returns the numbers of the values that a translation takes by such a verb, with the verb.
func namesIn(translation string) map[int]string {
	names := map[int]string{}
	next := 1
	for _, m := range verb.FindAllStringSubmatchIndex(translation, -1) {
		word := translation[m[0]:m[1]]
		if word == "%%" {
			continue
		}
		value := next
		if m[2] >= 0 {
			_, _ = fmt.Sscan(translation[m[2]:m[3]], &value)
		}
		next = value + 1
		switch {
		case strings.HasPrefix(word, "%+"):
			names[value] = whatever
		case strings.HasSuffix(word, aName):
			names[value] = aName
		}
	}
	return names
}

// cut is a text that is shown in part, as package suites writes it.
var cut = regexp.MustCompile(`(".*")… \(([0-9]+) bytes\)$`)

// named shows a value as it is, but for what is said of one that is cut.
func named(value string) string { return cut.ReplaceAllString(value, "$1…（$2 字节）") }

// values lists the numbers of the values that a message takes, each once, in order; raw are those that are shown as they are.
func valuesOf(message string) []int {
	var list []int
	next := 1
	for _, m := range verb.FindAllStringSubmatchIndex(message, -1) {
		if message[m[0]:m[1]] == "%%" {
			continue
		}
		value := next
		if m[2] >= 0 {
			_, _ = fmt.Sscan(message[m[2]:m[3]], &value)
		}
		next = value + 1
		if !slices.Contains(list, value) {
			list = append(list, value)
		}
	}
	slices.Sort(list)
	return list
}

// asStrings makes every verb of a message one for a string, since a value that was found in a text is one.
func asStrings(message string) string {
	next := 1
	return verb.ReplaceAllStringFunc(message, func(word string) string {
		if word == "%%" {
			return word
		}
		value := next
		if m := verb.FindStringSubmatch(word); m[1] != "" {
			_, _ = fmt.Sscan(m[1], &value)
		}
		next = value + 1
		return fmt.Sprintf("%%[%d]s", value)
	})
}
