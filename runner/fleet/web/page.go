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
	"github.com/acsconform/acsconform/runner/fleet/work"
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
	} {
		mux.HandleFunc(path, s.serve(page))
	}
	mux.HandleFunc("GET /report", s.report)
	mux.HandleFunc("GET /log", s.log)
	mux.HandleFunc("GET /live", s.live)
	if o.Metrics != nil {
		mux.Handle("GET /metrics", o.Metrics)
	}
	if o.Jobs != nil {
		mux.Handle("/jobs/", s.jobs())
		mux.Handle("GET /jobs", http.RedirectHandler("/jobs/", http.StatusMovedPermanently))
	}
	mux.HandleFunc("POST /run", s.run)
	mux.HandleFunc("POST /pause", s.pause)
	outer := http.NewServeMux()
	outer.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { text(w, http.StatusOK, "ok") })
	outer.HandleFunc("GET /readyz", s.ready)
	outer.Handle("/", o.Door.authenticated(http.NewCrossOriginProtection().Handler(mux)))
	return o.Door.outer(outer)
}

// Server serves a handler to clients that may be slow or hostile.
func Server(h http.Handler) *http.Server {
	return &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 60 * time.Second,
		IdleTimeout: 60 * time.Second, MaxHeaderBytes: 16 << 10}
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

// Outcomes are those that targets can be chosen by.
func (*frame) Outcomes() []string { return []string{work.Red, work.Untested, work.Green} }

// laid is the layout of the pages with the text of one.
func laid(text string) htmlpage.Page {
	return htmlpage.Page{Text: parts + text, Funcs: functions, Style: style, Script: script, Served: true}
}

// policy is the same for all pages, since style and script are.
var policy = laid("").Policy() + "; frame-ancestors 'none'"

// problem is an error that has a status.
type problem struct {
	status int
	text   string
}

// Error returns what a visitor reads.
func (p *problem) Error() string { return p.text }

// serve serves a page whose data a function reads. The page is written only when it is whole.
func (s *site) serve(page func(*http.Request, *frame) (string, any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		f, err := s.frame(r)
		var content string
		if err == nil {
			content, f.Data, err = page(r, f)
		}
		var out bytes.Buffer
		if err == nil {
			err = laid(content).Write(&out, f)
		}
		if err != nil {
			s.fail(w, r, err)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", policy)
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
	f := &frame{Fleet: s.Fleet, Actions: s.Actions != nil, Version: s.Version, At: time.Now().UTC()}
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
	return f, err
}
