// Package web serves the pages of a fleet: its state, causes over all targets, each target and its report, and what changed
// between rounds. They are read-only, fetch nothing from elsewhere, and work without script.
package web

import (
	"bytes"
	"context"
	_ "embed" // the pages' parts
	"log/slog"
	"net/http"
	"time"

	"github.com/acsconform/acsconform/runner/fleet/round"
	"github.com/acsconform/acsconform/runner/fleet/store"
	"github.com/acsconform/acsconform/runner/fleet/view"
	"github.com/acsconform/acsconform/runner/internal/htmlpage"
)

// Options are what the pages are made of.
type Options struct {
	Fleet   string      // that is shown first
	Read    store.Store // to read
	View    *view.Reader
	Version string
	Log     *slog.Logger
	Metrics http.Handler // under /metrics
	Jobs    http.Handler // River's own page, under /jobs/
	Actions *Actions     // nil: the pages are read-only
	Door    *Door
	Missed  func(after time.Time) int // rounds of the fleet that fell due since; nil: unknown
}

// Actions are what a visitor may do where that is allowed.
type Actions struct {
	RunNow func(ctx context.Context) (begun bool, err error)
	Pause  func(ctx context.Context, paused bool) error
}

type site struct {
	Options
	view *view.Reader
}

// New makes the handler of all pages, behind its door.
func New(o Options) http.Handler {
	s := &site{Options: o, view: o.View}
	mux := http.NewServeMux()
	for path, page := range map[string]func(*http.Request, *frame) (string, any, error){
		"GET /{$}": s.state, "GET /causes": s.causes, "GET /target": s.target, "GET /rounds": s.rounds, "GET /diff": s.diff, "GET /logs": s.logs,
		"GET /heat": s.heat, "GET /clauses": s.clauses,
	} {
		mux.HandleFunc(path, s.serve(page))
	}
	mux.HandleFunc("GET /report", s.document(s.report))
	mux.HandleFunc("GET /log", s.document(s.log))
	mux.HandleFunc("GET /matrix.csv", s.table)
	mux.HandleFunc("GET /live", s.live)
	if o.Metrics != nil {
		mux.Handle("GET /metrics", o.Metrics)
	}
	if o.Jobs != nil {
		mux.HandleFunc("/jobs/", s.acting(s.jobs))
		mux.Handle("GET /jobs", http.RedirectHandler("/jobs/", http.StatusMovedPermanently))
	}
	mux.HandleFunc("POST /run", s.acting(s.run))
	mux.HandleFunc("POST /pause", s.acting(s.pause))
	outer := http.NewServeMux()
	outer.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) { text(w, r, http.StatusOK, "ok") })
	outer.HandleFunc("GET /readyz", s.ready)
	outer.Handle("/", o.Door.authenticated(http.NewCrossOriginProtection().Handler(mux)))
	return o.Door.outer(outer)
}

// frame is what every page has.
type frame struct {
	Fleet   string
	Fleets  []string
	Round   *round.Round // that is shown; nil before the first has ended
	Live    view.Live
	Actions bool
	Version string
	Tab     string
	At      time.Time
	Missed  int     // rounds that fell due since the one that is shown, where that is the last one
	Lang    string  // that was chosen by the address; empty: by the browser
	Asked   address // for the link to the other language
	Data    any
}

var (
	//go:embed parts.html
	parts string
	//go:embed page.css
	style string
	//go:embed live.js
	script string
)

// policy is the same for all pages, since style and script are.
var policy = layout("", speech{}).Policy() + "; frame-ancestors 'none'"

// problem is an error that has a status.
type problem struct {
	status int
	text   string
}

// Error returns what a visitor reads.
func (p *problem) Error() string { return p.text }

// serve serves a page whose data a function reads. The page is written only when it is whole.
func (s *site) serve(read func(*http.Request, *frame) (string, any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		f, err := s.frame(r)
		var content string
		if err == nil {
			content, f.Data, err = read(r, f)
		}
		var out bytes.Buffer
		var page *htmlpage.Parsed
		if err == nil {
			page, err = laid(content, speechOf(r))
		}
		if err == nil {
			err = page.Write(&out, f)
		}
		if err != nil {
			s.fail(w, r, err)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Add("Vary", "Accept-Language")
		packed(w, r, out.Bytes())
	}
}

// longestQuery bounds an address: every link of a page repeats it.
const longestQuery = 1000

// frame reads what every page has. The round is that of the address, or else the last that ended.
func (s *site) frame(r *http.Request) (*frame, error) {
	if len(r.URL.RawQuery) > longestQuery {
		return nil, &problem{http.StatusRequestURITooLong, "The address is too long."}
	}
	f := &frame{Fleet: s.Fleet, Actions: s.Actions != nil, Version: s.Version, At: time.Now().UTC(), Asked: address{r.URL}}
	if spoken := speechOf(r); spoken.chosen {
		f.Lang = string(spoken.Language)
	}
	var err error
	if f.Fleets, err = s.view.Fleets(r.Context()); err != nil {
		return nil, err
	}
	if number, ok, err := asked(r, "round"); err != nil {
		return nil, err
	} else if ok {
		if f.Round, err = s.view.Round(r.Context(), number); err != nil {
			return nil, err
		}
		if f.Round == nil {
			return nil, &problem{http.StatusNotFound, "No such round has ended, or it is no longer kept."}
		}
		f.Fleet = f.Round.Fleet
	} else {
		if name := r.FormValue("fleet"); name != "" {
			f.Fleet = name
		}
		last, err := s.view.Rounds(r.Context(), f.Fleet, 0, 1)
		if err != nil {
			return nil, err
		}
		if len(last) > 0 {
			f.Round = &last[0]
		}
	}
	f.Live, err = s.view.Live(r.Context(), f.Fleet)
	if f.Round != nil && f.Round.ID == f.Live.Last && f.Fleet == s.Fleet && s.Missed != nil && !f.Live.Paused {
		f.Missed = s.Missed(f.Round.Due)
	}
	return f, err
}
