package redact

import (
	"fmt"
	"html"
	"net/url"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/suites/sign"
)

// The marks that replace secrets.
const (
	hidden    = "***"
	ShownHead = 6 // characters shown of a signature
	MinSecret = 4 // a shorter value is left out where it is named as a secret, but not searched for elsewhere
)

// A secret is a value that must not be shown, and what is shown instead.
type secret struct {
	full, shown string
	core        string   // its longest run of letters and digits, which every spelling leaves alone
	spelled     []string // its spellings, where they were worked out beforehand
	bare        string   // its letters and digits in lower case
	whole       bool     // a part of it is no secret
}

func newSecret(full, shown string) secret {
	return secret{full: full, shown: shown, core: core(full), bare: bareText(full)}
}

// beginsIn reports whether the letters and digits of a text have those that the secret begins with.
func (s secret) beginsIn(bare string) bool {
	return strings.Contains(bare, s.bare[:min(minPiece, len(s.bare))])
}

// replace takes the secret out of text, in whatever spelling it is there.
func (s secret) replace(text string) string {
	if !strings.Contains(text, s.core) {
		return text
	}
	spelled := s.spelled
	if spelled == nil {
		spelled = Spellings(s.full)
	}
	for _, spelling := range spelled {
		text = strings.ReplaceAll(text, spelling, s.shown)
	}
	return text
}

func core(text string) string {
	longest := ""
	for run := range strings.FieldsFuncSeq(text, func(r rune) bool {
		return r >= 0x80 || !isNameByte(byte(r)) || r == '_' || r == '-' || r == '.'
	}) {
		if len(run) > len(longest) {
			longest = run
		}
	}
	return longest
}

// Spellings returns the ways in which a value may be written in URLs, forms, JSON, XML, and strings to sign, longest
// first.
func Spellings(value string) []string {
	coded := sign.PercentEncode(value)
	slashed := strings.ReplaceAll(value, "/", `\/`)
	quoted := inQuotes(value)
	list := []string{
		value, coded, sign.PercentEncode(coded), lowerHex(coded), url.QueryEscape(value), html.EscapeString(value), slashed,
		strings.ReplaceAll(value, "+", " "), strings.ReplaceAll(value, "+", "&#43;"),
		escaped(value, `+/=&<>'`, `&#%d;`), escaped(value, `+/=&<>'`, `\u%04X`), escaped(value, `+/=&<>'`, `\u%04x`),
		escaped(value, `=&<>'`, `\u%04x`), escaped(value, `&<>`, `\u%04x`), escaped(slashed, `=&<>'`, `\u%04x`),
		quoted, escaped(quoted, `&<>`, `\u%04x`), strings.ReplaceAll(quoted, "/", `\/`), url.PathEscape(value),
	}
	slices.SortFunc(list, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return slices.Compact(list)
}

// inQuotes writes a value as a JSON string holds it, without the quotation marks.
func inQuotes(value string) string { return strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value) }

// escaped writes the characters of set by their numbers.
func escaped(value, set, format string) string {
	var out strings.Builder
	for _, r := range value {
		if strings.ContainsRune(set, r) {
			fmt.Fprintf(&out, format, r)
			continue
		}
		out.WriteRune(r)
	}
	return out.String()
}

// lowerHex writes the digits of percent-encoding in lower case.
func lowerHex(coded string) string {
	text := []byte(coded)
	for i := 0; i+2 < len(text); i++ {
		if text[i] == '%' {
			text[i+1] |= 0x20 // digits have the bit already
			text[i+2] |= 0x20
		}
	}
	return string(text)
}

// firstOf shows the beginning of a signature: enough to find it in a log, too little to use it.
func firstOf(value string) string {
	letters := []rune(value)
	if len(letters) <= ShownHead {
		return value
	}
	if strings.HasSuffix(value, "…") && len(letters) == ShownHead+1 {
		return value
	}
	return string(letters[:ShownHead]) + "…"
}

// plain undoes percent-encoding where the text is percent-encoded.
func plain(text string) string {
	if value, err := url.QueryUnescape(text); err == nil && strings.Contains(text, "%") {
		return value
	}
	return text
}
