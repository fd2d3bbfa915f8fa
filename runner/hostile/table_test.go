//go:build unix

package hostile_test

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/hostile"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

var table = flag.String("table", "", "run the whole book against every hostile target, one after another, and write what came of it to this file, as Markdown")

// With -table the whole book is tried, and what came of it written down for people.
func TestTable(t *testing.T) {
	if *table == "" {
		t.Skip("-table names no file")
	}
	b := newBed(t)
	var rows strings.Builder
	rows.WriteString("| a server that | badly always: `conform` says | exit | s | MiB | badly only on what it is to refuse: `conform` finds | exit | s | MiB |\n")
	rows.WriteString("|---|---|---|---|---|---|---|---|---|\n")
	for _, target := range hostile.Targets() {
		always, refused := b.try(t, target, hostile.Always, ""), b.try(t, target, hostile.Refused, "")
		check(t, always, wanted[target.Name][hostile.Always])
		check(t, refused, wanted[target.Name][hostile.Refused])
		fmt.Fprintf(&rows, "| %s | %s | %s |\n", target.Says, cells(t, always), cells(t, refused))
	}
	if err := os.WriteFile(*table, []byte(rows.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func cells(t *testing.T, r ran) string {
	t.Helper()
	return fmt.Sprintf("%s | %d | %.1f | %d", tableText(said(t, r)), r.exit, r.took.Seconds(), r.peak>>20)
}

// said returns what a run said in few words: its one line, else the findings that hit most cases, else the summary.
func said(t *testing.T, r ran) string {
	t.Helper()
	if r.exit == 3 {
		return strings.TrimPrefix(strings.TrimSpace(r.errs), "conform: ")
	}
	text, err := os.ReadFile(filepath.Join(r.reports, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	var report schemas.Report
	if err := json.Unmarshal(text, &report); err != nil {
		t.Fatal(err)
	}
	if found := findings(report.Runs[0].Cases); found != "" {
		return found
	}
	c := report.Runs[0].Counts
	return fmt.Sprintf("%s: %d kept, %d not judged", report.Verdict, c.Kept, c.NotJudged)
}

// findings returns the three that break most cases, each with the number of cases.
func findings(cases []schemas.CaseResult) string {
	type finding struct{ clause, got string }
	hits := map[finding]int{}
	for _, c := range cases {
		for _, f := range c.Findings {
			if f.Level == schemas.Must {
				hits[finding{f.Clause, f.Got}]++
			}
		}
	}
	var all []finding
	for f := range hits {
		all = append(all, f)
	}
	slices.SortFunc(all, func(a, b finding) int {
		return cmp.Or(hits[b]-hits[a], cmp.Compare(a.clause, b.clause), cmp.Compare(a.got, b.got))
	})
	var words []string
	for _, f := range all[:min(3, len(all))] {
		words = append(words, fmt.Sprintf("%s: %s (%d cases)", f.clause, f.got, hits[f]))
	}
	return strings.Join(words, "; ")
}

var address = regexp.MustCompile(`(?:http://)?127\.0\.0\.1:\d+/?`)

// tableText makes a text fit for a cell of a Markdown table, the same whatever the port was.
func tableText(s string) string {
	s = wording.Clip(wording.Plain(address.ReplaceAllString(s, "ADDRESS")), 120)
	return strings.NewReplacer("|", `\|`, "[", `\[`, "`", "'", `\`, `\\`).Replace(html.EscapeString(s))
}
