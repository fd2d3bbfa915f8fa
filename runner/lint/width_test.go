package lint

import (
	"cmp"
	"html"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

// wide is a result with names that are longer than a narrow terminal is wide.
func wide() (r *Result, names []string) {
	names = []string{
		"Invalid.A.Rather.Long.Code.Of.A.Product.NotFound", "a-rather-long-host-name.of-the.product.in-a-zone.example.test",
		"DescribeSomethingOfSomethingElseInTheWholeRegion", "4C467B38-3910-447D-87BC-AC049166F216", "/var/log/a-gateway/of-the-product/access-2026-11-28.jsonl:1207",
	}
	f := Finding{
		Clause: "ERROR-9", Level: schemas.Must, Code: names[0], Count: 12, Share: 0.1,
		Examples: []Example{{File: "/var/log/a-gateway/of-the-product/access-2026-11-28.jsonl", Line: 1207,
			Got: "400 " + names[0] + " with RequestId " + names[3] + strings.Repeat(" and more words", 9), Want: "a code of the table"}},
		Places: []FindingPlace{{Host: names[1], Action: names[2], Count: 12}},
	}
	place := Place{Host: names[1], Action: names[2], Records: 12, Broken: 12, Share: 1, Worst: "ERROR-9"}
	return &Result{Records: 12, Judged: 12, Profile: "ecs", Findings: []Finding{f}, Places: []Place{place}}, names
}

// Whatever the terminal, no word is cut, and outside of the table no line is wider that has two.
func TestWidthsOfTheText(t *testing.T) {
	for _, columns := range []int{0, 60, 80, 160} {
		r, names := wide()
		text := written(t, Text{Clauses: fixtures.Clauses(), Columns: columns}.Write, r)
		for _, name := range names {
			if strings.Count(text, name) == 0 {
				t.Errorf("%d columns: %s is cut:\n%s", columns, name, text)
			}
		}
		findings, _, _ := strings.Cut(text, "\nhost ")
		for line := range strings.Lines(findings) {
			line = strings.TrimRight(line, "\n")
			if wording.Width(line) > cmp.Or(columns, usualColumns) && strings.Contains(line, " and ") {
				t.Errorf("%d columns: %q", columns, line)
			}
		}
	}
}

// The page says of a clause what breaking it does to clients, and how it is fixed.
func TestThePageHasImpactAndFix(t *testing.T) {
	r, _ := wide()
	page := written(t, HTML{Clauses: fixtures.Clauses()}.Write, r)
	for _, c := range fixtures.Clauses() {
		shown := strings.Contains(page, "<dt>impact</dt><dd>"+html.EscapeString(c.Impact)+"</dd><dt>fix</dt><dd>"+html.EscapeString(c.Fix)+"</dd>")
		if shown != (c.ID == "ERROR-9") {
			t.Errorf("%s: shown is %t", c.ID, shown)
		}
	}
}
