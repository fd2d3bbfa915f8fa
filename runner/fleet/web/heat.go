package web

import (
	_ "embed" // the pages
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/acsconform/acsconform/runner/fleet/view"
)

var (
	//go:embed heat.html
	heatText string
	//go:embed clauses.html
	clausesText string
)

type heatData struct {
	*view.Heat
	Traits []string
}

// longestLinked bounds the value of a group that each of its cells repeats in a link.
const longestLinked = 60

// heatCell is a cell of the heat map.
type heatCell struct {
	Class, Link string
	Broken, Of  int
}

// fewTargets is below how many targets a share says little.
const fewTargets = 5

// heatCells are the cells of a row.
func (s speech) heatCells(d *heatData, round int64, row view.HeatRow) []heatCell {
	cells := make([]heatCell, len(d.Groups))
	for i, g := range d.Groups {
		c := heatCell{Broken: row.Broken[i], Of: g.Targets}
		if c.Broken > 0 {
			c.Class = fmt.Sprintf("h%d", 1+min(3, 4*c.Broken/max(c.Of, 1)))
			if len(g.Value) <= longestLinked {
				c.Link = s.link("/", "round", round, "clause", row.Clause, "label", d.By+"="+g.Value)
			}
		}
		if c.Of < fewTargets {
			c.Class += " few"
		}
		cells[i] = c
	}
	return cells
}

// heat shows which share of each group of targets breaks each clause.
func (s *site) heat(r *http.Request, f *frame) (string, any, error) {
	f.Tab = "heat"
	d := &heatData{}
	if f.Round == nil {
		return heatText, d, nil
	}
	var err error
	if d.Traits, err = s.view.Traits(r.Context(), f.Round.ID); err != nil {
		return "", nil, err
	}
	by := r.FormValue("by")
	if !slices.Contains(d.Traits, by) { // what it can be grouped by is what the page offers
		by = d.Traits[0]
	}
	d.Heat, err = s.view.Heat(r.Context(), f.Round.ID, by)
	return heatText, d, err
}

// clauseGroup is clauses that a like share of the targets keep.
type clauseGroup struct {
	Title string
	List  []view.Clause
}

// clauses shows how many targets keep each clause.
func (s *site) clauses(r *http.Request, f *frame) (string, any, error) {
	f.Tab = "clauses"
	if f.Round == nil {
		return clausesText, nil, nil
	}
	all, err := s.view.Clauses(r.Context(), f.Round.ID)
	if err != nil {
		return "", nil, err
	}
	groups := []clauseGroup{{Title: "Kept by none"}, {Title: "Kept by at most half"}, {Title: "Kept by at most 90%"}, {Title: "Kept by at most 99%"},
		{Title: "Kept by more than 99%"}, {Title: "Kept by all"}, {Title: "Nobody was judged by them"}}
	for _, c := range all {
		at := shareOf(c)
		groups[at].List = append(groups[at].List, c)
	}
	return clausesText, groups, nil
}

// shareOf is the group of a clause.
func shareOf(c view.Clause) int {
	kept, of := c.Judged()-c.Broke(), c.Judged()
	switch {
	case of == 0:
		return 6
	case kept == of:
		return 5
	case kept == 0:
		return 0
	case 2*kept <= of:
		return 1
	case 10*kept <= 9*of:
		return 2
	case 100*kept <= 99*of:
		return 3
	}
	return 4
}

// tableWithin is how long a table may take to be read.
const tableWithin = 10 * time.Minute

// table writes the targets that the first page lists as CSV.
func (s *site) table(w http.ResponseWriter, r *http.Request) {
	f, err := s.frame(r)
	if err == nil && f.Round == nil {
		err = errNoRound
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	_ = http.NewResponseController(w).SetWriteDeadline(f.At.Add(tableWithin))
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="round-%d.csv"`, f.Round.ID))
	if err := s.view.CSV(r.Context(), w, f.Round.ID, filterOf(r)); err != nil {
		s.Log.WarnContext(r.Context(), "a table was cut off", "error", err.Error())
		panic(http.ErrAbortHandler) // so that nobody takes the half for the whole
	}
}
