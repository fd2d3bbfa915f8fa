package report

import (
	_ "embed" // the style
	"html/template"
	"strings"

	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/runner/internal/marks"
)

// bothStyle shows one of the two languages, by that of the document.
//
//go:embed page.css
var bothStyle string

// htmlFuncs are the functions of the page.
var htmlFuncs = template.FuncMap{
	"t":    both,
	"said": said,
	"zh":   lang.Chinese.Text,
	"plural": func(n int, one, more string) string {
		if n == 1 {
			return one
		}
		return more
	},
}

// both returns a text of the suite in both languages, of which the page shows one; as it is where it has no translation.
func both(text any) template.HTML {
	english := ""
	switch text := text.(type) {
	case string:
		english = text
	case interface{ String() string }:
		english = text.String()
	default:
		english = template.HTMLEscaper(text)
		return template.HTML(english)
	}
	chinese, ok := lang.Chinese.Translated(english)
	if !ok || chinese == english {
		return template.HTML(template.HTMLEscapeString(english))
	}
	return pair(template.HTML(template.HTMLEscapeString(english)), template.HTML(template.HTMLEscapeString(chinese)))
}

// said is [both] for what was wanted or came, with what matters marked in English.
func said(text string, pieces []marks.Piece) template.HTML {
	var english strings.Builder
	for _, p := range pieces {
		shown := template.HTMLEscapeString(p.Text)
		if p.Mark {
			shown = "<mark>" + shown + "</mark>"
		}
		english.WriteString(shown)
	}
	chinese, ok := lang.Chinese.Translated(text)
	if !ok || chinese == text {
		return template.HTML(english.String())
	}
	return pair(template.HTML(english.String()), template.HTML(template.HTMLEscapeString(chinese)))
}

// pair puts two languages beside each other.
func pair(english, chinese template.HTML) template.HTML {
	return `<span class="en" lang="en">` + english + `</span><span class="zh" lang="zh-CN">` + chinese + `</span>`
}

// bothLinked is [both] for texts of the norm, whose errata and documents are links.
func bothLinked(text string) template.HTML {
	chinese, ok := lang.Chinese.Translated(text)
	if !ok || chinese == text {
		return linked(text)
	}
	return pair(linked(text), linked(chinese))
}
