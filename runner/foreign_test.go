package runner_test

import (
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// notes joins the notes of a run.
func notes(run *schemas.Run) string { return strings.Join(run.Notes, "\n") }

// TestWithoutAKeyAStrangerIsLeftAlone tests servers that do not answer by the convention: three requests, one line, and
// no more unless the options force it. One envelope among the three is enough.
func TestWithoutAKeyAStrangerIsLeftAlone(t *testing.T) {
	page := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<html>shop</html>"))
	}
	data := func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"Code":7,"goods":[]}`)) }
	one := func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("Format") != "XML" {
			page(w, r)
			return
		}
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>MissingParameter</Code></Error>`))
	}
	few := func(p *suites.Planned) bool { return p.Case.Name.Text == "action-missing" }
	for name, tt := range map[string]struct {
		serve    http.HandlerFunc
		force    bool
		says     string // of the error
		requests int32  // at most
		notes    string
	}{
		"a page":          {page, false, "does not answer by this convention", 3, ""},
		"other JSON":      {data, false, "--force", 3, ""},
		"a page, forced":  {page, true, "", 1000, "none of this is of the convention"},
		"one is envelope": {one, false, "", 1000, ""},
	} {
		var requests atomic.Int32
		target := runner.Target{Profile: "ecs", Select: few, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			requests.Add(1)
			tt.serve(w, r)
		})}
		target.Options.Force = tt.force
		run, err := target.Conform(t.Context(), nil)
		why := (*runner.Untestable)(nil)
		switch {
		case tt.says != "" && (!errors.As(err, &why) || !strings.Contains(why.Line, tt.says) || strings.Contains(why.Line, "\n")):
			t.Errorf("%s: got %v", name, err)
		case tt.says == "" && (err != nil || run == nil):
			t.Errorf("%s: got %v", name, err)
		case run != nil && strings.Contains(notes(run), "none of this") != (tt.notes != ""):
			t.Errorf("%s: noted %q", name, notes(run))
		}
		if n := requests.Load(); n > tt.requests || n == 0 {
			t.Errorf("%s: %d requests", name, n)
		}
	}
}
