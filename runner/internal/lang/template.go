package lang

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// verb matches a formatting verb of package fmt, with the number of its value where it has one.
var verb = regexp.MustCompile(`%(?:%|[-+#0]*[0-9]*(?:\.[0-9]+)?(?:\[([0-9]+)\])?[a-zA-Z])`)

// A verbAt is a verb of a message: where it is, and the number of its value from 1; 0 is that of %%, which takes none.
type verbAt struct{ from, to, value int }

// verbs lists the verbs of a message.
func verbs(message string) (list []verbAt) {
	next := 1
	for _, m := range verb.FindAllStringSubmatchIndex(message, -1) {
		if message[m[0]:m[1]] == "%%" {
			list = append(list, verbAt{m[0], m[1], 0})
			continue
		}
		value := next
		if m[2] >= 0 {
			value, _ = strconv.Atoi(message[m[2]:m[3]])
		}
		next = value + 1
		list = append(list, verbAt{m[0], m[1], value})
	}
	return list
}

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
	at, text := 0, ""
	for _, v := range verbs(key) {
		text += key[at:v.from]
		at = v.to
		if v.value == 0 {
			text += "%"
			continue
		}
		literals = append(literals, text)
		pattern.WriteString(regexp.QuoteMeta(text))
		text = ""
		capture(sortOf(key[at-1]), v.value)
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
	for _, v := range verbs(translation) {
		switch word := translation[v.from:v.to]; {
		case strings.HasPrefix(word, "%+"):
			names[v.value] = whatever
		case strings.HasSuffix(word, aName):
			names[v.value] = aName
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
	for _, v := range verbs(message) {
		if v.value > 0 && !slices.Contains(list, v.value) {
			list = append(list, v.value)
		}
	}
	slices.Sort(list)
	return list
}

// asStrings makes every verb of a message one for a string, since a value that was found in a text is one.
func asStrings(message string) string {
	for _, v := range slices.Backward(verbs(message)) {
		if v.value > 0 {
			message = fmt.Sprintf("%s%%[%d]s%s", message[:v.from], v.value, message[v.to:])
		}
	}
	return message
}
