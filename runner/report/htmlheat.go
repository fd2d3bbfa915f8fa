package report

import (
	"cmp"
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// htmlHeat is the map of a run: a row for each clause that has cases, a column for each format and method that were sent.
type htmlHeat struct {
	Columns []string
	Rows    []htmlHeatRow
}

// htmlHeatRow is one clause in the map, with its cases that were kept and those that were judged.
type htmlHeatRow struct {
	Clause       string
	Level        schemas.Level
	Kept, Judged int
	Cells        []htmlHeatCell
}

// htmlHeatCell is what the cases of one clause in one format by one method came to. Class is that of the worst outcome,
// and empty where there is no case; Text has its sign, so that nothing depends on colour; Link filters the page.
type htmlHeatCell struct {
	Class, Text, Says string
	Link              template.URL
}

// sentAs is the format and the method of a case.
type sentAs struct {
	Format schemas.Format
	Method string
}

func (s sentAs) String() string {
	return cmp.Or(string(s.Format), "no Format") + ", " + s.Method
}

// heat counts the outcomes by clause and column. A case counts for the clause that it exercises, and for those that it
// was found to break.
func heat(run *schemas.Run) htmlHeat {
	type place struct {
		clause string
		as     sentAs
	}
	counts := map[place]*schemas.Counts{}
	var columns []sentAs
	for i := range run.Cases {
		c := &run.Cases[i]
		as := sentAs{c.Format, c.Method}
		if !slices.Contains(columns, as) {
			columns = append(columns, as)
		}
		for clause, outcome := range outcomesOf(c) {
			key := place{clause, as}
			if counts[key] == nil {
				counts[key] = &schemas.Counts{}
			}
			counts[key].Add(outcome)
		}
	}
	slices.SortFunc(columns, func(a, b sentAs) int { return cmp.Compare(a.String(), b.String()) })
	h := htmlHeat{}
	for _, as := range columns {
		h.Columns = append(h.Columns, as.String())
	}
	for _, clause := range run.Clauses {
		row, met := htmlHeatRow{Clause: clause.ID, Level: clause.Level}, false
		for _, as := range columns {
			cell := htmlHeatCell{}
			if n := counts[place{clause.ID, as}]; n != nil {
				met = true
				row.Kept += n.Kept
				row.Judged += n.Kept + n.Broken + n.Warned + n.Known
				cell = cellOf(clause.ID, as, *n)
			}
			row.Cells = append(row.Cells, cell)
		}
		if met {
			h.Rows = append(h.Rows, row)
		}
	}
	return h
}

// outcomesOf returns by clause what a case came to: its own clause is kept where only others are broken.
func outcomesOf(c *schemas.CaseResult) map[string]schemas.Outcome {
	if len(c.Findings) == 0 {
		return map[string]schemas.Outcome{c.Clause: c.Outcome}
	}
	out := map[string]schemas.Outcome{c.Clause: schemas.Kept}
	for _, f := range c.Findings {
		switch {
		case f.Level == schemas.May:
		case c.Outcome == schemas.Known:
			out[f.Clause] = schemas.Known
		case f.Level == schemas.Must:
			out[f.Clause] = schemas.Broken
		case out[f.Clause] != schemas.Broken:
			out[f.Clause] = schemas.Warned
		}
	}
	return out
}

func cellOf(clause string, as sentAs, n schemas.Counts) htmlHeatCell {
	values := url.Values{"clause": {clause}}
	if as.Format != "" {
		values.Set("format", string(as.Format))
	}
	if as.Method != "" {
		values.Set("method", as.Method)
	}
	cell := htmlHeatCell{Says: fmt.Sprintf("%s, %s: %s", clause, as, strings.Join(countsOf(n), ", ")), Link: template.URL("#" + values.Encode())}
	failed := n.Broken + n.Warned + n.Known
	switch judged := failed + n.Kept; {
	case n.Broken > 0:
		cell.Class, cell.Text = "broken", fmt.Sprintf("× %d/%d", failed, judged)
	case n.Warned > 0:
		cell.Class, cell.Text = "warned", fmt.Sprintf("! %d/%d", failed, judged)
	case n.Known > 0:
		cell.Class, cell.Text = "known", fmt.Sprintf("~ %d/%d", failed, judged)
	case n.Kept > 0:
		cell.Class, cell.Text = "kept", fmt.Sprintf("✓ %d", n.Kept)
	default:
		cell.Class, cell.Text = "not-judged", fmt.Sprintf("? %d", n.NotJudged+n.Skipped)
	}
	return cell
}
