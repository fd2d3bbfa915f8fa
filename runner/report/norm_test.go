package report

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
)

// brokenBy is a report of one broken case.
func brokenBy(clause string) *schemas.Report {
	return reported(runOf("gateway", caseResult("case-aa", clause, schemas.Broken, finding(clause, schemas.Must, "200", "400"))))
}

func pageOf(t *testing.T, clause string) string {
	t.Helper()
	var out bytes.Buffer
	if err := (HTML{Clauses: fixtures.Clauses()}).Write(&out, brokenBy(clause)); err != nil {
		t.Fatal(err)
	}
	return inEnglish(out.String())
}

// inEnglish leaves the English of a page that holds both languages.
func inEnglish(page string) string {
	page = regexp.MustCompile(`(?s)<span class="zh" lang="zh-CN">.*?</span>`).ReplaceAllString(page, "")
	return regexp.MustCompile(`(?s)<span class="en" lang="en">(.*?)</span>`).ReplaceAllString(page, "$1")
}

func TestThePageHasImpactFixAndLinksOfAClause(t *testing.T) {
	for clause, wants := range map[string][]string{
		"ERROR-1": {
			"<dt>impact</dt><dd>SDKs read Code, Message and RequestId", "<dt>fix</dt><dd>Write every error",
			`<dt>nginx</dt><dd><code>error_page 500 502 503 504 =503 /.gone/$format;</code>`,
			`<cite><a href="#source-gateway">API gateway, “返回结果” (Return results), Simplified Chinese, undated</a>: error samples</cite>`,
		},
		"STATUS-4": {
			`the status is in the code&#39;s class (errata <a href="#erratum-X13">X13</a>)`, `<tr id="erratum-X13">`, `<tr id="source-gateway">`,
			`<a href="#condition-nonce-reused">nonce-reused</a>`, `<tr id="condition-nonce-reused">`,
		},
		"SUCCESS-4": {"<cite>a premise of the suite: without it no refusal proves anything</cite>"},
	} {
		page := pageOf(t, clause)
		for _, want := range wants {
			if !strings.Contains(page, want) {
				t.Errorf("the page of %s lacks %s", clause, want)
			}
		}
	}
}

// A clause of a profile of somebody's own cites the title of that profile, with nothing of it taken for markup.
func TestAProfileOfOnesOwnIsCitedByItsTitle(t *testing.T) {
	clause := fixtures.Clauses()[0]
	if got := inEnglish(string(cited(clause, "shop", "<Shop>"))); got != "&lt;Shop&gt;: prose on results and errors" {
		t.Errorf("cited is %s", got)
	}
}

func TestMarkdownLinksClausesAndErrata(t *testing.T) {
	var out bytes.Buffer
	if err := (Markdown{Clauses: fixtures.Clauses()}).Write(&out, brokenBy("STATUS-4")); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"| [STATUS-4](" + bookPage + "#status-4) | MUST ", "[X13](" + normPage + "#x13)"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the summary lacks %s:\n%s", want, out.String())
		}
	}
	if got := clauseCell(fixtures.Clauses(), "NO-1](x"); regexp.MustCompile(`[\[\]()]`).MatchString(got) {
		t.Errorf("an id that no clause has is %s", got)
	}
	if got := linkedCell("X99 [x](y)"); strings.ContainsAny(got, "[]()") {
		t.Errorf("what is no erratum is %s", got)
	}
}
