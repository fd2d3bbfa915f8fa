package diff

import (
	"io"

	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

// JSON writes a diff as JSON that fits its schema.
func JSON(w io.Writer, d *schemas.Diff) error {
	return wording.WriteJSON(w, d, " ")
}

// WriteIn writes a diff as text for a terminal of so many columns (0: 80), as json, markdown or html; all but json is in the language.
func WriteIn(w io.Writer, d *schemas.Diff, format string, columns int, language lang.Language) error {
	switch format {
	case "json":
		return JSON(w, d)
	case "markdown":
		return Markdown(w, d, language)
	case "html":
		return htmlIn(w, d, language)
	default:
		return textIn(w, d, columns, language)
	}
}
