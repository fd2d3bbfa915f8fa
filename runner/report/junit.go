package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/jstemmer/go-junit-report/v2/junit"

	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
	"github.com/acsconform/acsconform/suites/wording"
)

// WriteJUnit writes junit.xml, which fits the schema that Jenkins publishes (junit-10.xsd): a suite for each clause of
// each run, a test case for each case. Broken is a failure, not judged an error, skipped and known are skipped; a
// warning passes and says so in system-out. That schema has no properties, file or line on a test case, so the clause
// is told by the suite's properties, and the place where a case stands by its system-out.
func WriteJUnit(w io.Writer, r *schemas.Report) error { return JUnit{}.Write(w, r) }

// JUnit is [WriteJUnit] in a language, which is that of the findings and reasons. Names, classes and properties, by which other
// programs know the cases, are the same in every language.
type JUnit struct{ Language lang.Language }

// Write writes the file.
func (j JUnit) Write(w io.Writer, r *schemas.Report) error {
	r = translated(j.Language, r)
	all := junit.Testsuites{Name: "acsconform", Time: seconds(r.Seconds)}
	for i := range r.Runs {
		for _, suite := range j.suitesOf(r, &r.Runs[i]) {
			suite.ID = len(all.Suites)
			all.AddSuite(suite)
		}
	}
	all.Skipped, all.Disabled = 0, 0 // the schema counts them in the suites only
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", " ")
	if err := e.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// suitesOf makes a suite of the cases of each clause, in the order in which the clauses first come up.
func (j JUnit) suitesOf(r *schemas.Report, run *schemas.Run) []junit.Testsuite {
	levels, nth := levelsOf(run), ordinal(r, run)
	at := map[string]int{}
	var out []junit.Testsuite
	var spent []float64
	for i := range run.Cases {
		c := &run.Cases[i]
		n, ok := at[c.Clause]
		if !ok {
			n = len(out)
			at[c.Clause] = n
			out, spent = append(out, newSuite(r, run, c.Clause, levels[c.Clause], nth)), append(spent, 0)
		}
		spent[n] += c.Seconds
		out[n].Time = seconds(spent[n])
		out[n].AddTestcase(j.newCase(run, c, nth))
	}
	if len(run.Cases) == 0 {
		clause := suites.SoundClause()
		suite := newSuite(r, run, clause, schemas.Must, nth)
		suite.Time = seconds(0)
		suite.AddTestcase(junit.Testcase{Name: "preflight", Classname: classOf(run, clause, nth), Time: seconds(0), Error: result(string(schemas.NotJudged), run.Why)})
		out = append(out, suite)
	}
	return out
}

// classOf returns the class that a test case counts for. The ordinal tells runs apart that share profile and style.
func classOf(run *schemas.Run, clause, nth string) string {
	return legal(run.Target.Profile + "." + string(run.Target.Style) + strings.TrimSpace(nth) + "." + clause)
}

func newSuite(r *schemas.Report, run *schemas.Run, clause string, level schemas.Level, nth string) junit.Testsuite {
	suite := junit.Testsuite{Name: legal(run.Target.Profile + "/" + string(run.Target.Style) + nth + " " + clause)}
	suite.SetTimestamp(r.Started)
	if u, err := url.Parse(run.Target.URL); err == nil {
		suite.Hostname = legal(u.Hostname())
	}
	for _, p := range [][2]string{
		{"clause", clause}, {"level", string(level)}, {"url", placeOf(run.Target)}, {"profile", run.Target.Profile}, {"style", string(run.Target.Style)},
		{"verdict", run.Summary()}, {"why", run.Why}, {"version", r.Suite.Version}, {"book", r.Suite.Book},
	} {
		if p[1] != "" {
			suite.AddProperty(p[0], legal(p[1]))
		}
	}
	return suite
}

func (j JUnit) newCase(run *schemas.Run, c *schemas.CaseResult, nth string) junit.Testcase {
	out := junit.Testcase{Name: legal(CaseID(c)), Classname: classOf(run, c.Clause, nth), Time: seconds(c.Seconds)}
	place := c.Source
	if c.Condition != "" {
		place += "  " + string(c.Condition)
	}
	text := ""
	switch c.Outcome {
	case schemas.Broken:
		out.Failure = j.failure(run, c)
	case schemas.NotJudged:
		out.Error = result(string(c.Outcome), c.Why)
	case schemas.Skipped, schemas.Known:
		out.Skipped = result("", c.Why)
	case schemas.Kept, schemas.Warned:
		text = j.findings(c)
	}
	out.SystemOut = &junit.Output{Data: legal(strings.TrimSpace(place + "\n" + text))}
	return out
}

func (j JUnit) failure(run *schemas.Run, c *schemas.CaseResult) *junit.Result {
	if len(c.Findings) == 0 {
		return result(c.Clause, c.Why)
	}
	first := c.Findings[0]
	for _, f := range c.Findings {
		if f.Level == schemas.Must {
			first = f
			break
		}
	}
	out := result(first.Clause, j.Language.Say("%s: got %s, want %s", first.Clause, first.Got, first.Want))
	out.Data = legal(j.findings(c) + j.evidence(run, c))
	return out
}

func (j JUnit) findings(c *schemas.CaseResult) string {
	var b strings.Builder
	for _, f := range c.Findings {
		fmt.Fprintf(&b, j.Language.Format("%s %s\n  want  %s\n  got   %s\n"), f.Clause, f.Level, f.Want, f.Got)
	}
	return b.String()
}

// evidence is what leads to the answer in other logs, and the line to paste.
func (j JUnit) evidence(run *schemas.Run, c *schemas.CaseResult) string {
	var b strings.Builder
	if id := requestID(c); id != "" {
		fmt.Fprintf(&b, j.Language.Format("request id %s\n"), id)
	}
	switch line := rerunCommand(run, c); {
	case line != "":
		fmt.Fprintf(&b, "%s\n", line)
	case c.Exchange != nil && c.Exchange.Curl != "":
		fmt.Fprintf(&b, "%s\n", c.Exchange.Curl)
	}
	return b.String()
}

func result(kind, message string) *junit.Result {
	return &junit.Result{Type: kind, Message: legal(message)}
}

func levelsOf(run *schemas.Run) map[string]schemas.Level {
	levels := make(map[string]schemas.Level, len(run.Clauses))
	for _, c := range run.Clauses {
		levels[c.ID] = c.Level
	}
	return levels
}

func seconds(s float64) string {
	return strconv.FormatFloat(time.Duration(s*float64(time.Second)).Seconds(), 'f', 3, 64)
}

// legal shows what XML 1.0 cannot hold, and what would command the server that reads the file.
func legal(s string) string { return wording.Lines(s) }
