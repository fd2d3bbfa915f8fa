package doctor

import (
	"strings"

	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/suites/wording"
)

// joint stands for a blank within braces while a finding is broken into lines: nobody could copy half of a mapping.
const joint = '\ue000'

// Lines returns the finding in a language, in lines of so many columns; in one where that is 0, or too narrow for anything.
func (f Finding) Lines(columns int, language lang.Language) []string {
	text := f.in(language)
	if columns < 20 {
		return []string{text}
	}
	var out []string
	for i, line := range wording.Wrap(unbroken(text), columns-2, len(text)) {
		line = strings.ReplaceAll(line, string(joint), " ")
		if i > 0 {
			line = "  " + line
		}
		out = append(out, line)
	}
	return out
}

// unbroken joins the words of what is in braces or brackets.
func unbroken(text string) string {
	depth := 0
	return strings.Map(func(r rune) rune {
		switch r {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case ' ':
			if depth > 0 {
				return joint
			}
		}
		return r
	}, text)
}
