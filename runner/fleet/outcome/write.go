package outcome

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/jstemmer/go-junit-report/v2/junit"

	"github.com/acsconform/acsconform/runner/internal/htmlpage"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

// Write writes the outcome as text, json, html, junit or markdown.
func (o *Outcome) Write(w io.Writer, format string) error {
	switch format {
	case "json":
		return writeJSON(w, o)
	case "html":
		return o.html(w)
	case "junit":
		return o.junit(w)
	case "markdown":
		return o.markdown(w)
	}
	return o.Text(w)
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(wording.JSON(w))
	e.SetIndent("", " ")
	return e.Encode(v)
}

// junit writes a suite for each target: a failure for each clause that is broken, an error where it was not tested.
func (o *Outcome) junit(w io.Writer) error {
	all := junit.Testsuites{Name: o.Fleet}
	for i := range o.Targets {
		t := &o.Targets[i]
		s := junit.Testsuite{ID: i, Name: wording.Plain(t.Name), Time: fmt.Sprintf("%.3f", t.Seconds)}
		whole := junit.Testcase{Classname: s.Name, Name: "tested", Time: s.Time}
		if t.Outcome == "untested" {
			whole.Error = &junit.Result{Message: wording.Plain(t.Why)}
		}
		s.AddTestcase(whole)
		for _, c := range t.Cases {
			k := junit.Testcase{Classname: s.Name, Name: wording.Plain(c.Clause + " " + c.Name), Time: "0.000"}
			message := wording.Plain("want " + c.Want + ", got " + c.Got)
			switch c.Outcome {
			case schemas.Broken:
				k.Failure = &junit.Result{Message: message}
			case schemas.Known:
				k.Skipped = &junit.Result{Message: "known failure: " + message}
			default:
				k.SystemOut = &junit.Output{Data: "warned: " + message}
			}
			s.AddTestcase(k)
		}
		all.AddSuite(s)
	}
	for i := range o.Logs {
		l := &o.Logs[i]
		s := junit.Testsuite{ID: len(o.Targets) + i, Name: wording.Plain("log " + l.Name), Time: "0.000"}
		k := junit.Testcase{Classname: s.Name, Name: "judged", Time: s.Time}
		switch message := &(junit.Result{Message: wording.Plain(l.words())}); l.Outcome {
		case "untested":
			k.Error = message
		case "red":
			k.Failure = message
		}
		s.AddTestcase(k)
		all.AddSuite(s)
	}
	if _, err := io.WriteString(w, `<?xml version="1.0" encoding="UTF-8"?>`+"\n"); err != nil {
		return err
	}
	return all.WriteXML(w)
}

// mostNamed is how many targets of a cause Markdown names.
const mostNamed = 20

func (o *Outcome) markdown(w io.Writer) error {
	var b strings.Builder
	cell := func(text string) string { return wording.Markdown(text, 0) }
	fmt.Fprintf(&b, "# %s\n\n", cell(o.Headline()))
	if len(o.Causes)+len(o.Untested) > 0 {
		b.WriteString("| | what | targets | in common | example | which |\n|---|---|---|---|---|---|\n")
	}
	for _, c := range o.Causes {
		fmt.Fprintf(&b, "| %s | %s | %d of %d | %s | %s: want %s, got %s | %s |\n", c.Outcome, cell(strings.Join(c.Clauses, ", ")), len(c.Targets), o.Counts.Targets,
			cell(strings.Join(c.Shared, ", ")), cell(c.Example.Name), cell(c.Example.Want), cell(c.Example.Got), cell(first(c.Targets)))
	}
	for _, r := range o.Untested {
		fmt.Fprintf(&b, "| not tested | %s | %d of %d | %s | | %s |\n", cell(r.Why), len(r.Targets), o.Counts.Targets, cell(strings.Join(r.Shared, ", ")), cell(first(r.Targets)))
	}
	for _, p := range o.Repeated {
		fmt.Fprintf(&b, "\n%s and %s answered with the same request id (%d).\n", cell(p.First), cell(p.Second), p.IDs)
	}
	for i := range o.Logs {
		fmt.Fprintf(&b, "\n%s %s\n", o.Logs[i].sign(), cell(o.Logs[i].words()))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func first(names []string) string {
	if len(names) > mostNamed {
		return strings.Join(names[:mostNamed], ", ") + fmt.Sprintf(" and %d more", len(names)-mostNamed)
	}
	return strings.Join(names, ", ")
}

// pageText is the page of a round; its $ is the outcome.
const pageText = `{{define "title"}}{{.Fleet}}, round {{.Round}}{{end}}
{{define "body"}}<main><h1>{{.Headline}}</h1>
{{range .Causes}}<details><summary>{{.Outcome}}: {{range $i, $c := .Clauses}}{{if $i}}, {{end}}{{$c}}{{end}} on {{len .Targets}} of {{$.Counts.Targets}}{{range .Shared}} · {{.}}{{end}}</summary>
<p>{{.Example.Name}}: want {{.Example.Want}}, got {{.Example.Got}}</p><ul>{{range .Targets}}<li>{{.}}</li>{{end}}</ul></details>
{{end}}{{range .Untested}}<details><summary>not tested: {{len .Targets}} of {{$.Counts.Targets}}{{range .Shared}} · {{.}}{{end}}</summary><p>{{.Why}}</p>
<ul>{{range .Targets}}<li>{{.}}</li>{{end}}</ul></details>
{{end}}{{range .Repeated}}<p>{{.First}} and {{.Second}} answered with the same request id ({{.IDs}}).</p>
{{end}}{{range .LogLines}}<p>{{.}}</p>
{{end}}<table><thead><tr><th>target</th><th>outcome</th><th>profile</th><th>server</th><th>kept</th><th>broken</th><th>warned</th><th>known</th><th>seconds</th></tr></thead><tbody>
{{range .Targets}}<tr><td>{{.Name}}</td><td>{{.Outcome}}{{with .Why}}: {{.}}{{end}}</td><td>{{.Profile}}</td><td>{{.Server}}</td><td>{{.Counts.Kept}}</td><td>{{.Counts.Broken}}</td><td>{{.Counts.Warned}}</td><td>{{.Counts.Known}}</td><td>{{.Seconds}}</td></tr>
{{end}}</tbody></table></main>{{end}}
`

// LogLines are the logs, a line each.
func (o *Outcome) LogLines() (lines []string) {
	for i := range o.Logs {
		lines = append(lines, o.Logs[i].sign()+" "+o.Logs[i].words())
	}
	return lines
}

func (o *Outcome) html(w io.Writer) error { return htmlpage.Page{Text: pageText}.Write(w, o) }
