package lang

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/message"
)

// begins reports whether a message begins with the same name.
func (b *book) begins(text string) bool {
	name, _, _ := strings.Cut(text, ": ")
	return len(text) >= head && slices.ContainsFunc(b.begun[text[:head]], func(t *template) bool { return strings.HasPrefix(t.key, name+": ") })
}

// look takes a text for the message that leaves least of it in English.
func (b *book) look(text string, deep int) (string, grade) {
	if strings.Contains(text, ": ") && !strings.Contains(text, "; then ") && !mayChange.MatchString(text) {
		if out, g := b.templates(text, deep, weak/2); g == whole {
			return out, whole // whose name belongs to the message
		}
	}
	if m := flagged.FindStringSubmatch(text); m != nil {
		if out, g := b.text(m[2], deep-1); g == whole {
			return m[1] + " " + out, whole
		}
	}
	named := found{text, none} // a file or a flag, and the message about it
	if name, rest, ok := strings.Cut(text, ": "); ok && !strings.Contains(name, " ") && !strings.Contains(text, "{") {
		out, g := b.text(rest, deep-1)
		if g == whole {
			return name + "：" + out, g
		}
		if g != none && !b.begins(text) {
			named = found{name + "：" + out, g}
		}
	}
	if out, g := b.joined(text, "; then ", "；然后", deep); g != none && named.grade == none {
		return out, g
	}
	if out, g := b.change(text, deep); g == whole {
		return out, whole
	}
	filled, first := b.templates(text, deep, 0)
	if first == whole {
		return filled, whole
	}
	if m := answered.FindStringSubmatch(text); m != nil {
		if out, g := b.text(m[2], deep-1); g == whole {
			return m[1] + " " + out, whole
		}
	}
	out, g := b.parts(text, deep)
	switch {
	case g == whole:
		return out, g
	case first != none:
		return filled, some
	case named.grade != none:
		return named.text, named.grade
	}
	return out, g
}

// templates takes a text for the message with so many letters of its own that leaves nothing of it in English, else for the first
// that can be found whatever was put into it.
func (b *book) templates(text string, deep, least int) (string, grade) {
	second := found{text, none}
	one, other := []*template(nil), b.other
	if len(text) >= head {
		one = b.begun[text[:head]]
	}
	for len(one)+len(other) > 0 { // the one with most of its own first
		if len(one) == 0 || len(other) > 0 && other[0].own > one[0].own {
			one, other = other, one
		}
		t := one[0]
		one = one[1:]
		if t.weight < least {
			continue
		}
		out, g := b.filled(t, text, deep)
		if g == whole {
			return out, whole
		}
		if g == some && second.grade == none && t.weight >= weak {
			second = found{out, some}
		}
	}
	return second.text, second.grade
}

// filled translates a text that is such a message, with what was put into it.
func (b *book) filled(t *template, text string, deep int) (string, grade) {
	values, before, behind, ok := t.match(text)
	if !ok {
		return text, none
	}
	all := whole
	put := func(text string) string {
		out, g := b.part(text, deep-1)
		if g != whole {
			all = some
		}
		return out
	}
	args := make([]any, len(values))
	for n, value := range values {
		switch kind := b.names[t.key][n]; {
		case kind == aName && strings.Contains(value, " "):
			return text, none
		case kind != "":
			args[n-1] = opens + named(value) + shuts
			continue
		}
		args[n-1] = opens + put(value) + shuts
	}
	before, behind = put(before), put(behind)
	return before + spaced(b.printer.Sprintf(message.Key(t.key, t.key), args...)) + behind, all
}

// flagged is a flag and what is said of its value.
var flagged = regexp.MustCompile(`^(--[a-z-]+) ([^ ].*)$`)

// between are the words and marks that put texts together, with those of Chinese.
var between = []struct{ english, chinese string }{{"  ·  ", "  ·  "}, {"; ", "；"}, {" × ", " × "}, {": ", "："}, {", ", "，"}, {" and ", " 和 "}, {" or ", " 或 "}}

// parts translates a text that is no message part by part. Lines of a target file are not taken apart.
func (b *book) parts(text string, deep int) (string, grade) {
	if before, inner, ok := remarked(text); ok {
		head, one := b.part(before, deep-1)
		remark, other := b.part(inner, deep-1)
		if head != before || remark != inner {
			return head + "（" + remark + "）", max(min(one, other), some)
		}
	}
	for _, mark := range between {
		if strings.Contains(text, "{") && (mark.english == ": " || mark.english == ", ") {
			continue
		}
		if out, g := b.joined(text, mark.english, mark.chinese, deep); g != none {
			return out, g
		}
	}
	return text, none
}

// remarked takes a text apart that ends with something in brackets.
func remarked(text string) (before, inner string, ok bool) {
	if !strings.HasSuffix(text, ")") {
		return "", "", false
	}
	depth := 0
	for i := len(text) - 1; i > 0; i-- {
		switch text[i] {
		case ')':
			depth++
		case '(':
			depth--
		}
		if depth == 0 {
			before, blank := strings.CutSuffix(text[:i], " ")
			return before, text[i+1 : len(text)-1], blank
		}
	}
	return "", "", false
}

// joined translates the parts of a text that is put together by a word or a mark.
func (b *book) joined(text, english, chinese string, deep int) (string, grade) {
	parts := outside(text, english)
	if len(parts) == 1 || len(parts) > 64 {
		return text, none
	}
	all, any := whole, false
	for i, part := range parts {
		out, g := b.part(part, deep-1)
		any = any || out != part || namesOnly(part) && strings.HasSuffix(english, "r ")
		all = min(all, g)
		parts[i] = opens + out + shuts
	}
	if !any {
		return text, none
	}
	return spaced(strings.Join(parts, chinese)), max(all, some)
}
