package outcome

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/schemas"
)

// changed is a difference in which two targets regressed, by a clause that both break, one cannot be tested and one is fixed.
func changed() *Difference {
	const forged = "200\n::error::forged <script>alert(1)</script> | x"
	of := func(clauses ...string) *schemas.Diff {
		d := &schemas.Diff{Verdict: schemas.Regressed, Compared: 10}
		for _, clause := range clauses {
			d.Regressions = append(d.Regressions, schemas.CaseDiff{Case: "case-of-" + clause, Clause: clause, Before: schemas.Kept, After: schemas.Broken,
				Findings: []schemas.Finding{{Clause: clause, Level: schemas.Must, Got: forged, Want: "400 SignatureNonceUsed"}}})
		}
		return d
	}
	fixed := &schemas.Diff{Verdict: schemas.Same, Compared: 10, Fixed: []schemas.CaseDiff{{Case: "c", Clause: "TIME-1", Before: schemas.Broken, After: schemas.Kept}}}
	return &Difference{Schema: DiffSchema, Fleet: "f", Base: 1, New: 2, Compared: 5, suite: "v1", Other: []Change{}, Gone: []string{"old"}, Added: []string{"fresh"},
		Regressed: []Change{{Target: "<b>one</b>", Before: "green", After: "red", Diff: of("NONCE-1", "NONCE-2")}, {Target: "two", Before: "green", After: "red", Diff: of("NONCE-1")},
			{Target: "away", Before: "green", After: "untested", Why: "nothing listens"}},
		Fixed: []Change{{Target: "four", Before: "red", After: "green", Diff: fixed}}}
}

// A difference has every form, names in each what regressed, and nothing that came from a target means anything in it.
func TestFormsOfADifference(t *testing.T) {
	written := map[string]string{}
	for _, format := range []string{"text", "json", "markdown", "html"} {
		var b strings.Builder
		if err := changed().Write(&b, format, lang.English); err != nil {
			t.Fatal(err)
		}
		written[format] = b.String()
	}
	for _, format := range IssueFormats {
		var b strings.Builder
		if err := changed().WriteIssues(&b, format, "ops/fleet.yaml"); err != nil {
			t.Fatal(err)
		}
		written[format] = b.String()
	}
	for format, text := range written {
		for _, want := range []string{"NONCE-1", "two"} {
			if format == "sarif" || format == "gitlab" || format == "github" {
				want = strings.Replace(want, "two", "and 1 more target", 1) // of the clause that both break
			}
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %q:\n%s", format, want, text)
			}
		}
		if strings.Contains(text, "\n::error::forged") || strings.Contains(text, "<script>alert") && format != "json" && format != "text" && format != "sarif" && format != "gitlab" && format != "github" {
			t.Errorf("%s: a target's text means something:\n%s", format, text)
		}
	}
	if strings.Contains(written["html"], "<b>one") || strings.Contains(written["markdown"], "<b>one") {
		t.Error("the name of a target is markup")
	}
	if n := strings.Count(written["github"], "::error file=ops/fleet.yaml"); n < 2 {
		t.Errorf("%d annotations:\n%s", n, written["github"])
	}
	var quality []struct {
		CheckName string `json:"check_name"`
	}
	if err := json.Unmarshal([]byte(written["gitlab"]), &quality); err != nil || len(quality) != 3 {
		t.Errorf("gitlab: %v, %+v", err, quality)
	}
	var sarif struct {
		Version string
		Runs    []struct{ Results []struct{ RuleID string } }
	}
	if err := json.Unmarshal([]byte(written["sarif"]), &sarif); err != nil || sarif.Version != "2.1.0" || len(sarif.Runs) != 1 || len(sarif.Runs[0].Results) != 2 {
		t.Errorf("sarif: %v, %+v", err, sarif)
	}
	var back Difference
	if err := json.Unmarshal([]byte(written["json"]), &back); err != nil || len(back.Regressed) != 3 || back.Fleet != "f" {
		t.Errorf("json: %v", err)
	}
}

// What a round found and what changed can be read in Chinese; JSON is the same in both.
func TestOutcomesInChinese(t *testing.T) {
	o := many(100)
	for format, wants := range map[string][]string{
		"text":     {"f，第 7 轮：100 个被测服务", "× NONCE-1, NONCE-2：100 个中的 10 个，共同点：Server: S/3（该处的每个被测服务）", "t3, t13, t23, t33", "期望 400", "? 未测试：100 个中的 10 个"},
		"markdown": {"被测服务 | 共同点", "未测试"}, "html": {`lang="zh-CN"`, "<th>被测服务</th>", "违反"}, "junit": {"期望 400，实际 200"},
	} {
		var b strings.Builder
		if err := o.Write(&b, format, lang.Chinese); err != nil {
			t.Fatal(err)
		}
		for _, want := range wants {
			if !strings.Contains(b.String(), want) {
				t.Errorf("%s lacks %q:\n%.1500s", format, want, b.String())
			}
		}
	}
	var b strings.Builder
	if err := changed().Write(&b, "text", lang.Chinese); err != nil || !strings.Contains(b.String(), "× two 回归：回归  ·  已比较 10 个用例，1 个回归 NONCE-1") || !strings.Contains(b.String(), "第 1 轮与第 2 轮：比较了 5 个被测服务，3 个回归") {
		t.Errorf("%v\n%s", err, b.String())
	}
	for _, write := range []func(*strings.Builder, lang.Language) error{
		func(b *strings.Builder, l lang.Language) error { return o.Write(b, "json", l) },
		func(b *strings.Builder, l lang.Language) error { return changed().Write(b, "json", l) },
	} {
		var english, chinese strings.Builder
		if err := write(&english, lang.English); err != nil {
			t.Fatal(err)
		}
		if err := write(&chinese, lang.Chinese); err != nil || english.String() != chinese.String() || english.Len() == 0 {
			t.Errorf("JSON differs by the language (%v)", err)
		}
	}
}
