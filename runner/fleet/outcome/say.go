package outcome

import (
	"fmt"

	"github.com/acsconform/acsconform/runner/internal/lang"
)

// speech puts what a round found into a language.
type speech struct{ lang.Language }

// say is a message with its values.
func (s speech) say(format string, args ...any) string {
	return fmt.Sprintf(s.Format(format), args...)
}

// each puts texts into the language.
func (s speech) each(texts []string) []string {
	said := make([]string, len(texts))
	for i, text := range texts {
		said[i] = s.Text(text)
	}
	return said
}

// colon is the mark before what is said of something.
func (s speech) colon() string {
	if s.Language == lang.Chinese {
		return "："
	}
	return ": "
}

// comma is the mark between the parts of a list.
func (s speech) comma() string {
	if s.Language == lang.Chinese {
		return "，"
	}
	return ", "
}
