package outcome

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

// A round is shown by pipelines as a run is: an issue for each clause, with the number of targets; what came from a target
// starts no command.
func TestARoundInPipelines(t *testing.T) {
	o := many(100)
	o.Suite = "v1.2.3"
	o.Targets[3].Cases[0].Got = "200\n::error::forged"
	o.Targets[0].Cases = append(o.Targets[0].Cases, Case{Name: "w", Clause: "FORMAT-8", Outcome: schemas.Warned, Got: "text/html", Want: "text/xml"})
	o.Causes, o.Untested = nil, nil
	o.fold()
	written := map[string]string{}
	for _, format := range IssueFormats {
		var b strings.Builder
		if err := o.WriteIssues(&b, format, "ops/fleet.yaml"); err != nil {
			t.Fatal(err)
		}
		written[format] = b.String()
	}
	for _, want := range []string{"::error file=ops/fleet.yaml", "NONCE-1 MUST", "NONCE-2 MUST", "t3 and 9 more targets", "::warning file=ops/fleet.yaml", "not tested"} {
		if !strings.Contains(written["github"], want) {
			t.Errorf("github lacks %q:\n%s", want, written["github"])
		}
	}
	if strings.Contains(written["github"], "\n::error::forged") {
		t.Errorf("a target started a command:\n%s", written["github"])
	}
	var quality []struct {
		Check, Severity string `json:"-"`
		CheckName       string `json:"check_name"`
		Fingerprint     string
		Location        struct{ Path string }
	}
	if err := json.Unmarshal([]byte(written["gitlab"]), &quality); err != nil || len(quality) != 4 || quality[0].CheckName != "not-judged" || quality[1].Location.Path != "ops/fleet.yaml" {
		t.Errorf("gitlab: %v, %+v", err, quality)
	}
	var sarif struct {
		Version string
		Runs    []struct {
			Results []struct{ RuleID, Level string }
		}
	}
	if err := json.Unmarshal([]byte(written["sarif"]), &sarif); err != nil || sarif.Version != "2.1.0" || len(sarif.Runs) != 1 || len(sarif.Runs[0].Results) != 3 {
		t.Errorf("sarif: %v, %+v", err, sarif)
	}
}
