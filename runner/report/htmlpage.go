package report

import (
	_ "embed" // the page's parts
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/internal/htmlpage"
	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/schemas"
)

// The parts of report.html.
var (
	//go:embed page.html
	pageText string
	//go:embed page.js
	pageScript string
)

// HTML writes report.html for the person who has to fix the server.
type HTML struct {
	Clauses  []schemas.Clause
	Titles   map[string]string // of the profiles, by name
	Since    *schemas.Diff     // what changed against a base report; nil where none is named
	Language lang.Language     // that the page opens in; it holds both
}

// htmlReport is what the page is made of.
type htmlReport struct {
	*schemas.Report
	Class    string
	Total    schemas.Counts
	Runs     []htmlRun
	First    []htmlTodo
	Musts    string
	Levels   []schemas.Level
	Found    filters
	Since    *htmlSince
	Norm     htmlNorm
	Headline string // the verdict in the language that the page opens in
}

// filters are the words that the page can be filtered by: those that occur.
type filters struct{ Clauses, Conditions, Profiles, Outcomes, Formats, Methods []string }

// Write writes the page. What came from the target is escaped, and cut where it is long.
func (h HTML) Write(w io.Writer, r *schemas.Report) error {
	data := htmlReport{Report: r, Headline: h.Language.Text(r.Summary()), Class: classOfVerdict(r.Verdict, r.Green()),
		Levels: []schemas.Level{schemas.Must, schemas.Should, schemas.May}, Norm: htmlNorm{fixtures.Norm()}}
	anchors := anchorer{}
	for i := range r.Runs {
		run := h.run(&r.Runs[i], ordinal(r, &r.Runs[i]), anchors)
		data.Runs = append(data.Runs, run)
		for _, c := range r.Runs[i].Cases {
			data.Total.Add(c.Outcome)
		}
		data.Found.note(&r.Runs[i])
	}
	data.First, data.Musts, data.Since = todo(data.Runs), musts(r), since(h.Since, h, data.Runs)
	return htmlpage.Page{Text: pageText, Funcs: htmlFuncs, Style: bothStyle, Script: pageScript, Language: h.Language.Tag()}.Write(w, data)
}

// classOfVerdict returns the class by which the page colours a verdict.
func classOfVerdict(v schemas.Verdict, green bool) string {
	if v == schemas.Conformant && !green {
		return "partial"
	}
	return string(v)
}

func (f *filters) note(run *schemas.Run) {
	add := func(list *[]string, word string) {
		if word != "" && !slices.Contains(*list, word) {
			*list = append(*list, word)
		}
	}
	add(&f.Profiles, run.Target.Profile)
	for i := range run.Cases {
		c := &run.Cases[i]
		add(&f.Conditions, string(c.Condition))
		add(&f.Outcomes, string(c.Outcome))
		add(&f.Formats, string(c.Format))
		add(&f.Methods, c.Method)
		add(&f.Clauses, c.Clause)
		for _, finding := range c.Findings {
			add(&f.Clauses, finding.Clause)
		}
	}
	slices.Sort(f.Clauses)
	slices.Sort(f.Conditions)
}

// anchorer makes an id for links for every case: the case's name for the first that has it, a longer one for the others.
type anchorer map[string]bool

func (a anchorer) of(run *schemas.Run, c *schemas.CaseResult) string {
	for _, id := range []string{c.Name, c.Name + "-" + strings.ToLower(string(c.Format)+"-"+c.Method),
		fmt.Sprintf("%s-%s-%s-%s-%s", run.Target.Profile, run.Target.Style, c.Name, strings.ToLower(string(c.Format)), strings.ToLower(c.Method))} {
		if !a[id] {
			a[id] = true
			return id
		}
	}
	return a.next(c.Name)
}

func (a anchorer) next(name string) string {
	for n := 2; ; n++ {
		if id := fmt.Sprintf("%s-%d", name, n); !a[id] {
			a[id] = true
			return id
		}
	}
}
