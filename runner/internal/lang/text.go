package lang

import (
	"cmp"
	"maps"
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

// Text returns a text of the suite in the language. A text that is put together of several messages is taken apart. What has
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
	return chinese().text(text, deepest)
}

// A book is the messages of one language.
type book struct {
	printer *message.Printer
	exact   map[string]string
	begun   map[string][]*template // by the first letters of what they begin with
	other   []*template            // of which the beginning can be any text
	known   sync.Map               // texts that were translated: nothing but the suite's own, and bounded by what a report holds
}

// head is how much of a message's beginning it is found by.
const head = 4

// newBook takes the pairs of messages. Those of the fixtures are whole texts without verbs.
func newBook(tag language.Tag, pairs map[string]string, whole map[string]string) *book {
	b := &book{exact: map[string]string{}, begun: map[string][]*template{}}
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

// found is a text that was looked up.
type found struct {
	text string
	ok   bool
}

func (b *book) text(text string, deep int) (string, bool) {
	if deep == 0 || text == "" {
		return text, false
	}
	if exact, ok := b.exact[text]; ok {
		return exact, true
	}
	if letters(text) < 2 || !strings.ContainsAny(text, " ") {
		return text, false
	}
	if known, ok := b.known.Load(text); ok {
		return known.(found).text, known.(found).ok
	}
	out, ok := b.look(text, deep)
	b.known.Store(text, found{out, ok})
	return out, ok
}

func (b *book) look(text string, deep int) (string, bool) {
	if len(text) >= head {
		for _, t := range b.begun[text[:head]] {
			if out, ok := b.filled(t, text, deep); ok {
				return out, true
			}
		}
	}
	for _, t := range b.other {
		if out, ok := b.filled(t, text, deep); ok {
			return out, true
		}
	}
	return b.parts(text, deep)
}

// filled translates a text that is such a message, with what was put into it.
func (b *book) filled(t *template, text string, deep int) (string, bool) {
	values, before, behind, ok := t.match(text)
	if !ok {
		return "", false
	}
	args := make([]any, len(values))
	for n, value := range values {
		args[n-1], _ = b.text(value, deep-1)
	}
	middle := b.printer.Sprintf(message.Key(t.key, t.key), args...)
	if before != "" {
		before, _ = b.text(before, deep-1)
	}
	if behind != "" {
		behind, _ = b.text(behind, deep-1)
	}
	return before + middle + behind, true
}

// parts translates a text that is no message part by part.
func (b *book) parts(text string, deep int) (string, bool) {
	if before, inner, ok := strings.Cut(text, " ("); ok && strings.HasSuffix(inner, ")") {
		head, one := b.text(before, deep-1)
		inner, other := b.text(strings.TrimSuffix(inner, ")"), deep-1)
		if one || other {
			return head + "（" + inner + "）", true
		}
	}
	for _, between := range []struct{ english, chinese string }{{"; ", "；"}, {" × ", " × "}, {": ", "："}, {", ", "，"}, {" and ", " 和 "}, {" or ", " 或 "}} {
		parts := strings.Split(text, between.english)
		if len(parts) == 1 || len(parts) > 64 {
			continue
		}
		some := false
		for i, part := range parts {
			var ok bool
			parts[i], ok = b.text(part, deep-1)
			some = some || ok
		}
		if some {
			return strings.Join(parts, between.chinese), true
		}
	}
	return text, false
}
