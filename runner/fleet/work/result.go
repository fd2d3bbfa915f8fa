package work

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/acsconform/acsconform/runner/fleet/plan"
	"github.com/acsconform/acsconform/runner/fleet/store"
	"github.com/acsconform/acsconform/schemas"
)

// The outcomes of a target.
const (
	Green    = "green"    // nothing broken
	Red      = "red"      // something broken
	Untested = "untested" // it could not be tested, or nothing was judged
)

// maxText bounds what a row says of a finding.
const maxText = 300

// A Result is what is kept of a run.
type Result struct {
	Outcome, Why, Server string
	Counts               schemas.Counts
	Began                time.Time
	Took                 time.Duration
	Shape                []byte // the report without what differs from run to run
	Body                 []byte // of a run that is not green: its own report, with the failing exchanges
	Clauses              []schemas.ClauseState
	Cases                []schemas.CaseResult
	IDs                  []byte
	Throttled            int // answers that the run waited out
}

// resultOf makes a result of a run, or of what kept the target from being tested.
func resultOf(run *schemas.Run, seen *answers, err error, began time.Time, took time.Duration) Result {
	r := Result{Outcome: Untested, Began: began, Took: took}
	if run == nil {
		r.Why = "the target was not tested"
		if err != nil {
			r.Why = strings.Join(strings.Fields(err.Error()), " ")
		}
		return r
	}
	r.Counts, r.Why, r.Server, r.IDs = run.Counts, run.Why, seen.server(), seen.sorted()
	switch c := run.Counts; {
	case run.Verdict == schemas.NonConformant:
		r.Outcome = Red
	case run.Verdict == schemas.Conformant && c.Kept+c.Warned+c.Known > 0:
		r.Outcome = Green
	}
	if err != nil { // entries of the list of known failures that are wrong
		r.Outcome, r.Why = Red, strings.Join(strings.Fields(err.Error()), " ")
	}
	if run.Pace != nil {
		r.Throttled = run.Pace.Throttled
	}
	for _, c := range run.Clauses {
		if failing(schemas.Outcome(c.State)) {
			r.Clauses = append(r.Clauses, c)
		}
	}
	for i := range run.Cases {
		if c := &run.Cases[i]; failing(c.Outcome) && len(c.Findings) > 0 {
			r.Cases = append(r.Cases, *c)
		}
	}
	whole := settled(run)
	if r.Outcome != Green {
		r.Body = Pack(whole)
	}
	for i := range whole.Cases {
		c := &whole.Cases[i]
		c.Exchange, c.Exchanges, c.LeftOut = nil, nil, 0
	}
	if r.Outcome == Green {
		r.Shape = Pack(whole)
	}
	return r
}

func failing(o schemas.Outcome) bool {
	return o == schemas.Broken || o == schemas.Warned || o == schemas.Known
}

// settled copies a run without what differs from run to run, and without the exchanges of cases that do not fail.
func settled(run *schemas.Run) schemas.Run {
	out := *run
	out.Target.URL, out.Command, out.Pace = "", "", nil
	out.Clauses, out.Codes, out.Cases = slices.Clone(run.Clauses), slices.Clone(run.Codes), slices.Clone(run.Cases)
	for i := range out.Clauses {
		out.Clauses[i].Exchanges = min(out.Clauses[i].Exchanges, 1)
	}
	for i := range out.Codes {
		out.Codes[i].Cases = nil
	}
	for i := range out.Cases {
		c := &out.Cases[i]
		c.Seconds, c.Answers = 0, nil
		if c.Outcome != schemas.Broken && c.Outcome != schemas.NotJudged {
			c.Exchange, c.Exchanges, c.LeftOut = nil, nil, 0
		}
	}
	return out
}

var (
	packer, _   = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedBetterCompression))
	unpacker, _ = zstd.NewReader(nil, zstd.WithDecoderMaxMemory(256<<20), zstd.WithDecoderConcurrency(1))
)

// Pack packs a run as a result keeps it.
func Pack(run schemas.Run) []byte {
	text, err := json.Marshal(run)
	if err != nil {
		panic(err) // a report is made to be written
	}
	return packer.EncodeAll(text, nil)
}

// Save writes a result, unless the target of the round has one: a job may run twice, and its first result counts.
func Save(ctx context.Context, t store.Tx, j store.Job, r Result) error {
	shape := ""
	if r.Shape != nil {
		shape = plan.Digest(r.Shape)
		if err := store.Put(ctx, t, shape, r.Shape); err != nil {
			return err
		}
	}
	c := r.Counts
	n, err := t.Exec(ctx, `INSERT INTO fleet_result (round, target, outcome, why, kept, broken, warned, not_judged, skipped, known, began, took, server, shape, body)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT (round, target) DO NOTHING`,
		j.Round, j.Target, r.Outcome, clip(r.Why), c.Kept, c.Broken, c.Warned, c.NotJudged, c.Skipped, c.Known, r.Began.UnixMicro(), r.Took.Microseconds(), r.Server, shape, r.Body)
	if err != nil || n == 0 {
		return err
	}
	for _, s := range r.Clauses {
		if _, err := t.Exec(ctx, "INSERT INTO fleet_clause (round, target, clause, state) VALUES ($1, $2, $3, $4)", j.Round, j.Target, s.ID, s.State); err != nil {
			return err
		}
	}
	for i := range r.Cases {
		k := &r.Cases[i]
		f := k.Findings[0]
		if _, err := t.Exec(ctx, "INSERT INTO fleet_case (round, target, number, name, clause, outcome, got, want) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
			j.Round, j.Target, i, k.Name, cmp.Or(f.Clause, k.Clause), string(k.Outcome), clip(f.Got), clip(f.Want)); err != nil {
			return err
		}
	}
	if r.Throttled > 0 {
		if _, err := t.Exec(ctx, "INSERT INTO fleet_throttled (round, target, answers) VALUES ($1, $2, $3)", j.Round, j.Target, r.Throttled); err != nil {
			return err
		}
	}
	if len(r.IDs) == 0 {
		return nil
	}
	_, err = t.Exec(ctx, "INSERT INTO fleet_ids (round, target, ids) VALUES ($1, $2, $3)", j.Round, j.Target, r.IDs)
	return err
}

// clip cuts a text for a row, and takes out what PostgreSQL does not store.
func clip(text string) string {
	text = strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", "<U+0000>"), "�")
	if len(text) > maxText {
		text = strings.ToValidUTF8(text[:maxText], "") + "…"
	}
	return text
}

// Lost is the result of a target whose worker died again and again.
func Lost() Result {
	return resultOf(nil, nil, errors.New("its worker died each time it was tested"), time.Now(), 0)
}

// Digested is the little of a kept report that pages show of many.
type Digested struct {
	Complete bool              // every MUST was exercised, and no failure is known
	States   map[string]string // of every clause
}

// Digest reads the beginning of a kept report, which cases and their exchanges follow.
func Digest(body []byte) (d Digested, err error) {
	text, err := unpacker.DecodeAll(body, nil)
	if err != nil {
		return d, err
	}
	read := json.NewDecoder(bytes.NewReader(text))
	if _, err := read.Token(); err != nil {
		return d, err
	}
	for read.More() {
		name, err := read.Token()
		if err != nil {
			return d, err
		}
		switch name {
		case "complete":
			err = read.Decode(&d.Complete)
		case "clauses":
			var clauses []struct{ ID, State string }
			err = read.Decode(&clauses)
			d.States = make(map[string]string, len(clauses))
			for _, c := range clauses {
				d.States[c.ID] = c.State
			}
			return d, err
		default:
			err = read.Decode(new(json.RawMessage))
		}
		if err != nil {
			return d, err
		}
	}
	return d, nil
}
