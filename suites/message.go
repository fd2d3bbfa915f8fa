package suites

import (
	"regexp"
	"strings"
	"sync"

	"github.com/acsconform/acsconform/schemas"
)

// placeholders matches what a table writes where a server must write a name (errata X7).
var placeholders = regexp.MustCompile(`%s|\{ParameterName\}|<\s*parameter name\s*>`)

// quoted matches a name between quotation marks, after quotation marks were made equal.
var quoted = regexp.MustCompile(`"[^"]*"`)

var quoteMarks = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "‘", "'", "’", "'", "\\\"", `"`, "\\“", `"`, "\\”", `"`)

// plain makes messages comparable: equal quotation marks, single blanks, no full stop at the end (errata X7).
func plain(message string) string {
	message = strings.Join(strings.Fields(quoteMarks.Replace(message)), " ")
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
	const hole = "\x00"
	pattern := plain(text)
	pattern = placeholders.ReplaceAllString(pattern, hole)
	pattern = quoted.ReplaceAllString(pattern, `"`+hole+`"`)
	name := `[^"]+?`
	if parameter != "" {
		name = `(?i:` + strings.ReplaceAll(regexp.QuoteMeta(parameter), `\|`, `|`) + `)`
	}
	expression := strings.ReplaceAll(regexp.QuoteMeta(pattern), hole, name)
	return w.expression(`^` + expression + `(?:$|[\s.:;,(])`).MatchString(plain(message))
}

func (w *wording) expression(text string) *regexp.Regexp {
	if re, ok := w.compiled.Load(text); ok {
		return re.(*regexp.Regexp)
	}
	re := regexp.MustCompile(text)
	w.compiled.Store(text, re)
	return re
}
