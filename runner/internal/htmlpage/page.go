// Package htmlpage is the layout that all HTML pages of the suite share: one file each, in which nothing is fetched and no script
// runs but its own.
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
	c, _ := schemas.ClauseByID(clauses, id)
	return Advice{c.Impact, c.Fix, c.Gateways.List()}
}

// Page is what one kind of page adds to the layout.
type Page struct {
	Text     string           // defines the templates "title" and "body"
	Funcs    template.FuncMap // of these templates; t shows a text of the suite in the language of the page, and as it is where there is no t
	Style    string           // rules beyond those that all pages have
	Script   string           // the only one that runs; empty where the page has none
	Served   bool             // by a server of ours, to which forms and the script may go back
	Language string           // as the lang attribute has it; empty: en
}

// Write writes the page of some data. What the data holds is escaped.
func (p Page) Write(w io.Writer, data any) error {
	parsed, err := p.Parse()
	if err != nil {
		return err
	}
	return parsed.Write(w, data)
}

// Parsed is a page that is read, to be written any number of times.
type Parsed struct {
	page  Page
	whole *template.Template
}

// Parse reads the page.
func (p Page) Parse() (*Parsed, error) {
	asItIs := template.FuncMap{"t": func(text string) string { return text }}
	t, err := template.New("page").Funcs(asItIs).Funcs(p.Funcs).Parse(layout)
	if err != nil {
		return nil, err
	}
	_, err = t.New("parts").Parse(p.Text)
	return &Parsed{p, t}, err
}

// Write writes the page of some data. What the data holds is escaped.
func (p *Parsed) Write(w io.Writer, data any) error {
	out := wording.HTML(w)
	err := p.whole.Execute(out, struct {
		Policy   string
		Style    template.CSS
		Script   template.JS
		Data     any
		Language string
	}{p.page.Policy(), template.CSS(style + p.page.Style), template.JS(p.page.Script), data, cmp.Or(p.page.Language, "en")})
	return errors.Join(err, out.Flush())
}

// Policy is the Content-Security-Policy of the page. It allows the page's style and script, by their digests, and nothing else.
func (p Page) Policy() string {
	script, back := "", "form-action 'none'"
	if p.Script != "" {
		script = fmt.Sprintf("script-src 'sha256-%s'; ", digest(p.Script))
	}
	if p.Served {
		back = "connect-src 'self'; form-action 'self'"
	}
	return fmt.Sprintf("default-src 'none'; style-src 'sha256-%s'; %sbase-uri 'none'; %s", digest(style+p.Style), script, back)
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.StdEncoding.EncodeToString(sum[:])
}
