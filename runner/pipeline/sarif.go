package pipeline

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"path"
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

// What GitHub code scanning takes of a file, of all consumers the one that takes least.
const (
	mostResults = 5000
	mostBytes   = 10 << 20
)

// home is where the suite is described.
const home = "https://github.com/acsconform/acsconform"

// SARIF writes the issues as SARIF 2.1.0: one run, a rule for each clause that is not kept, a result for each issue. A known
// failure is a suppressed result. Where there are more results than consumers take, the last ones are left out, and a
// notification says so.
func (l *Issues) SARIF(w io.Writer) error {
	for most := mostResults; ; most /= 2 {
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(l.sarif(min(most, len(l.List)))); err != nil {
			return err
		}
		if b.Len() <= mostBytes || most == 1 {
			_, err := wording.JSON(w).Write(b.Bytes())
			return err
		}
	}
}

// sarif makes the report of the first issues.
func (l *Issues) sarif(most int) *sarif.Report {
	run := sarif.NewRunWithInformationURI("acsconform", home)
	run.Tool.Driver.WithVersion(wording.Plain(l.Suite.Version)).WithRules([]*sarif.ReportingDescriptor{})
	run.AutomationDetails = sarif.NewRunAutomationDetails().WithID("acsconform/" + l.Command + "/")
	rules := map[string]int{}
	for _, i := range l.List[:most] {
		n, there := rules[i.Rule]
		if !there {
			n = len(run.Tool.Driver.Rules)
			rules[i.Rule] = n
			run.Tool.Driver.AddRule(l.rule(i))
		}
		run.AddResult(result(i, n))
	}
	run.AddInvocation(l.invocation(len(l.List) - most))
	r := sarif.NewReport()
	r.AddRun(run)
	return r
}

// invocation reports whether everything could be judged.
func (l *Issues) invocation(left int) *sarif.Invocation {
	whole := sarif.NewInvocation().WithExecutionSuccessful(len(l.Faults) == 0)
	add := func(level, says string) {
		whole.AddToolExecutionNotification(sarif.NewNotification().WithLevel(level).WithMessage(sarif.NewTextMessage(says)))
	}
	for _, fault := range l.Faults {
		add("error", fault)
	}
	if left > 0 {
		add("warning", fmt.Sprintf("%s left out: no more than %d results or %d MiB are taken", text.Count(left, "result"), mostResults, mostBytes>>20))
	}
	for _, line := range l.Summary {
		add("note", line)
	}
	return whole
}

// rule describes the clause that an issue is of.
func (l *Issues) rule(i Issue) *sarif.ReportingDescriptor {
	says, help, level := cmp.Or(ownRules()[i.Rule], i.Rule), "", i.Level
	if c, known := schemas.ClauseByID(l.Clauses, i.Rule); known {
		says, level = c.Text(), c.Level
		help = fmt.Sprintf("%s\n\nImpact: %s\n\nFix: %s\n\nSource: %s. conform explain %s describes it.", says, c.Impact, c.Fix, c.Source, c.ID)
	}
	message := func(s string) *sarif.MultiformatMessageString { return sarif.NewMultiformatMessageString().WithText(s) }
	return sarif.NewReportingDescriptor().WithID(i.Rule).
		WithShortDescription(message(says)).WithFullDescription(message(says)).WithHelp(message(cmp.Or(help, says))).
		WithDefaultConfiguration(sarif.NewReportingConfiguration().WithLevel(severity(level))).
		WithProperties(sarif.NewPropertyBag().WithTags([]string{"conformance", string(level)}))
}

// severity is a level in the words of SARIF.
func severity(l schemas.Level) string {
	switch l {
	case schemas.Must:
		return "error"
	case schemas.Should:
		return "warning"
	}
	return "note"
}

// result is an issue in the words of SARIF, of the n-th rule.
func result(i Issue, n int) *sarif.Result {
	r := sarif.NewRuleResult(i.Rule).WithRuleIndex(n).WithLevel(severity(i.Level)).WithMessage(sarif.NewTextMessage(i.Text)).
		WithPartialFingerprints(map[string]string{"acsconform/v1": i.Fingerprint()})
	if i.Count > 0 {
		r.WithOccurrenceCount(i.Count)
	}
	for at, p := range i.Places {
		if at == 0 {
			r.AddLocation(sarifLocation(p))
			continue
		}
		r.AddRelatedLocation(sarifLocation(p).WithID(at))
	}
	if i.Known != "" {
		r.AddSuppression(sarif.NewSuppression().WithKind("external").WithJustification(i.Known))
	}
	return r
}

func sarifLocation(p Place) *sarif.Location {
	place := sarif.NewPhysicalLocation().WithArtifactLocation(sarif.NewArtifactLocation().WithURI(uri(p.File))).
		WithRegion(sarif.NewRegion().WithStartLine(max(1, p.Line))) // GitHub shows no result without a line
	return sarif.NewLocation().WithPhysicalLocation(place)
}

// uri writes a path, which has slashes, as a URI: relative to the top of the repository, where it is below that.
func uri(file string) string {
	if strings.HasPrefix(file, "/") {
		return (&url.URL{Scheme: "file", Path: path.Clean(file)}).String()
	}
	return (&url.URL{Path: path.Clean(file)}).String()
}
