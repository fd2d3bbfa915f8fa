package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jstemmer/go-junit-report/v2/junit"

	"github.com/acsconform/acsconform/schemas"
)

// suitesXML, suiteXML and caseXML are JUnit's elements with what CI systems read beyond the library's types: the
// place where a case stands, and properties of a case.
type suitesXML struct {
	XMLName xml.Name `xml:"testsuites"`
	junit.Testsuites
	Suites []suiteXML `xml:"testsuite"`
}

type suiteXML struct {
	junit.Testsuite
	Testcases []caseXML `xml:"testcase"`
}

type caseXML struct {
	junit.Testcase
	File       string           `xml:"file,attr,omitempty"`
	Line       string           `xml:"line,attr,omitempty"`
	Properties []junit.Property `xml:"properties>property,omitempty"`
}

// WriteJUnit writes junit.xml: a suite for each run, a test case for each case. Broken is a failure, not judged an
// error, skipped and known are skipped; a warning passes and says so in system-out.
func WriteJUnit(w io.Writer, r *schemas.Report) error {
	all := suitesXML{Testsuites: junit.Testsuites{Name: "acsconform", Time: seconds(r.Seconds)}}
	for i := range r.Runs {
		suite := newSuite(i, r, &r.Runs[i])
		all.AddSuite(suite.Testsuite)
		all.Suites = append(all.Suites, suite)
	}
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

func newSuite(id int, r *schemas.Report, run *schemas.Run) suiteXML {
	suite := suiteXML{Testsuite: junit.Testsuite{ID: id, Name: run.Target.Profile + "/" + string(run.Target.Style)}}
	suite.SetTimestamp(r.Started)
	if u, err := url.Parse(run.Target.URL); err == nil {
		suite.Hostname = u.Hostname()
	}
	for _, p := range [][2]string{
		{"url", run.Target.URL}, {"profile", run.Target.Profile}, {"style", string(run.Target.Style)},
		{"verdict", string(run.Verdict)}, {"why", run.Why}, {"version", r.Suite.Version}, {"book", r.Suite.Book},
	} {
		if p[1] != "" {
			suite.AddProperty(p[0], legal(p[1]))
		}
	}
	levels := levelsOf(run)
	var spent float64
	for i := range run.Cases {
		c := &run.Cases[i]
		spent += c.Seconds
		suite.add(newCase(c, levels[c.Clause]))
	}
	if len(run.Cases) == 0 {
		suite.add(caseXML{Testcase: junit.Testcase{Name: "preflight", Classname: "SUCCESS-4", Time: seconds(0), Error: result(string(schemas.NotJudged), run.Why)}})
	}
	suite.Time = seconds(spent)
	return suite
}

// add counts the case as the library does, and keeps it with what the library does not know of.
func (s *suiteXML) add(c caseXML) {
	s.AddTestcase(c.Testcase)
	s.Testsuite.Testcases = nil
	s.Testcases = append(s.Testcases, c)
}

func newCase(c *schemas.CaseResult, level schemas.Level) caseXML {
	file, line, _ := strings.Cut(c.Source, ":")
	out := caseXML{File: file, Line: line}
	out.Name, out.Classname, out.Status, out.Time = legal(CaseID(c)), c.Clause, string(c.Outcome), seconds(c.Seconds)
	for _, p := range []junit.Property{{Name: "clause", Value: c.Clause}, {Name: "level", Value: string(level)}, {Name: "condition", Value: string(c.Condition)}} {
		if p.Value != "" {
			out.Properties = append(out.Properties, p)
		}
	}
	switch c.Outcome {
	case schemas.Broken:
		out.Failure = failure(c)
	case schemas.NotJudged:
		out.Error = result(string(c.Outcome), c.Why)
	case schemas.Skipped, schemas.Known:
		out.Skipped = result("", c.Why)
	case schemas.Kept, schemas.Warned:
		if text := findings(c); text != "" {
			out.SystemOut = &junit.Output{Data: legal(text)}
		}
	}
	return out
}

func failure(c *schemas.CaseResult) *junit.Result {
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
	out := result(first.Clause, fmt.Sprintf("%s: got %s, want %s", first.Clause, first.Got, first.Want))
	out.Data = legal(findings(c) + evidence(c))
	return out
}

func findings(c *schemas.CaseResult) string {
	var b strings.Builder
	for _, f := range c.Findings {
		fmt.Fprintf(&b, "%s %s\n  want  %s\n  got   %s\n", f.Clause, f.Level, f.Want, f.Got)
	}
	return b.String()
}

func evidence(c *schemas.CaseResult) string {
	var b strings.Builder
	if id := requestID(c); id != "" {
		fmt.Fprintf(&b, "request id %s\n", id)
	}
	if c.Exchange != nil && c.Exchange.Curl != "" {
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

// legal replaces what XML 1.0 cannot hold: control characters, bytes that are no UTF-8, two non-characters.
func legal(s string) string {
	bad := func(r rune) bool {
		return r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == utf8.RuneError || r == 0xFFFE || r == 0xFFFF
	}
	if strings.IndexFunc(s, bad) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if bad(r) {
			return utf8.RuneError
		}
		return r
	}, s)
}
