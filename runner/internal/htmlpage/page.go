// Package htmlpage is the layout that all HTML pages of the suite share: one file each, in which nothing is fetched and no script
// runs but its own.
//
// Nothing about it is promised to importers; package runner says what is.
package htmlpage

import (
	"cmp"
	"crypto/sha256"
	_ "embed" // the layout
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"io"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

var (
	//go:embed page.html
	layout string
	//go:embed page.css
	style string
)

// Advice is what the template "advice" shows of a clause: what breaking it does to clients, and how it is usually fixed.
type Advice struct {
	Impact, Fix string
	Gateways    []schemas.GatewayLine
}

// AdviceOf returns what the suite says of one of the clauses; nothing where it is none of them.
func AdviceOf(clauses []schemas.Clause, id string) Advice {
	for _, c := range clauses {
		if c.ID == id {
			return Advice{c.Impact, c.Fix, c.Gateways.List()}
		}
	}
	return Advice{}
}

// Page is what one kind of page adds to the layout.
type Page struct {
	Text     string           // defines the templates "title" and "body"
	Funcs    template.FuncMap // of these templates
	Style    string           // rules beyond those that all pages have
	Script   string           // the only one that runs; empty for none
	Language string           // as the lang attribute has it; empty: en
}

// Write writes the page of some data. What the data holds is escaped.
func (p Page) Write(w io.Writer, data any) error {
	t, err := template.New("page").Funcs(p.Funcs).Parse(layout)
	if err != nil {
		return err
	}
	if _, err := t.New("parts").Parse(p.Text); err != nil {
		return err
	}
	css := style + p.Style
	out := wording.HTML(w)
	err = t.Execute(out, struct {
		Policy   string
		Style    template.CSS
		Script   template.JS
		Data     any
		Language string
	}{p.policy(css), template.CSS(css), template.JS(p.Script), data, cmp.Or(p.Language, "en")})
	return errors.Join(err, out.Flush())
}

// policy allows the style and the script of the page, by their digests, and nothing else.
func (p Page) policy(css string) string {
	script := ""
	if p.Script != "" {
		script = fmt.Sprintf("script-src 'sha256-%s'; ", digest(p.Script))
	}
	return fmt.Sprintf("default-src 'none'; style-src 'sha256-%s'; %sbase-uri 'none'; form-action 'none'", digest(css), script)
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.StdEncoding.EncodeToString(sum[:])
}
