package runner

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/runner/redact"
	"github.com/acsconform/acsconform/runner/transport"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// A Session is a target that was found testable, and the run against it. Open makes it; Start may be called once.
type Session struct {
	brief      suites.Brief
	opts       Options
	wire       *transport.Wire
	budget     transport.MemoryBudget
	pace       *transport.Pace
	gate       *transport.Gate
	clocks     clocks
	first      firstNonce
	sound      *suites.Planned
	notes      []redact.Clean[string] // what the report is to say beside the findings
	plan       []*suites.Planned
	judge      *suites.Judge
	redactor   *redact.Redactor
	transcript transcript

	run  *run
	kept transport.Retention
	seen shownExchanges

	allowance *allowance
	began     time.Time
	met       []*redact.Met // the secrets of each selected case
	sdks      sdkTally

	progress sync.Mutex
	judged   int
}

// newSession makes a session that has not met its target yet.
func newSession(b suites.Brief, o Options) (*Session, error) {
	o = o.withDefaults(b.Target.Limits)
	b.Target = o.Reached(b.Target)
	w, err := transport.New(o.wire(b.Target))
	if err != nil {
		return nil, err
	}
	s := &Session{brief: b, opts: o, wire: w, budget: transport.NewMemoryBudget(), redactor: redact.New(b.Target), pace: transport.NewPace(o.Rate), gate: transport.NewGate(o.Concurrency)}
	s.sdks.asked, s.allowance, s.began = o.SDKs, newAllowance(o.MaxRequests), o.now()
	return s, nil
}

// Plan returns every planned case for this target, those that are skipped included, in the order of the book.
func (s *Session) Plan() []*suites.Planned { return s.plan }

// Skew returns by how much the clock that the target judges timestamps by was found to be ahead of ours: 0 where it takes
// ours.
func (s *Session) Skew() time.Duration { return s.clocks.ahead }

// Transcript has every exchange written to w as a line of JSON, secrets left out, as soon as its case is judged. A body
// larger than 64 KiB is cut to its first 4 KiB. It must be called before Start; Finish tells of nothing that failed to
// be written, TranscriptError does.
func (s *Session) Transcript(w io.Writer) { s.transcript.open(w) }

// TranscriptError returns the first error met while writing the transcript. It is complete after Finish.
func (s *Session) TranscriptError() error { return s.transcript.failed() }

// Start begins to send the cases selected, in the background. When ctx ends, what was not sent yet is judged as
// cancelled; what came back before stays.
func (s *Session) Start(ctx context.Context, selected []*suites.Planned) {
	s.met = make([]*redact.Met, len(selected))
	s.run = newRun(ctx, s, selected)
	go s.run.execute()
}

// Wait returns the judgement of selected[i]; it blocks until there is one. It may be called from several goroutines, after
// Start.
func (s *Session) Wait(i int) *suites.Judged {
	<-s.run.done[i]
	return s.run.judged[i]
}

// Finish waits until every case is judged, judges what needs the whole run, and returns the connections back.
func (s *Session) Finish() schemas.Run {
	<-s.run.over
	t := s.brief.Target
	style := t.Style
	if style == "" {
		style = schemas.RPC
	}
	var gone errGone
	if errors.As(context.Cause(s.run.ctx), &gone) {
		why := s.line(gone.Error())
		s.notes = append(s.notes, why)
		s.judge.Gone(s.run.judged, why.Value())
	}
	if n := s.wire.Late(); n > 0 {
		s.notes = append(s.notes, s.line(fmt.Sprintf("behind %s more bytes came when it was over; a client may take them for the answer to its next call", text.Count(n, "answer"))))
	}
	if n := suites.NoneConventional(s.run.judged); n > 0 {
		s.notes = append(s.notes, s.line(fmt.Sprintf("none of this is of the convention: of %s not one is an envelope; see whether url is right", text.Count(n, "answer"))))
	}
	result := s.judge.Run(schemas.RunTarget{URL: t.URL, Profile: s.brief.Profile.Name, Style: style}, s.run.judged)
	result.LeftOut += len(s.plan) - len(s.run.judged)
	result.Complete = result.Partial().None()
	if gone != (errGone{}) && result.Verdict != schemas.NonConformant {
		result.Verdict, result.Why = schemas.Inconclusive, gone.Error()
	}
	cases := make([]redact.Clean[schemas.CaseResult], len(result.Cases))
	for i := range result.Cases {
		if s.opts.VerdictOnly {
			result.Cases[i].Exchange = nil
		}
		if !failed(result.Cases[i].Outcome) { // what was found of it was taken back
			result.Cases[i].Exchanges, result.Cases[i].LeftOut = nil, 0
		}
		cases[i] = s.redactor.CaseResult(result.Cases[i], s.met[i])
	}
	result.SDKs = s.sdks.table()
	result.Notes = redact.Values(s.notes)
	result.Pace = s.paceReport()
	s.transcript.close()
	s.wire.Close()
	return s.redactor.Run(result, cases).Value()
}

// settle is what happens to the i-th case once it is judged: its exchanges are written down, its secrets taken out, and
// only then is cut what is kept, since a part of a secret could not be told from other text.
func (s *Session) settle(i int, j *suites.Judged, xs []*schemas.Exchange) {
	s.met[i] = s.redactor.Met(xs)
	if x := j.Shown(); x != nil && s.opts.Answered != nil {
		s.opts.Answered(x, func(text string) string { return s.redactor.TextOf(text, s.met[i]).Value() })
	}
	brief := s.opts.VerdictOnly || s.opts.FailureOnly && j.Result.Outcome != schemas.Broken && j.Result.Outcome != schemas.NotJudged
	clean := make([]redact.Clean[*schemas.Exchange], len(xs))
	for k, x := range xs {
		if x.Attempts > 0 && s.transcript.out != nil {
			clean[k] = recorded(s.redactor, x)
			s.transcript.write(clean[k])
			if e := j.Result.Exchange; e != nil && e.Response != nil && e.Response == x.Response && !brief {
				j.Result.Exchange = s.redactor.Report(clean[k])
			}
		}
		x.Readings = nil // they may be long, and all was said of them
	}
	if brief {
		j.Result.Exchange = nil
	}
	j.Result = s.redactor.CaseResult(j.Result, s.met[i]).Value()
	if !brief {
		s.seen.add(s.redactor, &j.Result, xs)
	}
	for k, x := range xs {
		if cut := s.kept.Truncate(x); cut || x.Response != nil && len(x.Response.Body) > transport.TruncatedBody {
			clean[k] = redact.Clean[*schemas.Exchange]{}
		}
	}
	if e := j.Result.Exchange; e != nil {
		s.kept.Truncate(&schemas.Exchange{Response: e.Response})
	}
	if !brief {
		j.Result.Answers = s.answers(xs, clean) // of what is kept: a burst of large answers is not to be opened once more
	}
}

// tell reports one more case as judged.
func (s *Session) tell(total int) {
	if s.opts.Progress == nil {
		return
	}
	s.progress.Lock()
	defer s.progress.Unlock()
	s.judged++
	s.opts.Progress(s.judged, total)
}

// paceReport returns what the report says of the pace; nil for a target that took all at once.
func (s *Session) paceReport() *schemas.Pace {
	found := s.pace.Report()
	if n := s.gate.Narrowed(); n > 0 {
		if found == nil {
			found = &schemas.Pace{}
		}
		found.Connections = n
	}
	return found
}
