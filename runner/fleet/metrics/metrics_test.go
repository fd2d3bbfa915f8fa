package metrics

import (
	"fmt"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"github.com/acsconform/acsconform/runner/fleet/made"
	"github.com/acsconform/acsconform/runner/fleet/store"
)

func written(t *testing.T, f made.Fleet) store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "fleet.db"))
	if err == nil {
		err = s.Migrate(t.Context())
	}
	if err == nil {
		f.First, f.Every = time.Unix(1_700_000_000, 0), time.Hour
		err = f.Write(t.Context(), s)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// The metrics have the form that promtool check metrics asks for, and the numbers of the last round.
func TestMetricsOfALastRound(t *testing.T) {
	c := New(written(t, made.Fleet{Name: "made", Targets: 6, Rounds: 2, Red: 3, Breaks: 2}), slog.New(slog.DiscardHandler))
	problems, err := testutil.CollectAndLint(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
	want := `# HELP acsconform_fleet_targets Targets of the last round that ended, by outcome.
# TYPE acsconform_fleet_targets gauge
acsconform_fleet_targets{fleet="made",outcome="green"} 4
acsconform_fleet_targets{fleet="made",outcome="red"} 2
acsconform_fleet_targets{fleet="made",outcome="untested"} 0
`
	if err := testutil.CollectAndCompare(c, strings.NewReader(want), "acsconform_fleet_targets"); err != nil {
		t.Error(err)
	}
	if n := testutil.CollectAndCount(c, "acsconform_fleet_broken_targets"); n != 4 {
		t.Errorf("%d series of broken targets, want 4", n)
	}
}

// However many labels, products and regions there are, the series are bounded, and no target is lost from their sum.
func TestSeriesAreBounded(t *testing.T) {
	s := written(t, made.Fleet{Name: "made", Targets: 2000, Rounds: 1, Red: 1, Breaks: 1})
	if _, err := s.Exec(t.Context(), `UPDATE fleet_target SET labels = '{"product":"p' || id || '","region":"r' || id || '"}'`); err != nil {
		t.Fatal(err)
	}
	c := New(s, slog.New(slog.DiscardHandler))
	if n := testutil.CollectAndCount(c); n > maxSeries+200 {
		t.Errorf("%d series", n)
	}
	r := prometheus.NewPedanticRegistry()
	if err := r.Register(c); err != nil {
		t.Fatal(err)
	}
	families, err := r.Gather()
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for _, f := range families {
		if f.GetName() == "acsconform_fleet_broken_targets" {
			for _, m := range f.GetMetric() {
				sum += m.GetGauge().GetValue()
			}
		}
	}
	if sum != 2000 {
		t.Errorf("the series sum up to %v targets", sum)
	}
}

// While the database does not answer, that is a metric.
func TestTheDatabaseIsAway(t *testing.T) {
	s := written(t, made.Fleet{Name: "made", Targets: 1, Rounds: 1})
	h, err := Handler(s, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	if !strings.Contains(w.Body.String(), fmt.Sprintln("acsconform_fleet_database_up", 0)) {
		t.Errorf("%d\n%.500s", w.Code, w.Body)
	}
}
