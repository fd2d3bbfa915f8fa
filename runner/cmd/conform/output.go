package main

import (
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/internal/text"
)

// OutputFlags are the flags about where a result goes, and in which form. --format and --to are older names of parts of -o.
type OutputFlags struct {
	Output string `short:"o" aliases:"format" placeholder:"FORM|F" default:"text" help:"Form of the result: text, json, markdown or html; or a file that it goes to, replaced whole, whose name ends in .txt, .json, .md or .html (${default})."`
	To     string `hidden:"" placeholder:"F" help:"File that the result goes to, where -o names a form."`
}

// forms are those of results, and endings the file names by which they are known.
var (
	forms   = []string{"text", "json", "markdown", "html"}
	endings = map[string]string{".txt": "text", ".json": "json", ".md": "markdown", ".html": "html"}
)

// settle finds out what -o names, and refuses what it cannot mean.
func (o *OutputFlags) settle() error {
	flag := "--to"
	if !slices.Contains(forms, o.Output) {
		form := endings[strings.ToLower(filepath.Ext(o.Output))]
		switch {
		case form == "":
			return wrong("-o %q: want %s, or a file whose name ends in .txt, .json, .md or .html", o.Output, text.List(forms, "or"))
		case o.To != "":
			return wrong("-o %s and --to %s name two files; leave one of them out", o.Output, o.To)
		}
		flag, o.Output, o.To = "-o", form, o.Output
	}
	if o.To == "" {
		return nil
	}
	return replaceable(flag, o.To)
}

// put writes a result to where it goes.
func (o *OutputFlags) put(w *env, write func(io.Writer) error) error {
	if o.To == "" {
		return write(w.out)
	}
	return replace(o.To, write)
}
