package lang

import (
	"regexp"
	"strings"
)

// moments are the ends of a change to a request that say when it is made, with those of Chinese, which stand before it.
var moments = []struct{ english, chinese string }{{" after signing", "签名后"}, {" on the wire", "按原始字节"}}

// clock is the end of a time that a case sends.
const clock = " the server's clock"

// change translates what a case changes in a request: a list of changes, each by itself, since one is not to be taken for a value
// of another. It is none where anything would be left in English.
func (b *book) change(text string, deep int) (string, grade) {
	if parts := strings.Split(text, ", "); len(parts) > 1 && len(parts) <= 16 && changes.MatchString(text) {
		for i, part := range parts {
			out, g := b.text(part, deep-1)
			if g != whole {
				return text, none
			}
			parts[i] = out
		}
		return strings.Join(parts, "，"), whole
	}
	if age, ok := strings.CutPrefix(text, "Timestamp "); ok && strings.HasSuffix(text, clock) {
		out, g := b.text(age, deep-1)
		return "Timestamp " + out, g
	}
	for _, m := range moments {
		if before, ok := strings.CutSuffix(text, m.english); ok && !strings.Contains(before, ", ") {
			if out, g := b.text(before, deep-1); g == whole {
				return spaced(m.chinese + opens + out + shuts), whole
			}
		}
	}
	if setting := assignment.FindStringSubmatch(text); setting != nil && !strings.Contains(text, " behind ") {
		return setting[1], whole
	}
	return text, none
}

var (
	changes    = regexp.MustCompile(`^(?:with|without|by|signed|the|a|another|all)\b`) // the words that a list of changes begins with
	assignment = regexp.MustCompile(`^with ([A-Za-z][^ =,]*=[^,(]*)$`)                 // of what is sent
)

// What is around a value while it is put into a message: letters that no text has.
const (
	opens = "\ue000"
	shuts = "\ue001"
)

var (
	apartBefore = regexp.MustCompile(`(\p{Han}) ` + opens + `(\p{Han})`)
	apartBehind = regexp.MustCompile(`(\p{Han}|[，；])` + shuts + ` (\p{Han})`)
	closeBefore = regexp.MustCompile(`(\p{Han})` + opens + `([A-Za-z0-9])`)
	closeBehind = regexp.MustCompile(`([A-Za-z0-9])` + shuts + `(\p{Han})`)
	fences      = strings.NewReplacer(opens, "", shuts, "")
)

// spaced puts a blank where a value and a message meet, if one is Chinese and one is not, and only there.
func spaced(text string) string {
	text = apartBefore.ReplaceAllString(text, "$1$2")
	text = apartBehind.ReplaceAllString(text, "$1$2")
	text = closeBefore.ReplaceAllString(text, "$1 $2")
	text = closeBehind.ReplaceAllString(text, "$1 $2")
	return fences.Replace(text)
}
