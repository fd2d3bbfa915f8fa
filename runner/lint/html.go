package lint

import (
	"cmp"
	_ "embed" // the page
	"fmt"
	"html/template"
	"io"

	"github.com/acsconform/acsconform/runner/internal/htmlpage"
	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

//go:embed page.html
var pageText string

// pageStyle is what the page needs beyond the style of all pages.
const pageStyle = `
.index{margin-top:1rem}
.wide{overflow-x:auto}
.code,.t,.example dd{font-family:var(--mono);font-size:.82rem}
.t,.n{white-space:nowrap}
td{overflow-wrap:anywhere;min-width:4.5rem}
td.code,td:first-child{min-width:10.5rem}
.index td:first-child{white-space:nowrap;min-width:6.5rem}
.example{margin:.5rem 0 .6rem;padding-top:.5rem;border-top:1px solid var(--line)}
`

// HTML writes the result as one page, which fetches nothing and runs nothing.
type HTML struct {
	Clauses  []schemas.Clause
	Language lang.Language
}

// htmlPage is what the page is made of. All its text is fit to be shown.
type htmlPage struct {
	Verdict string
	Class   string
	Summary []string
	Index   []htmlFinding
	Places  []htmlPlace
	More    string
	Runs    []schemas.Run
}

type htmlFinding struct {
	ID, Clause, Code, Statement, Source string
	Advice                              htmlpage.Advice
	Level                               schemas.Level
	Outcome                             schemas.Outcome
	Count                               int64
	Answers, Share, First, Last         string
	Examples                            []htmlExample
	Places                              []FindingPlace
	PlacesSum, More                     string
}

type htmlExample struct{ Where, Time, Got, Want string }

type htmlPlace struct {
	Host, Action, Share, Worst string
	Records, Broken            int64
}

// longest is how much of one text the page shows, in columns.
const longest = 2000

func shown(text string) string { return wording.Clip(wording.Plain(text), longest) }

// say is [shown] of a text of the suite, in the language.
func (h HTML) say(text string) string { return shown(h.Language.Text(text)) }

// Write writes the page. What came from the traffic is escaped, and cut where it is long.
func (h HTML) Write(w io.Writer, r *Result) error {
	data := htmlPage{Runs: r.Runs, More: h.furtherPlaces(r.More)}
	data.Verdict, data.Class = verdict(r)
	for _, l := range Summary(r) {
		data.Summary = append(data.Summary, h.say(l))
	}
	for i, f := range r.Findings {
		data.Index = append(data.Index, h.finding(i, f))
	}
	for _, p := range r.Places {
		data.Places = append(data.Places, htmlPlace{shown(cmp.Or(p.Host, "-")), actionOf(p.Action, p.Profile), h.say(percent(p.Share)), p.Worst, p.Records, p.Broken})
	}
	return htmlpage.Page{Text: pageText, Style: pageStyle, Language: h.Language.Tag(), Funcs: template.FuncMap{"t": h.Language.Text}}.Write(w, data)
}

// verdict returns the word that the page is headed by, and the class of report.html whose colour it has. Captured traffic
// never exercises all, so nothing of it is green.
func verdict(r *Result) (word, class string) {
	switch {
	case r.Broken():
		return "broken", string(schemas.NonConformant)
	case r.Judged == 0:
		return "nothing judged", string(schemas.Inconclusive)
	case r.Warned():
		return "warned", string(schemas.Inconclusive)
	}
	return "nothing broken", "partial"
}

func (h HTML) finding(n int, f Finding) htmlFinding {
	out := htmlFinding{
		ID: fmt.Sprintf("finding-%d", n+1), Clause: f.Clause, Code: shown(f.Code), Level: f.Level, Outcome: schemas.Warned, Count: f.Count,
		Answers: h.say(fmt.Sprintf("%s (%s)%s", text.Count(f.Count, "answer"), percent(f.Share), since(f))), Advice: htmlpage.AdviceOf(h.Clauses, f.Clause),
		Share: h.say(percent(f.Share)), First: when(f.First), Last: when(f.Last),
	}
	if f.Level == schemas.Must {
		out.Outcome = schemas.Broken
	}
	clause, _ := schemas.ClauseByID(h.Clauses, f.Clause)
	out.Statement, out.Source = h.say(clause.Text()), h.say(clause.Source)
	for _, e := range f.Examples {
		out.Examples = append(out.Examples, htmlExample{shown(Where(e.File, e.Line, e.Rotated)), when(e.Time), h.say(e.Got), h.say(e.Want)})
	}
	for _, p := range f.Places {
		out.Places = append(out.Places, FindingPlace{Host: shown(cmp.Or(p.Host, "-")), Action: actionOf(p.Action, p.Profile), Count: p.Count})
	}
	out.PlacesSum, out.More = h.say(text.Count(int64(len(f.Places)+f.More), "host and action", "hosts and actions")), h.furtherPlaces(f.More)
	return out
}

// actionOf writes an action, and the product where that was found.
func actionOf(action, profile string) string {
	text := shown(cmp.Or(action, "-"))
	if profile != "" {
		text += " (" + shown(profile) + ")"
	}
	return text
}

func (h HTML) furtherPlaces(n int) string {
	if n == 0 {
		return ""
	}
	return h.say("… and " + text.Count(int64(n), "further place"))
}
