package pipeline_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/acsconform/acsconform/runner/pipeline"
	"github.com/acsconform/acsconform/schemas"
)

// parsed reads SARIF, which has to fit its schema.
func parsed(t *testing.T, text string) *sarif.Report {
	t.Helper()
	r, err := sarif.FromString(text)
	if err != nil {
		t.Fatal(err)
	}
	if len(text) > 1<<20 { // the schema says nothing of the length, and takes seconds
		return r
	}
	if err := r.Validate(); err != nil {
		t.Errorf("SARIF does not fit its schema: %s", err)
	}
	return r
}

// consumed is what consumers check of a file, by what GitHub and SARIF's own validator publish.
func consumed(t *testing.T, text string) *sarif.Run {
	t.Helper()
	r := parsed(t, text)
	if r.Version != "2.1.0" || len(r.Runs) != 1 || len(text) > 10<<20 {
		t.Fatalf("version %s, %d runs, %d bytes; want 2.1.0, one run, 10 MiB at most", r.Version, len(r.Runs), len(text))
	}
	run := r.Runs[0]
	if id := *run.AutomationDetails.ID; !strings.HasSuffix(id, "/") || strings.HasPrefix(id, "/") {
		t.Errorf("the category is %q", id)
	}
	if len(run.Results) > 5000 || len(run.Tool.Driver.Rules) > 25000 {
		t.Errorf("%d results, %d rules: more than are taken", len(run.Results), len(run.Tool.Driver.Rules))
	}
	for _, rule := range run.Tool.Driver.Rules {
		if rule.ShortDescription == nil || len(*rule.ShortDescription.Text) == 0 || len(*rule.ShortDescription.Text) > 1024 || len(*rule.FullDescription.Text) > 1024 || *rule.Help.Text == "" {
			t.Errorf("%s: the descriptions are missing, or too long", *rule.ID)
		}
		if tags := rule.Properties.Tags; len(tags) == 0 || len(tags) > 20 {
			t.Errorf("%s: %d tags", *rule.ID, len(tags))
		}
	}
	prints := map[string]bool{}
	for _, result := range run.Results {
		resultConsumed(t, run, result, prints)
	}
	return run
}

var relative = regexp.MustCompile(`^[^/:][^:]*$`)

func resultConsumed(t *testing.T, run *sarif.Run, r *sarif.Result, prints map[string]bool) {
	t.Helper()
	if r.RuleIndex < 0 || r.RuleIndex >= len(run.Tool.Driver.Rules) || *run.Tool.Driver.Rules[r.RuleIndex].ID != *r.RuleID {
		t.Errorf("%s: ruleIndex %d is not its rule", *r.RuleID, r.RuleIndex)
	}
	if !slices.Contains([]string{"error", "warning", "note"}, r.Level) || *r.Message.Text == "" {
		t.Errorf("%s: level %q, message %q", *r.RuleID, r.Level, *r.Message.Text)
	}
	if len(r.Locations) != 1 {
		t.Fatalf("%s: %d locations, want one", *r.RuleID, len(r.Locations))
	}
	place := r.Locations[0].PhysicalLocation
	if uri := *place.ArtifactLocation.URI; !relative.MatchString(uri) || strings.ContainsAny(uri, ` \`) || *place.Region.StartLine < 1 {
		t.Errorf("%s: at %q, line %d; want a path from the top of the repository and a line from 1", *r.RuleID, uri, *place.Region.StartLine)
	}
	if len(r.PartialFingerprints) != 1 {
		t.Errorf("%s: %v", *r.RuleID, r.PartialFingerprints)
	}
	for _, print := range r.PartialFingerprints {
		if prints[print] {
			t.Errorf("%s: %s is the fingerprint of another result too", *r.RuleID, print)
		}
		prints[print] = true
	}
}

func TestSARIFAsConsumersCheckIt(t *testing.T) {
	run := consumed(t, written(t, issues(reported()).SARIF))
	var got []string
	for _, r := range run.Results {
		got = append(got, fmt.Sprintf("%s %s %d suppressed:%d %s", *r.RuleID, r.Level, *r.OccurrenceCount, len(r.Suppressions), *r.Locations[0].PhysicalLocation.ArtifactLocation.URI))
	}
	want := []string{
		"NONCE-1 error 3 suppressed:0 conf/target%20file.yaml", "FORMAT-8 warning 1 suppressed:0 conf/target%20file.yaml", "NONCE-1 error 1 suppressed:1 conf/target%20file.yaml",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if !*run.Invocations[0].ExecutionSuccessful || *run.Tool.Driver.Version != "v1.2.3" {
		t.Errorf("version %s, successful %t", *run.Tool.Driver.Version, *run.Invocations[0].ExecutionSuccessful)
	}
}

func TestSARIFStaysWithinLimits(t *testing.T) {
	for _, c := range []struct {
		issues int
		got    string
		most   int
	}{{6000, "short", 5000}, {5000, strings.Repeat("长", 160), 4999}} {
		r := many(c.issues)
		for i := range r.Runs[0].Cases {
			f := &r.Runs[0].Cases[i].Findings[0]
			f.Got, f.Want = c.got, c.got
			r.Runs[0].Cases[i].Name += c.got
		}
		r.Runs[0].Command = "conform run --config " + c.got
		run := consumed(t, written(t, issues(r).SARIF))
		if n := len(run.Results); n > c.most || n < 1000 {
			t.Errorf("%d issues: %d results", c.issues, n)
		}
		said := fmt.Sprintf("%d results left out", c.issues-len(run.Results))
		if !slices.ContainsFunc(run.Invocations[0].ToolExecutionNotifications, func(n *sarif.Notification) bool { return strings.HasPrefix(*n.Message.Text, said) }) {
			t.Errorf("%d issues: nothing says %q", c.issues, said)
		}
	}
}

// captured is what lint finds: at lines of the traffic, but for one that has been rotated away.
func captured() *schemas.Lint {
	return &schemas.Lint{Judged: 9, Inputs: []string{"logs/access.log"}, Findings: []schemas.LintFinding{
		{Clause: "REQUESTID-1", Level: schemas.Must, Code: "Throttling", Count: 7, Examples: []schemas.LintExample{
			{File: "logs/access.log", Line: 17, Got: "no-uuid", Want: "a UUID"}, {File: "logs/access.log", Line: 23, Got: "x", Want: "a UUID"}}},
		{Clause: "FORMAT-8", Level: schemas.Should, Count: 1, Examples: []schemas.LintExample{{File: "logs/access.log", Line: 40, Rotated: 1, Got: "text/plain", Want: "text/xml"}}},
		{Clause: "ERROR-1", Level: schemas.May, Count: 1, Examples: []schemas.LintExample{{File: "logs/access.log", Line: 41}}},
	}}
}

func compared() *schemas.Diff {
	finding := schemas.Finding{Clause: "NONCE-1", Level: schemas.Must, Kind: schemas.FoundServed, Status: 200, Got: "200, served", Want: "400 SignatureNonceUsed"}
	return &schemas.Diff{Verdict: schemas.Regressed, Compared: 5, Base: schemas.DiffSide{Name: "base.json"}, New: schemas.DiffSide{Name: "reports/new.json"},
		Regressions: []schemas.CaseDiff{{Profile: "ecs", Style: schemas.RPC, Case: "nonce-used-twice [XML, GET]", Clause: "NONCE-1", Findings: []schemas.Finding{finding}}},
		Gone:        []schemas.CaseDiff{{Profile: "ecs", Style: schemas.RPC, Case: "a [XML, GET]", After: schemas.NotJudged, Why: "no answer"}, {Profile: "ecs", Style: schemas.RPC, Case: "b [XML, GET]", After: schemas.NotJudged, Why: "no answer"}},
		Drift: []schemas.Drift{{Profile: "ecs", Style: schemas.RPC, What: "header", Name: "server", After: "Tengine", Cases: []string{"a [XML, GET]", "b [XML, GET]"}},
			{Profile: "ecs", Style: schemas.RPC, What: "latency", Before: "1 ms", After: "90 ms"}},
	}
}

func TestSARIFOfTrafficAndDiffs(t *testing.T) {
	for name, c := range map[string]struct {
		l    *pipeline.Issues
		want []string
	}{
		"lint": {pipeline.OfLint(captured(), schemas.Suite{Version: "v1"}, nil), []string{"REQUESTID-1 error 7 logs/access.log:17 +1", "FORMAT-8 warning 1 logs/access.log:1 +0"}},
		"diff": {pipeline.OfDiff(compared(), schemas.Suite{Version: "v1"}, nil), []string{"NONCE-1 error 1 reports/new.json:1 +0", "no-longer-judged error 2 reports/new.json:1 +0",
			"drift warning 2 reports/new.json:1 +0", "drift warning 1 reports/new.json:1 +0"}},
	} {
		run := consumed(t, written(t, c.l.SARIF))
		var got []string
		for _, r := range run.Results {
			place := r.Locations[0].PhysicalLocation
			got = append(got, fmt.Sprintf("%s %s %d %s:%d +%d", *r.RuleID, r.Level, *r.OccurrenceCount, *place.ArtifactLocation.URI, *place.Region.StartLine, len(r.RelatedLocations)))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// GitLab takes a list of issues, each with a fingerprint of its own, a path without ./ and a line.
func TestCodeQualityAsGitLabReadsIt(t *testing.T) {
	var list []struct {
		Description, Fingerprint, Severity string
		Check                              string `json:"check_name"`
		Location                           struct {
			Path  string
			Lines struct{ Begin int }
		}
	}
	l := pipeline.OfLint(captured(), schemas.Suite{}, nil)
	l.List[0].Places[0].File = "./logs/access.log"
	if err := json.Unmarshal([]byte(written(t, l.GitLab)), &list); err != nil {
		t.Fatal(err)
	}
	var got []string
	prints := map[string]bool{}
	for _, i := range list {
		got = append(got, fmt.Sprintf("%s %s %s:%d", i.Check, i.Severity, i.Location.Path, i.Location.Lines.Begin))
		if prints[i.Fingerprint] || len(i.Fingerprint) != 64 || i.Description == "" {
			t.Errorf("%+v", i)
		}
		prints[i.Fingerprint] = true
	}
	if want := []string{"REQUESTID-1 critical logs/access.log:17", "FORMAT-8 minor logs/access.log:1"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if empty := written(t, (&pipeline.Issues{}).GitLab); strings.TrimSpace(empty) != "[]" {
		t.Errorf("no issue is written as %q", empty)
	}
	known := issues(reported())
	if n := strings.Count(written(t, known.GitLab), `"check_name"`); n != 2 {
		t.Errorf("%d issues, want those that are not known: 2", n)
	}
}
