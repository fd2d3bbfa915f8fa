package outcome

import (
	"github.com/acsconform/acsconform/runner/internal/lang"
)

// speech puts what a round found into a language.
type speech struct{ lang.Language }

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
