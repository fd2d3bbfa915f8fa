// Package steady writes what a server answers without what differs each time, so that two answers can be compared.
//
// Nothing about it is promised to importers; package runner says what is.
package steady

import (
	"regexp"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

var (
	httpDate   = regexp.MustCompile(`(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? [0-9A-Za-z :-]{10,24}(GMT|UTC)?`)
	isoTime    = regexp.MustCompile(`[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:]{5,8}(\.[0-9]+)?(Z|[+-][0-9:]{5,6})?)?`)
	uuid       = regexp.MustCompile(`[0-9A-Fa-f]{8}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{12}`)
	truncated  = regexp.MustCompile(`[A-Za-z0-9+/=]{1,6}…`) // what redaction leaves of a signature
	base64Word = regexp.MustCompile(`[A-Za-z0-9+/]{16,}={0,2}`)
	withDigit  = regexp.MustCompile(`[A-Za-z_]*[0-9][A-Za-z0-9_]*`)
)

// Text writes a text without what differs each time: ids, times, numbers, signatures and whatever else has a digit
// in it become #.
func Text(text string) string {
	for _, p := range []struct {
		may     func(string) bool // false where the pattern cannot match; much cheaper than the pattern
		pattern *regexp.Regexp
	}{{mayBeCut, truncated}, {hasWeekday, httpDate}, {hasDigit, isoTime}, {mayHoldUUID, uuid}} {
		if p.may(text) {
			text = p.pattern.ReplaceAllString(text, "#")
		}
	}
	if strings.ContainsAny(text, "0123456789+=") {
		text = base64Word.ReplaceAllStringFunc(text, func(word string) string {
			if strings.ContainsAny(word, "0123456789+=") {
				return "#"
			}
			return word
		})
	}
	if hasDigit(text) {
		text = withDigit.ReplaceAllString(text, "#")
	}
	return text
}

func mayBeCut(text string) bool    { return strings.Contains(text, "…") }
func hasDigit(text string) bool    { return strings.ContainsAny(text, "0123456789") }
func mayHoldUUID(text string) bool { return len(text) >= 32 }

func hasWeekday(text string) bool {
	for _, day := range []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"} {
		if strings.Contains(text, day) {
			return true
		}
	}
	return false
}

// Field is Text for the value of a header. A cookie keeps only its name, since its value differs each time.
func Field(f schemas.Field) string {
	if strings.EqualFold(f.Name, "Set-Cookie") {
		name, _, _ := strings.Cut(f.Value, "=")
		return Text(name) + "=…"
	}
	return Text(f.Value)
}

var (
	hyphenated = regexp.MustCompile(`^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$`)
	hexDigits  = regexp.MustCompile(`^[0-9A-Fa-f]{32}$`)
)

// RequestID describes how a request id is written: "upper-case UUID", "lower-case id". It returns "" for an empty id.
func RequestID(id string) string {
	kind := "id"
	switch {
	case id == "":
		return ""
	case hyphenated.MatchString(id):
		kind = "UUID"
	case hexDigits.MatchString(id):
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
