package lang

import (
	"regexp"
	"strings"
)

// What is around a value while it is put into a message: letters that no text has.
const (
	opens = "\ue000"
	shuts = "\ue001"
)

var (
	apartBefore = regexp.MustCompile(`(\p{Han}) ` + opens + `(\p{Han})`)
	apartBehind = regexp.MustCompile(`(\p{Han}|[，；）])` + shuts + ` (\p{Han})`)
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
