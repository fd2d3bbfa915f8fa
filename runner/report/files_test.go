package report

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

// sample is a report with a case of every outcome, and with text that XML and JSON cannot hold as it is.
func sample() *schemas.Report {
	broken := caseResult("broken", "NONCE-1", schemas.Broken, finding("NONCE-1", schemas.Must, "a\x00b\x1b[31m \xff ]]> <&\"\ufffe", "fine"))
	notJudged := caseResult("not-judged", "TIME-3", schemas.NotJudged)
	notJudged.Why = "no answer: \x01"
	skipped := caseResult("skipped", "KEY-2", schemas.Skipped)
	skipped.Why = "needs credentials.inactive"
	known := caseResult("known", "SIGN-1", schemas.Known, finding("SIGN-1", schemas.Must, "200", "403"))
	known.Why = "ticket 12"
	warned := caseResult("warned", "CLIENT-1", schemas.Warned, finding("CLIENT-1", schemas.Should, "text/xml", "text/xml;charset=utf-8"))
	dead := schemas.Run{
		Target:  schemas.RunTarget{URL: "http://127.0.0.1:1/", Profile: "kms", Style: schemas.RPC},
		Verdict: schemas.Inconclusive, Why: "connection refused",
	}
	return reported(runOf("ecs", broken, notJudged, skipped, known, warned, caseResult("kept", "SIGN-2", schemas.Kept)), dead)
}

func TestReportFitsItsSchema(t *testing.T) {
	dir := t.TempDir()
	if err := (Files{}).Write(dir, sample()); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, JSONFile))
	if err != nil {
		t.Fatal(err)
	}
	if err := file.CheckJSON(file.Report, text); err != nil {
		t.Error(err)
	}
}

func TestJUnitCountsAndParses(t *testing.T) {
	var b strings.Builder
	if err := WriteJUnit(&b, sample()); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"`
		Suites   []struct {
			Name     string `xml:"name,attr"`
			Tests    int    `xml:"tests,attr"`
			Failures int    `xml:"failures,attr"`
			Errors   int    `xml:"errors,attr"`
			Skipped  int    `xml:"skipped,attr"`
			Cases    []struct {
				Name      string    `xml:"name,attr"`
				Classname string    `xml:"classname,attr"`
				Out       string    `xml:"system-out"`
				Time      string    `xml:"time,attr"`
				Failure   *struct{} `xml:"failure"`
				Error     *struct{} `xml:"error"`
				Skipped   *struct{} `xml:"skipped"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal([]byte(b.String()), &got); err != nil {
		t.Fatalf("%v in\n%s", err, b.String())
	}
	skipped := 0
	for _, suite := range got.Suites {
		skipped += suite.Skipped
		if len(suite.Cases) != suite.Tests {
			t.Errorf("suite %s counts %d tests and has %d", suite.Name, suite.Tests, len(suite.Cases))
		}
	}
	if got.Tests != 7 || got.Failures != 1 || got.Errors != 2 || skipped != 2 || len(got.Suites) != 7 {
		t.Errorf("totals are %+v\n%s", got, b.String())
	}
	ecs := got.Suites[0]
	if ecs.Name != "ecs/rpc NONCE-1" || ecs.Tests != 1 || ecs.Failures != 1 {
		t.Errorf("suite is %+v", ecs)
	}
	first := ecs.Cases[0]
	if first.Name != "broken [XML, GET]" || first.Classname != "ecs.rpc.NONCE-1" || !strings.Contains(first.Out, "suites/nonce.go:21") || first.Time != "0.250" || first.Failure == nil {
		t.Errorf("case is %+v", first)
	}
	if kms := got.Suites[6]; len(kms.Cases) != 1 || kms.Cases[0].Error == nil {
		t.Errorf("a target that could not be tested is %+v, want one error", kms)
	}
}

func TestVerdictIsTheWorst(t *testing.T) {
	run := func(v schemas.Verdict) schemas.Run { return schemas.Run{Verdict: v} }
	for name, c := range map[string]struct {
		runs []schemas.Run
		want schemas.Verdict
	}{
		"none":         {nil, schemas.Inconclusive},
		"conformant":   {[]schemas.Run{run(schemas.Conformant), run(schemas.Conformant)}, schemas.Conformant},
		"inconclusive": {[]schemas.Run{run(schemas.Conformant), run(schemas.Inconclusive)}, schemas.Inconclusive},
		"broken":       {[]schemas.Run{run(schemas.Inconclusive), run(schemas.NonConformant)}, schemas.NonConformant},
	} {
		if got := Verdict(c.runs); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
