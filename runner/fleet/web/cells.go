package web

import (
	"html/template"
	"strings"

	"github.com/acsconform/acsconform/runner/fleet/view"
	"github.com/acsconform/acsconform/schemas"
)

// cell is one of the matrix: its class, its sign, and the word of what is not kept.
type cell struct{ class, sign, word string }

func cellOf(state string) cell {
	switch state {
	case string(schemas.Kept):
		return cell{"k", "✓", ""}
	case string(schemas.Broken):
		return cell{"b", "×", state}
	case string(schemas.Warned):
		return cell{"w", "!", state}
	case string(schemas.Known):
		return cell{"n", "=", state}
	case string(schemas.NotJudged):
		return cell{"o", "?", state}
	case "":
		return cell{"o", "", ""}
	}
	return cell{"o", "·", ""} // not applicable, skipped or not exercised
}

// cells are the cells of a row, a page of which has thousands. They are made of nothing but the words above.
func (s speech) cells(row view.Row, columns []view.Column) template.HTML {
	var b strings.Builder
	for _, column := range columns {
		c := cellOf(row.States[column.Clause])
		b.WriteString(`<td class="` + c.class + `"`)
		if c.word != "" {
			b.WriteString(` aria-label="` + template.HTMLEscapeString(s.Text(c.word)) + `"`)
		}
		b.WriteString(">" + c.sign)
	}
	return template.HTML(b.String())
}
