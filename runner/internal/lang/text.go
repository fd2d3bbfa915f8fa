package lang

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/message/catalog"
)

// What is translated at most: a longer text is not the suite's, and messages are put into one another only so deep.
const (
	longestText = 8 << 10
	deepest     = 6
)

// Text returns a text of the suite in the language. One that is put together from messages is taken apart. What has
// no translation comes back as it is.
func (l Language) Text(text string) string {
	translated, _ := l.Translated(text)
	return translated
}

// Format returns the message that values are put into, line by line.
func (l Language) Format(message string) string {
	if l != Chinese {
		return message
	}
	lines := strings.Split(message, "\n")
	for i, line := range lines {
		if translation, ok := messages()[line]; ok {
			lines[i] = translation
		}
	}
	return strings.Join(lines, "\n")
}

// Say puts values into the message in the language.
func (l Language) Say(message string, values ...any) string {
	return fmt.Sprintf(l.Format(message), values...)
}

// Each puts every text into the language.
func (l Language) Each(texts []string) []string {
	said := make([]string, len(texts))
	for i, text := range texts {
		said[i] = l.Text(text)
	}
	return said
}

// Lines is [Language.Text] line by line, and keeps what lines are indented by.
func (l Language) Lines(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		words := strings.Trim(line, " \n")
		begin := strings.Index(line, words)
		b.WriteString(line[:begin] + l.Text(words) + line[begin+len(words):])
	}
	return b.String()
}

// Translated is [Language.Text], and reports whether anything of the text was translated.
func (l Language) Translated(text string) (string, bool) {
	if l != Chinese || text == "" || len(text) > longestText {
		return text, false
	}
	out, g := chinese().text(text, deepest)
	return out, g != none
}

// Whole reports whether nothing but names is left of a text in English.
func (l Language) Whole(text string) bool {
	if l != Chinese {
		return true
	}
	_, g := chinese().part(text, deepest)
	return g == whole
}

// A book is the messages of one language.
type book struct {
	printer *message.Printer
	exact   map[string]string
	begun   map[string][]*template    // by the first letters of what they begin with
	other   []*template               // of which the beginning can be any text
	names   map[string]map[int]string // of a message, which of its values are shown as they are
	commas  []string                  // texts that are sent as they are, with a comma in them
	known   sync.Map                  // texts that were translated: nothing but the suite's own, and bounded by what a report holds
}

// head is how much of a message's beginning it is found by.
const head = 4

// newBook takes the pairs of messages. Those of the fixtures are whole texts without verbs.
func newBook(tag language.Tag, pairs map[string]string, whole map[string]string) *book {
	b := &book{exact: map[string]string{}, begun: map[string][]*template{}, names: map[string]map[int]string{}}
	words := catalog.NewBuilder(catalog.Fallback(language.English))
	for key, translation := range withRemedies(pairs) {
		if len(valuesOf(key)) == 0 && strings.IndexByte(joints, key[0]) < 0 && !strings.HasSuffix(key, " ") {
			b.exact[strings.ReplaceAll(key, "%%", "%")] = strings.ReplaceAll(translation, "%%", "%")
			continue
		}
		if err := words.SetString(tag, key, asStrings(translation)); err != nil {
			continue // a test holds every message to be well formed
		}
		t := templateOf(key)
		b.names[key] = namesIn(translation)
		if len(t.first) >= head {
			b.begun[t.first[:head]] = append(b.begun[t.first[:head]], t)
		} else {
			b.other = append(b.other, t)
		}
	}
	for key, translation := range whole {
		b.exact[key] = translation
	}
	heaviest := func(a, b *template) int {
		return cmp.Or(b.own-a.own, boolean(a.open)-boolean(b.open), cmp.Compare(a.key, b.key))
	}
	for _, list := range b.begun {
		slices.SortFunc(list, heaviest)
	}
	slices.SortFunc(b.other, heaviest)
	b.printer = message.NewPrinter(tag, message.Catalog(words))
	return b
}

// withRemedies adds what stands behind "%s; " as a message of its own: it is one where a further part follows.
func withRemedies(pairs map[string]string) map[string]string {
	all := maps.Clone(pairs)
	for key, translation := range pairs {
		remedy, one := strings.CutPrefix(key, "%s; ")
		translated, other := strings.CutPrefix(translation, "%s；")
		if _, there := pairs[remedy]; one && other && !there && len(valuesOf(remedy)) == 0 {
			all[remedy] = translated
		}
	}
	return all
}

func boolean(is bool) int {
	if is {
		return 1
	}
	return 0
}

// A grade is how much of a text was translated.
type grade int

const (
	none grade = iota // nothing
	some
	whole // everything but names
)

// found is a text that was looked up.
type found struct {
	text  string
	grade grade
}

// looked is what was found of a text that could be taken apart so often.
type looked struct {
	found
	deep int
}

func (b *book) text(text string, deep int) (string, grade) {
	if deep == 0 || text == "" {
		return text, none
	}
	if exact, ok := b.exact[text]; ok {
		return exact, whole
	}
	if letters(text) < 2 || !strings.ContainsAny(text, " ") {
		return text, none
	}
	if known, ok := b.known.Load(text); ok {
		if k := known.(looked); k.grade == whole || k.deep >= deep {
			return k.text, k.grade
		}
	}
	out, g := b.look(text, deep)
	b.known.Store(text, looked{found{out, g}, deep})
	return out, g
}

// part is [book.text] for what was put into a message: a name is as good as translated.
func (b *book) part(text string, deep int) (string, grade) {
	if identifier[text] || inQuotes.MatchString(text) {
		return text, whole
	}
	out, g := b.text(text, deep)
	if g == none && (namesOnly(text) || fileLine.MatchString(text)) {
		g = whole
	}
	return out, g
}

// inQuotes matches a text that is one quoted string: what the user wrote or a server answered, which is never translated.
var inQuotes = regexp.MustCompile(`^"(?:[^"\\]|\\.)*"$`)

// fileLine is a line of a target file, which is the same in every language.
var fileLine = regexp.MustCompile(`^[a-z_.]+: [{\[].*[}\]]$`)

// identifier are words of files and flags that are words of the language too: within a message they are the former.
var identifier = func() map[string]bool {
	words := map[string]bool{}
	for _, word := range strings.Fields(`
		action answers body cases clauses code codes conditions diff errata exchange format host known map message method
		missing name operation operations path profile profiles proxy records report request rows source status style target text time
		verdict`) {
		words[word] = true
	}
	return words
}()

// unit are the units of times, which are the same in every language.
var unit = map[string]bool{"h": true, "s": true, "ms": true, "%": true}

// namesOnly reports whether a text is one word, or several that are codes, numbers, markup and names of headers:
// 400 InvalidParameter.
func namesOnly(text string) bool {
	words := strings.Fields(text)
	for _, word := range words {
		if unit[word] {
			continue
		}
		if len(words) > 1 && strings.HasSuffix(word, ";") {
			return false
		}
		if len(words) > 1 && !strings.ContainsAny(word, "0123456789<>=") && (word[0] < 'A' || word[0] > 'Z') {
			return false
		}
	}
	return true
}

// answered is a text that begins with a status.
var answered = regexp.MustCompile(`^([1-5](?:[0-9]{2}|xx)) (.+)$`)
