package web

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/acsconform/acsconform/runner/fleet/view"
)

// text answers with a line of text, in the language of the visitor.
func text(w http.ResponseWriter, r *http.Request, status int, line string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	w.Header().Add("Vary", "Accept-Language")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(speechOf(r).Text(line) + "\n"))
}

// fail answers that something cannot be shown. What the database says is logged, not shown.
func (s *site) fail(w http.ResponseWriter, r *http.Request, err error) {
	var known *problem
	switch {
	case errors.As(err, &known):
		text(w, r, known.status, known.text)
	case r.Context().Err() != nil: // the visitor has left
	default:
		s.Log.WarnContext(context.WithoutCancel(r.Context()), "a page cannot be shown", "error", err.Error())
		text(w, r, http.StatusServiceUnavailable, "The database does not answer. Try again.")
	}
}

// leastPacked is from what size a page is compressed.
const leastPacked = 2 << 10

// packed writes a body, compressed where the client reads that.
func packed(w http.ResponseWriter, r *http.Request, body []byte) {
	w.Header().Add("Vary", "Accept-Encoding")
	if len(body) < leastPacked || !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = w.Write(body)
		return
	}
	w.Header().Set("Content-Encoding", "gzip")
	z, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
	_, _ = z.Write(body)
	_ = z.Close()
}

// asked reads a number of the address.
func asked(r *http.Request, name string) (number int64, there bool, err error) {
	word := r.FormValue(name)
	if word == "" {
		return 0, false, nil
	}
	number, err = strconv.ParseInt(word, 10, 64)
	if err != nil || number < 0 {
		return 0, false, &problem{http.StatusBadRequest, name + " is no number."}
	}
	return number, true, nil
}

// readyWithin is how long the database may take to answer.
const readyWithin = 2 * time.Second

func (s *site) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), readyWithin)
	defer cancel()
	if _, err := s.view.Rounds(ctx, s.Fleet, 0, 1); err != nil {
		text(w, r, http.StatusServiceUnavailable, "the database does not answer")
		return
	}
	text(w, r, http.StatusOK, "ok")
}

func (s *site) live(w http.ResponseWriter, r *http.Request) {
	fleet := s.Fleet
	if name := r.FormValue("fleet"); name != "" {
		fleet = name
	}
	l, err := s.view.Live(r.Context(), fleet)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	spoken, now := speechOf(r), time.Now()
	line := spoken.line(l, now)
	if shown, ok, _ := asked(r, "shown"); ok && l.Last != shown {
		line = strings.Join([]string{line, spoken.Say("Round %d has ended: load the page again to see it.", l.Last)}, " ")
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Add("Vary", "Accept-Language")
	_ = json.NewEncoder(w).Encode(struct {
		view.Live
		Line string `json:"line"`
	}{l, line})
}

// line is what a fleet does now.
func (s speech) line(l view.Live, now time.Time) string {
	switch {
	case l.Round == 0 && l.Paused:
		return s.Say("The schedule is paused: no round begins by itself.")
	case l.Round == 0:
		return s.Say("No round runs now.")
	}
	lines := []string{s.Say("Round %d runs: %d of %d targets, %d broken, %d not tested.", l.Round, l.Done, l.Targets, l.Red, l.Untested)}
	if left := l.Left(now); left > 0 {
		lines = append(lines, s.Say("About %s left.", left.Round(time.Second)))
	}
	return strings.Join(lines, " ")
}

// acting lets only those who may act do more than read.
func (s *site) acting(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if s.Actions == nil && r.Method != http.MethodGet && r.Method != http.MethodHead {
			text(w, r, http.StatusForbidden, "These pages are read-only (conform fleet up --allow-actions allows actions).")
			return
		}
		next(w, r)
	}
}

// run begins a round.
func (s *site) run(w http.ResponseWriter, r *http.Request) {
	begun, err := s.Actions.RunNow(r.Context())
	switch {
	case err != nil:
		s.fail(w, r, err)
	case !begun:
		text(w, r, http.StatusConflict, "A round runs already.")
	default:
		http.Redirect(w, r, home(r), http.StatusSeeOther)
	}
}

// home is the first page, in the language that was chosen.
func home(r *http.Request) string { return speechOf(r).link("/") }

// pause pauses the schedule, or lets it go on.
func (s *site) pause(w http.ResponseWriter, r *http.Request) {
	if err := s.Actions.Pause(r.Context(), r.FormValue("paused") == "yes"); err != nil {
		s.fail(w, r, err)
		return
	}
	http.Redirect(w, r, home(r), http.StatusSeeOther)
}

// jobs is River's page. It brings script and style of its own; where the pages are read-only, so is it.
func (s *site) jobs(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Security-Policy", "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'")
	s.Jobs.ServeHTTP(w, r)
}
