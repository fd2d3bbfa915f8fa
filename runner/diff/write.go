package diff

import (
	"encoding/json"
	"io"

	"github.com/acsconform/acsconform/schemas"
)

// JSON writes a diff as JSON that fits its schema.
func JSON(w io.Writer, d *schemas.Diff) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(d)
}

// Write writes a diff as text, json, markdown or html.
func Write(w io.Writer, d *schemas.Diff, format string) error {
	switch format {
	case "json":
		return JSON(w, d)
	case "markdown":
		return Markdown(w, d)
	case "html":
		return HTML(w, d)
	default:
		return Text(w, d)
	}
}
