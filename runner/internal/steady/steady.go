// Package steady writes what a server answers without what differs each time, so that two answers can be compared.
package steady

import (
	"regexp"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

var (
	httpDate  = regexp.MustCompile(`(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? [0-9A-Za-z :-]{10,24}(GMT|UTC)?`)
	isoTime   = regexp.MustCompile(`[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:]{5,8}(\.[0-9]+)?(Z|[+-][0-9:]{5,6})?)?`)
	truncated = regexp.MustCompile(`[A-Za-z0-9+/=]{1,6}…`) // what redaction leaves of a signature
)

// Text writes a text without what differs each time: ids, times, numbers, signatures and whatever else has a digit
// in it become #. Every answer of a run is written so, and few have what takes a regular expression.
func Text(text string) string {
	if strings.Contains(text, "…") {
		text = truncated.ReplaceAllString(text, mark)
	}
	if hasWeekday(text) {
		text = httpDate.ReplaceAllString(text, mark)
	}
	if hasDate(text) {
		text = isoTime.ReplaceAllString(text, mark)
	}
	text = replaced(text, uuidAt)
	if !strings.ContainsAny(text, digits+"+=") {
		return text
	}
	return replaced(replaced(text, base64At), wordAt)
}

const (
	mark   = "#"
	digits = "0123456789"
)

func hasWeekday(text string) bool {
	for _, day := range []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"} {
		if strings.Contains(text, day) {
			return true
		}
	}
	return false
}

// hasDate reports whether a text has two digits between hyphens, as every date has.
func hasDate(text string) bool {
	for at := strings.IndexByte(text, '-'); at >= 0 && at+3 < len(text); {
		if text[at+3] == '-' && isDigit(text[at+1]) && isDigit(text[at+2]) {
			return true
		}
		next := strings.IndexByte(text[at+1:], '-')
		if next < 0 {
			return false
		}
		at += 1 + next
	}
	return false
}

// replaced marks what find finds at a place: a part of so many bytes, which is to be marked or is left.
func replaced(text string, find func(text string) (size int, marked bool)) string {
	var out strings.Builder
	done := 0
	for at := 0; at < len(text); {
		size, marked := find(text[at:])
		if marked {
			out.WriteString(text[done:at])
			out.WriteString(mark)
			done = at + size
		}
		at += max(size, 1)
	}
	if done == 0 {
		return text
	}
	out.WriteString(text[done:])
	return out.String()
}

// uuidAt finds the hexadecimal digits of a UUID, with its hyphens or without some.
func uuidAt(text string) (size int, marked bool) {
	for i, digits := range []int{8, 4, 4, 4, 12} {
		if i > 0 && size < len(text) && text[size] == '-' {
			size++
		}
		if len(text)-size < digits {
			return 0, false
		}
		for ; digits > 0; digits-- {
			if !isHex(text[size]) {
				return 0, false
			}
			size++
		}
	}
	return size, true
}

// base64At finds a word of base64 that is long, and that is no word of a language.
func base64At(text string) (size int, marked bool) {
	const long = 16
	for size < len(text) && (isLetter(text[size]) || isDigit(text[size]) || text[size] == '+' || text[size] == '/') {
		size++
	}
	if size < long {
		return size, false
	}
	for range 2 {
		if size < len(text) && text[size] == '=' {
			size++
		}
	}
	return size, strings.ContainsAny(text[:size], digits+"+=")
}

// wordAt finds a word that has a digit in it.
func wordAt(text string) (size int, marked bool) {
	for ; size < len(text) && (isLetter(text[size]) || isDigit(text[size]) || text[size] == '_'); size++ {
		marked = marked || isDigit(text[size])
	}
	return size, marked
}

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isHex(c byte) bool    { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

// Field is Text for the value of a header. A cookie keeps only its name, since its value differs each time.
func Field(f schemas.Field) string {
	if strings.EqualFold(f.Name, "Set-Cookie") {
		name, _, _ := strings.Cut(f.Value, "=")
		return Text(name) + "=…"
	}
	return Text(f.Value)
}

// RequestID describes how a request id is written: "upper-case UUID", "lower-case id". It returns "" for an empty id.
func RequestID(id string) string {
	if id == "" {
		return ""
	}
	kind := "id"
	switch size, uuid := uuidAt(id); {
	case !uuid || size < len(id):
	case len(id) == 36:
		kind = "UUID"
	case len(id) == 32:
		kind = "UUID without hyphens"
	}
	switch id {
	case strings.ToUpper(id):
		return "upper-case " + kind
	case strings.ToLower(id):
		return "lower-case " + kind
	}
	return "mixed-case " + kind
}
