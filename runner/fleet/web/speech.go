package web

import (
	"fmt"
	"net/http"
	"sync"

	"github.com/acsconform/acsconform/runner/internal/htmlpage"
	"github.com/acsconform/acsconform/runner/internal/lang"
)

// speech is the language of an answer.
type speech struct {
	lang.Language
	chosen bool // by the address, whose links then keep it
}

// speechOf is the language that an address names, or else the one that the visitor's browser asks for.
func speechOf(r *http.Request) speech {
	if named, err := lang.Parse(r.URL.Query().Get("lang")); err == nil {
		return speech{named, true}
	}
	return speech{Language: lang.OfHeader(r.Header.Get("Accept-Language"))}
}

// shown is a text of the suite.
func (s speech) shown(text any) string { return s.Text(fmt.Sprint(text)) }

// laidPages are the pages that were asked for, each parsed once in each language.
var laidPages sync.Map

type laidKey struct {
	text   string
	speech speech
}

// laid is the layout of the pages with the text of one.
func laid(text string, s speech) (*htmlpage.Parsed, error) {
	if known, ok := laidPages.Load(laidKey{text, s}); ok {
		return known.(*htmlpage.Parsed), nil
	}
	parsed, err := layout(text, s).Parse()
	if err == nil {
		laidPages.Store(laidKey{text, s}, parsed)
	}
	return parsed, err
}

func layout(text string, s speech) htmlpage.Page {
	return htmlpage.Page{Text: parts + text, Funcs: functions(s), Style: style, Script: script, Served: true, Language: s.Tag()}
}
