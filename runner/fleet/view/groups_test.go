package view

import (
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/fleet/made"
	"github.com/acsconform/acsconform/runner/fleet/round"
	"github.com/acsconform/acsconform/runner/fleet/work"
)

// grouped are 40 targets in 20 regions. In the third round targets 0 and 20, which are region-0, begin to break the first two
// clauses from where each begins; target 1 cannot be tested in the last one.
func grouped(t *testing.T) (*Reader, *round.Round) {
	t.Helper()
	r := fleetOf(t, made.Fleet{Targets: 40, Rounds: 4, Breaks: 2, Outcome: func(round, target int) string {
		switch {
		case target%20 == 0 && round >= 2:
			return work.Red
		case target == 1 && round == 3:
			return work.Untested
		}
		return work.Green
	}})
	last, err := r.Round(t.Context(), 4)
	if err != nil {
		t.Fatal(err)
	}
	return r, last
}

// A round is counted by the kinds of its targets, and by how many clauses they break.
func TestARoundIsCounted(t *testing.T) {
	r, last := grouped(t)
	if _, err := r.store.Exec(t.Context(), "INSERT INTO fleet_throttled (round, target, answers) VALUES (4, 3, 17), (4, 5, 3), (3, 5, 100)"); err != nil {
		t.Fatal(err)
	}
	s, err := r.State(t.Context(), last.ID)
	if err != nil || s.Targets != 40 || s.Kinds[NonConformant] != 2 || s.Kinds[Unreachable] != 1 || s.Kinds[Partial] != 37 || s.Throttled != 2 || s.Waited != 20 || s.Typical <= 0 || s.Longest < s.Typical {
		t.Errorf("%v %+v", err, s)
	}
	buckets, err := r.Histogram(t.Context(), last.ID)
	if err != nil || !slices.Equal(buckets, []Bucket{{From: 2, To: 3, Targets: 2}}) {
		t.Errorf("%v %+v", err, buckets)
	}
	for kind, of := range map[Kind]struct {
		outcome       string
		judged, whole bool
	}{
		NonConformant: {work.Red, true, false}, Conformant: {work.Green, true, true}, Partial: {work.Green, true, false}, Inconclusive: {work.Untested, true, false}, Unreachable: {work.Untested, false, false},
	} {
		if got := kindOf(of.outcome, of.judged, of.whole); got != kind {
			t.Errorf("%+v is %s, want %s", of, got, kind)
		}
	}
}

// The heat map has a column for each group, those with broken targets first, and counts every target once.
func TestHeatMapsCountGroups(t *testing.T) {
	r, last := grouped(t)
	traits, err := r.Traits(t.Context(), last.ID)
	if err != nil || !slices.Equal(traits, []string{"product", "region", TraitServer, TraitProfile}) {
		t.Fatal(err, traits)
	}
	h, err := r.Heat(t.Context(), last.ID, "region")
	if err != nil || len(h.Groups) != maxGroups || h.Groups[0] != (Group{"region-0", 2}) || h.Rest != 20-maxGroups {
		t.Fatalf("%v %+v", err, h)
	}
	sum := 0
	for _, row := range h.Rows {
		if row.Broken[0] != row.All || row.All == 0 || slices.Max(row.Broken[1:]) != 0 {
			t.Errorf("%+v", row)
		}
		sum += row.All
	}
	if sum != 4 {
		t.Errorf("%d broken clauses of targets, want 4", sum)
	}
	h, err = r.Heat(t.Context(), last.ID, TraitServer)
	if err != nil || len(h.Groups) != 1 || h.Groups[0] != (Group{"Tengine/2.3", 39}) && h.Groups[0] != (Group{"Tengine/2.3", 40}) {
		t.Errorf("%v %+v", err, h.Groups)
	}
	if m, err := r.Matrix(t.Context(), last.ID, Filter{Labels: []Pair{{TraitProfile, "ecs"}}, Kind: NonConformant}, 0); err != nil || m.Total != 2 {
		t.Errorf("%v: %d targets", err, m.Total)
	}
}

// Clauses are counted over the reports that were kept, those that fewest keep first.
func TestClausesAreCounted(t *testing.T) {
	r, last := grouped(t)
	all, err := r.Clauses(t.Context(), last.ID)
	if err != nil || len(all) != len(fixtures.Clauses()) {
		t.Fatalf("%v, %d clauses", err, len(all))
	}
	// The reports of made-up targets all break the first clauses.
	for i, c := range all {
		broke := 0
		if i < 2 {
			broke = 2
		}
		if c.Judged() != 39 || c.Broke() != broke || c.Open() != 0 {
			t.Errorf("%d: %+v", i, c)
		}
	}
}

// It is told since when a cause is there, and which causes are new.
func TestCausesHaveABeginning(t *testing.T) {
	r, last := grouped(t)
	o, err := r.Outcome(t.Context(), last)
	if err != nil || len(o.Causes) == 0 {
		t.Fatal(err)
	}
	firsts, err := r.First(t.Context(), last)
	if err != nil || len(firsts) != len(o.Causes) {
		t.Fatal(err, firsts)
	}
	for _, id := range firsts {
		if id != 3 {
			t.Errorf("a cause is there since round %d, want 3", id)
		}
	}
	second, err := r.Round(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	changes, err := r.Changes(t.Context(), second, last)
	if err != nil || len(changes.Regressed) != 2 || len(changes.Untestable) != 1 || changes.Same() != 37 {
		t.Fatalf("%v %+v", err, changes)
	}
	targets := map[string]bool{}
	for _, c := range CausesOf(changes.Regressed) {
		for _, name := range c.Targets {
			targets[name] = true
		}
		if len(c.Clauses) == 0 || c.Example.Clause != c.Clauses[0] || len(c.Targets) > 1 && !slices.Contains(c.Shared, "region: region-0") {
			t.Errorf("%+v", c)
		}
	}
	if len(targets) != 2 {
		t.Errorf("the causes are of %v", targets)
	}
	two := []Change{{Target: "a", Clauses: []string{"X", "Y"}, Labels: map[string]string{"r": "1", "p": "2"}, server: "S"}, {Target: "b", Clauses: []string{"X", "Y"}, Labels: map[string]string{"r": "1", "p": "3"}, server: "S"},
		{Target: "c", Clauses: []string{"X"}}}
	folded := CausesOf(two)
	if len(folded) != 2 || strings.Join(folded[0].Targets, " ") != "a b c" || folded[0].Shared != nil || strings.Join(folded[1].Shared, ", ") != "Server: S, r: 1" {
		t.Errorf("%+v", folded)
	}
}
