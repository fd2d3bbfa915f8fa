package report

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/runner/internal/marks"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

// htmlRun is one run on the page.
type htmlRun struct {
	*schemas.Run
	ID       string
	Nth      string // " #2" of the second by that profile and style
	Title    string
	Place    string // of the target
	Class    string // of its verdict
	Parts    []htmlPart
	Findings []htmlFinding
	Clauses  []htmlClause
	Cases    []htmlCase
	Answered int
	Heat     htmlHeat
	Missing  []htmlMissing
	Latency  htmlLatency
	Statuses []htmlStatus // the table of codes as a map
	SDKRows  [][]string   // of the table of official SDKs: the kind of answer, how many, then a cell for each SDK
}

// htmlPart is one outcome in the bar of a run, in thousandths of its width.
type htmlPart struct {
	Word, Class     string
	Count, At, Wide int
}

// htmlFinding is one cause with all the cases it hits.
type htmlFinding struct {
	ID, Clause, Title, Got, Want, Who, Place string
	Statement, Source, Impact, Fix           template.HTML
	Gateways                                 []schemas.GatewayLine
	Level                                    schemas.Level
	Outcome                                  schemas.Outcome
	Case                                     *schemas.CaseResult
	Again                                    string
	Exchanges                                []htmlExchange
	Wanted, Came                             []marks.Piece // Want and Got, with what differs marked
	Others                                   []htmlLink
	Kept                                     string // cases of the same clause that pass: what is different about them leads to the cause
	Conditions, Formats, Methods             string // formats and methods of all its cases, blanks between
	Markdown, Chinese                        string // the finding to be copied, in both languages
	statement, impact, fix                   string // as plain text
}

// htmlLink leads to a case.
type htmlLink struct{ ID, Text string }

// htmlClause is one clause with its sentence.
type htmlClause struct {
	schemas.ClauseState
	Statement template.HTML
}

// htmlCase is one line of the list of cases.
type htmlCase struct {
	*schemas.CaseResult
	ID, Name string
}

// CodeID returns the id of a row of the table of codes.
func (r htmlRun) CodeID(i int) string { return codeID(r.ID, i) }

// longest is how much of a message the page shows, in bytes.
const longest = 4 << 10

func (h HTML) run(run *schemas.Run, nth string, anchors anchorer) htmlRun {
	out := htmlRun{Run: run, Class: classOfVerdict(run.Verdict, run.Green()), ID: run.Target.Profile + "-" + string(run.Target.Style) + strings.ReplaceAll(nth, " #", "-"), Nth: nth, Place: placeOf(run.Target), Title: h.Titles[run.Target.Profile], Parts: parts(run.Counts)}
	ids := make(map[*schemas.CaseResult]string, len(run.Cases))
	causes := append(fold(run), foldKnown(run)...)
	for _, c := range causes { // a link to a case that failed leads to its finding
		if ids[c.cases[0]] == "" {
			ids[c.cases[0]] = anchors.of(run, c.cases[0])
		}
	}
	shown := map[string]bool{}
	for _, c := range causes {
		f := h.finding(c)
		f.ID = ids[c.cases[0]]
		if shown[f.ID] {
			f.ID = anchors.next(f.ID)
		}
		shown[f.ID] = true
		out.Findings = append(out.Findings, f)
	}
	for i := range run.Cases {
		c := &run.Cases[i]
		id := ids[c]
		if id == "" {
			id = anchors.of(run, c)
			ids[c] = id
		} else {
			id = "" // the finding has it
		}
		out.Cases = append(out.Cases, htmlCase{c, id, CaseID(c)})
	}
	for i, c := range causes {
		for _, other := range c.cases[1:] {
			out.Findings[i].Others = append(out.Findings[i].Others, htmlLink{ids[other], CaseID(other)})
		}
	}
	for _, s := range run.Clauses {
		clause, _ := schemas.ClauseByID(h.Clauses, s.ID)
		out.Clauses = append(out.Clauses, htmlClause{s, bothLinked(clause.Text())})
	}
	for i := range out.Findings {
		f := &out.Findings[i]
		f.Markdown, f.Chinese = f.markdown(placeOf(run.Target), lang.English), f.markdown(placeOf(run.Target), lang.Chinese)
	}
	out.Heat, out.Missing, out.Latency = heat(run), missing(run), latencyOf(run)
	out.SDKRows, out.Statuses = sdkRows(run), tiles(run, out.ID)
	for _, c := range run.Codes {
		if c.State == schemas.CodeAnswered {
			out.Answered++
		}
	}
	return out
}

func (h HTML) finding(c *cause) htmlFinding {
	first := c.cases[0]
	clause, _ := schemas.ClauseByID(h.Clauses, c.finding.Clause)
	f := htmlFinding{Clause: c.finding.Clause, Level: c.finding.Level, Outcome: c.outcome(), Title: CaseID(first), Statement: bothLinked(clause.Text()),
		Source: cited(clause, c.run.Target.Profile, h.Titles[c.run.Target.Profile]), Impact: bothLinked(clause.Impact), Fix: bothLinked(clause.Fix), Gateways: clause.Gateways.List(),
		Got: visible(c.finding.Got), Want: visible(c.finding.Want), Who: visible(c.who), Case: first, Place: first.Source}
	f.statement, f.impact, f.fix = clause.Text(), clause.Impact, clause.Fix
	if c.name != "" {
		f.Title = visible(c.name)
	}
	names, cases := c.conditions()
	var words []string
	for _, n := range names {
		words = append(words, fmt.Sprintf("%s (%d)", n, cases[n]))
	}
	f.Conditions = strings.Join(words, ", ")
	f.Formats, f.Methods = ways(c.cases)
	f.Again = wording.Lines(rerunCommand(c.run, first))
	f.Kept = keptBeside(c.run, c.finding.Clause, c.cases)
	f.Wanted, f.Came = marks.Versus(f.Want, f.Got)
	f.Exchanges = exchangesOf(first, marks.Telling(f.Want, f.Got))
	return f
}

// ways lists the formats and the methods of cases, each once, with blanks between.
func ways(cases []*schemas.CaseResult) (formats, methods string) {
	add := func(list *string, word string) {
		if word != "" && !slices.Contains(strings.Fields(*list), word) {
			*list = strings.TrimSpace(*list + " " + word)
		}
	}
	for _, c := range cases {
		add(&formats, string(c.Format))
		add(&methods, c.Method)
	}
	return formats, methods
}

// parts divides the bar of a run among the outcomes that occur.
func parts(c schemas.Counts) []htmlPart {
	all := []htmlPart{{Word: "kept", Count: c.Kept}, {Word: "broken", Count: c.Broken}, {Word: "warned", Count: c.Warned},
		{Word: "known", Count: c.Known}, {Word: "not judged", Count: c.NotJudged}, {Word: "skipped", Count: c.Skipped}}
	total := 0
	for _, p := range all {
		total += p.Count
	}
	var some []htmlPart
	at := 0
	for _, p := range all {
		if p.Count == 0 {
			continue
		}
		p.Class, p.At = strings.ReplaceAll(p.Word, " ", "-"), at
		p.Wide = p.Count * 1000 / total
		at += p.Wide
		some = append(some, p)
	}
	return some
}

// mostBeside is how many cases that pass are named beside a finding.
const mostBeside = 6

// keptBeside names the cases of a clause that are kept where others break it, without their variants; a case that is among
// those that break it too is named with its variant.
func keptBeside(run *schemas.Run, clause string, broken []*schemas.CaseResult) string {
	failed := map[string]bool{}
	for _, c := range broken {
		failed[c.Name] = true
	}
	var names []string
	for i := range run.Cases {
		c := &run.Cases[i]
		if c.Clause != clause || c.Outcome != schemas.Kept {
			continue
		}
		name := c.Name
		if failed[name] {
			name = CaseID(c)
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if more := len(names) - mostBeside; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:mostBeside], ", "), more)
	}
	return strings.Join(names, ", ")
}
