package suites

import (
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/acsconform/acsconform/schemas"
)

// placeholders matches what a table writes where a server must write a name (errata X7).
var placeholders = screened{regexp.MustCompile(`%s|\{ParameterName\}|<\s*parameter name\s*>`), func(text string) bool { return strings.ContainsAny(text, "%{<") }}

// screened is an expression that is not even tried on text that cannot match it.
type screened struct {
	*regexp.Regexp
	may func(text string) bool
}

// MatchString reports a match.
func (s screened) MatchString(text string) bool { return s.may(text) && s.Regexp.MatchString(text) }

// FindString returns the first match; empty for none.
func (s screened) FindString(text string) string {
	if !s.may(text) {
		return ""
	}
	return s.Regexp.FindString(text)
}

// quoted matches a name between quotation marks, after quotation marks were made equal.
var quoted = regexp.MustCompile(`"[^"]+"`)

var quoteMarks = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "‘", "'", "’", "'", "\\\"", `"`, "\\“", `"`, "\\”", `"`)

// plain makes messages comparable: equal quotation marks, single blanks, no full stop at the end (errata X7).
func plain(message string) string {
	if strings.IndexFunc(message, func(r rune) bool { return r == '\\' || r >= utf8.RuneSelf }) >= 0 {
		message = quoteMarks.Replace(message)
	}
	message = strings.Join(strings.Fields(message), " ")
	return strings.TrimRight(message, ". ")
}

// wording compares messages with rows and keeps the expressions it compiled: a run asks for the same few hundreds of
// times. Safe for concurrent use.
type wording struct{ compiled sync.Map }

// isRow reports whether a message is that of the row, with the parameter at fault where the table has a placeholder or
// a quoted name. An unknown parameter ("") lets any name stand. A message may go on after the table's words, as live
// gateways do when they add the string to sign.
func (w *wording) isRow(row schemas.Row, message, parameter string) bool {
	if row.AnyText {
		return true
	}
	for _, text := range append([]string{row.Message}, row.Also...) {
		if w.isText(text, message, parameter) {
			return true
		}
	}
	return false
}

func (w *wording) isText(text, message, parameter string) bool {
	return w.expression(words{text, parameter}).matches(plain(message))
}

// words are the text of a table and the parameter that may be in it.
type words struct{ text, parameter string }

// An expression is what messages that say some words begin with: the words as they are, or a pattern where a name stands in
// them.
type expression struct {
	literal string
	pattern *regexp.Regexp
}

// endOfWords are the characters that may follow the words.
const endOfWords = "\t\n\f\r .:;,("

func (x *expression) matches(message string) bool {
	if x.pattern != nil {
		return x.pattern.MatchString(message)
	}
	rest, ok := strings.CutPrefix(message, x.literal)
	return ok && (rest == "" || strings.IndexByte(endOfWords, rest[0]) >= 0)
}

// expression matches the messages that say those words.
func (w *wording) expression(of words) *expression {
	if x, ok := w.compiled.Load(of); ok {
		return x.(*expression)
	}
	const hole = "\x00"
	text := plain(of.text)
	text = placeholders.ReplaceAllString(text, hole)
	text = quoted.ReplaceAllString(text, `"`+hole+`"`)
	x := &expression{literal: text}
	if strings.Contains(text, hole) {
		name := `[^"]+?`
		if of.parameter != "" {
			name = `(?i:` + strings.ReplaceAll(regexp.QuoteMeta(of.parameter), `\|`, `|`) + `)`
		}
		// Quotation marks around a name that the table writes without are as good as none (errata X7).
		name = `(?:` + name + `|"` + name + `")`
		x.pattern = regexp.MustCompile(`^` + strings.ReplaceAll(regexp.QuoteMeta(text), hole, name) + `(?:$|[` + endOfWords + `])`)
	}
	w.compiled.Store(of, x)
	return x
}
