package web

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/fleet/outcome"
	"github.com/acsconform/acsconform/runner/fleet/round"
	"github.com/acsconform/acsconform/runner/fleet/view"
	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
)

type targetData struct {
	*view.Row
	Cases []view.FailedCase
}

var errNoRound = &problem{http.StatusNotFound, "No round has ended yet."}

func (s *site) found(r *http.Request, of *round.Round) (*view.Row, error) {
	if of == nil {
		return nil, errNoRound
	}
	row, err := s.view.Target(r.Context(), of.ID, r.FormValue("name"))
	if err == nil && row == nil {
		err = &problem{http.StatusNotFound, fmt.Sprintf("Round %d has no such target.", of.ID)}
	}
	return row, err
}

func (s *site) target(r *http.Request, f *frame) (string, any, error) {
	f.Tab = "state"
	row, err := s.found(r, f.Round)
	if err != nil {
		return "", nil, err
	}
	cases, err := s.view.Cases(r.Context(), f.Round.ID, row.ID)
	return targetText, targetData{row, cases}, err
}

// whole is the policy of a page that brings its own in its head: it may run nothing else, and reaches nothing of ours.
const whole = "sandbox allow-scripts; frame-ancestors 'none'"

// document serves such a page, which is written of a round that ended.
func (s *site) document(write func(*http.Request, *round.Round, io.Writer) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var out bytes.Buffer
		f, err := s.frame(r)
		if err == nil && f.Round == nil {
			err = errNoRound
		}
		if err == nil {
			err = write(r, f.Round, &out)
		}
		if err != nil {
			s.fail(w, r, err)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", whole)
		packed(w, r, out.Bytes())
	}
}

// report shows the report of one run, as conform run writes it. Of a green run no exchanges are kept.
func (s *site) report(r *http.Request, of *round.Round, out io.Writer) error {
	row, err := s.found(r, of)
	if err != nil {
		return err
	}
	run, err := s.view.Report(r.Context(), of.ID, row)
	if err == nil && run == nil {
		err = &problem{http.StatusNotFound, "No report was kept: the target was not tested. " + row.Why}
	}
	if err != nil {
		return err
	}
	all := &schemas.Report{Schema: schemas.ReportSchema, Suite: schemas.Suite{Version: of.Suite}, Started: row.Began,
		Seconds: row.Took.Round(time.Millisecond).Seconds(), Verdict: run.Verdict, Runs: []schemas.Run{*run}}
	return report.HTML{Clauses: fixtures.Clauses(), Language: speechOf(r).Language}.Write(out, all)
}

type logsData struct {
	Logs   []view.Log
	Places []view.Place
	More   int
}

func (s *site) logs(r *http.Request, f *frame) (string, any, error) {
	f.Tab = "logs"
	d := &logsData{}
	if f.Round == nil {
		return logsText, d, nil
	}
	var err error
	d.Logs, d.Places, d.More, err = s.view.Logs(r.Context(), f.Round.ID)
	return logsText, d, err
}

// log shows the result of one log, as conform lint writes it.
func (s *site) log(r *http.Request, of *round.Round, out io.Writer) error {
	if _, err := outcome.WriteLog(r.Context(), s.Read, of, r.FormValue("name"), out, "html", speechOf(r).Language); err != nil {
		return &problem{http.StatusNotFound, "The log was not judged in this round, or it has none of that name."}
	}
	return nil
}
