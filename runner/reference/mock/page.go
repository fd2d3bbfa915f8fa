package mock

import (
	"bytes"
	_ "embed" // the page
	"fmt"
	"html/template"
	"net/http"
	"slices"

	"github.com/acsconform/acsconform/runner/internal/htmlpage"
	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/suites/wording"
)

//go:embed page.html
var pageText string

// pageStyle is what the page needs beyond the style of all pages.
const pageStyle = `
.wide{overflow-x:auto}
td{overflow-wrap:anywhere;min-width:4rem}
th{white-space:nowrap}
.t{white-space:nowrap}
.code{font-family:var(--mono);font-size:.82rem}
.finding{border-color:var(--broken)}
.idle{color:var(--dim)}
`

// What the page shows at most.
const (
	maxShownOperations = 2000 // of all products
	maxShownCalls      = 100
	maxShownText       = 8 << 10 // of what was signed, in columns
)

// pageData is what the page is made of. All its text is fit to be shown.
type pageData struct {
	Products []pageProduct
	Facts    string
	Calls    []Entry // the last one first
	Refusals []pageRefusal
	Unused   []string
	Answers  bool // there is a file of them
	More     string
}

type pageProduct struct {
	Name, Facts string
	Operations  []pageOperation
}

type pageOperation struct {
	Name, Call, Answer string
	Count              int
}

type pageRefusal struct {
	Entry
	Why       string
	Signature *pageSignature
}

func lines(text string) string { return wording.Clip(wording.Lines(text), maxShownText) }

// servePage writes what is served, what was asked, and what was refused and why.
func (m *Mock) servePage(w http.ResponseWriter) {
	var out bytes.Buffer
	if err := (htmlpage.Page{Text: pageText, Style: pageStyle, Language: m.language.Tag(), Funcs: template.FuncMap{"t": m.language.Text}}).Write(&out, m.pageData()); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "frame-ancestors 'none'") // the page itself has the rest of the policy
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	_, _ = w.Write(out.Bytes())
}

func (m *Mock) pageData() *pageData {
	j := m.Journal()
	d := &pageData{Answers: m.script() != nil, Unused: m.Unused()}
	left := maxShownOperations
	for _, p := range m.products {
		of := p.shown(j.Counts)
		if more := len(of.Operations) - left; more > 0 {
			of.Operations = of.Operations[:left]
			d.More = "The other operations are left out of this page."
		}
		left -= len(of.Operations)
		d.Products = append(d.Products, of)
	}
	slices.Reverse(j.Calls)
	d.Facts = text.Count(j.Total, "call") + ", " + text.Count(j.Unserved, "call") + " of no operation or version that is served"
	if len(j.Calls) > maxShownCalls {
		d.Facts += fmt.Sprintf("; the last %d are shown", maxShownCalls)
		j.Calls = j.Calls[:maxShownCalls]
	}
	for _, e := range j.Calls {
		d.Calls = append(d.Calls, e.plain())
	}
	for _, r := range m.journal.refusals() {
		of := pageRefusal{Entry: r.Entry.plain(), Why: wording.Plain(string(r.Condition))}
		if r.Parameter != "" {
			of.Why += ": " + wording.Plain(clip(r.Parameter))
		}
		if r.signed != nil {
			of.Signature = r.signed.explanation()
		}
		d.Refusals = append(d.Refusals, of)
	}
	return d
}

// shown returns a product as the page has it, the operations that were called most first.
func (p *product) shown(counts map[string]int) pageProduct {
	out := pageProduct{Name: p.Profile.Name}
	sampled := 0
	for i := range p.Service.Actions {
		a := &p.Service.Actions[i]
		o := pageOperation{Name: a.Name, Call: "Action=" + a.Name, Answer: "built in", Count: counts[p.Profile.Name+" "+a.Name]}
		if a.Path != "" {
			o.Call = a.Method + " " + a.Path
		}
		switch {
		case a.Operation == nil && p.Profile.Operations != nil: // it is there for tests
			continue
		case a.Operation != nil && len(a.Published().Sample) > 0:
			sampled++
			o.Answer = "published sample"
		case a.Operation != nil:
			o.Answer = "least form of its type"
		}
		out.Operations = append(out.Operations, o)
	}
	slices.SortStableFunc(out.Operations, func(a, b pageOperation) int { return b.Count - a.Count })
	out.Facts = fmt.Sprintf("version %s, %s", p.Service.Version, text.Count(len(out.Operations), "operation"))
	if p.Profile.Operations != nil {
		out.Facts += fmt.Sprintf(", %d with a published sample", sampled)
	}
	return out
}

// plain returns an entry whose texts can be shown.
func (e Entry) plain() Entry {
	for _, word := range []*string{&e.Operation, &e.Method, &e.Code, &e.Message, &e.RequestID} {
		*word = wording.Plain(*word)
	}
	return e
}
