package lint

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// Schema is the schema of Result in JSON.
const Schema = "acsconform/lint/1"

// Result is what was found in the traffic. It is the same however many processors there were.
type Result struct {
	Schema     string        `json:"schema"`
	Profile    string        `json:"profile,omitempty"` // of records that name none
	Guess      string        `json:"guess,omitempty"`   // how it was found, where it was guessed
	Inputs     []string      `json:"inputs"`
	Records    int64         `json:"records"`
	Judged     int64         `json:"judged"`
	Fast       int64         `json:"-"`          // of these, accepted in one pass
	Malformed  int64         `json:"malformed"`  // lines that are no record
	Bodiless   int64         `json:"bodiless"`   // records whose body was not captured, or not all of it
	Unprofiled int64         `json:"unprofiled"` // records that nobody can judge: no profile
	First      *Malformed    `json:"first_malformed,omitempty"`
	IDs        int64         `json:"request_ids"`
	Notes      []string      `json:"notes"`
	Findings   []Finding     `json:"findings"`
	Runs       []schemas.Run `json:"runs,omitempty"` // of transcripts, judged again
}

// Malformed is a line that is no record.
type Malformed struct {
	File string `json:"file"`
	Line int64  `json:"line"`
	Why  string `json:"why"`
}

// Finding is one clause broken by answers that tell one code.
type Finding struct {
	Clause   string        `json:"clause"`
	Level    schemas.Level `json:"level"`
	Code     string        `json:"code,omitempty"` // of the error told; empty for none, "…" for further codes together
	Count    int64         `json:"count"`
	Share    float64       `json:"share"` // of the records judged
	First    time.Time     `json:"first,omitzero"`
	Last     time.Time     `json:"last,omitzero"`
	Examples []Example     `json:"examples"`
	Places   []Place       `json:"places,omitempty"` // where known; the busiest first, at most 20
	More     int           `json:"more_places,omitempty"`
}

// Example is one record that breaks the clause.
type Example struct {
	File string    `json:"file"`
	Line int64     `json:"line"`
	Time time.Time `json:"time,omitzero"`
	Got  string    `json:"got"`
	Want string    `json:"want"`
}

// Place counts the findings of one host and action.
type Place struct {
	Host   string `json:"host,omitempty"`
	Action string `json:"action,omitempty"`
	Count  int64  `json:"count"`
}

const maxShownPlaces = 20

// soFar gives the result of what was judged, whether the reading has ended or not.
func (r *Reading) soFar(ended bool) (*Result, error) {
	s := r.sum.clone()
	if err := s.finish(ended); err != nil {
		return nil, err
	}
	out := &Result{
		Schema: Schema, Records: s.records, Judged: s.judged, Fast: s.fast, Malformed: s.malformed, Bodiless: s.bodiless,
		Unprofiled: s.unprofiled, IDs: r.index.Count(), Notes: r.notes(s), Inputs: []string{}, Findings: []Finding{}, Runs: s.replayed,
	}
	if r.o.Profile != nil {
		out.Profile = r.o.Profile.Name
	}
	for _, in := range r.inputs {
		out.Inputs = append(out.Inputs, in.Name)
	}
	if s.fault != nil {
		out.First = &Malformed{r.inputs[inputOf(s.fault.at)].Name, lineOf(s.fault.at), s.fault.text}
	}
	for _, k := range s.tallies.sorts() {
		out.Findings = append(out.Findings, r.finding(s, k, s.tallies[k]))
	}
	slices.SortStableFunc(out.Findings, func(a, b Finding) int {
		return cmp.Or(weight(a.Level)-weight(b.Level), cmp.Compare(b.Count, a.Count))
	})
	return out, nil
}

func (r *Reading) finding(s *sum, k sort, y *tally) Finding {
	f := Finding{Clause: k.clause, Code: k.code, Level: y.level, Count: y.count, First: y.first, Last: y.last, Examples: []Example{}}
	f.Share = float64(y.count) / float64(max(1, s.judged))
	for _, e := range y.examples {
		f.Examples = append(f.Examples, Example{r.inputs[inputOf(e.at)].Name, lineOf(e.at), e.time, e.got, e.want})
	}
	for n, count := range y.places {
		if p := s.places[n]; p.host != "" || p.action != "" {
			f.Places = append(f.Places, Place{p.host, p.action, count})
		}
	}
	slices.SortFunc(f.Places, func(a, b Place) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Host, b.Host), cmp.Compare(a.Action, b.Action))
	})
	if n := len(f.Places) - maxShownPlaces; n > 0 {
		f.Places, f.More = f.Places[:maxShownPlaces], n
	}
	return f
}

// where names a record as people do.
func (r *Reading) where(at uint64) string {
	return fmt.Sprintf("%s:%d", r.inputs[inputOf(at)].Name, lineOf(at))
}

// notes say what was not looked at.
func (r *Reading) notes(s *sum) []string {
	notes := []string{}
	if s.captured() {
		notes = append(notes, "captured traffic: only the universal rules and request ids were judged; crafted rules, which know what was wrong in a request, do not apply")
	}
	if len(s.replayed) > 0 {
		notes = append(notes, "exchanges of a transcript were judged as its run was; their request ids are compared within the run")
	}
	if r.o.Map != nil && r.o.Map.ContentType == "" {
		notes = append(notes, "the log has no Content-Type: FORMAT-8 and CLIENT-1 were not judged")
	}
	if s.bodiless > 0 {
		notes = append(notes, fmt.Sprintf("%d records not judged: the body was not captured, or only its beginning", s.bodiless))
	}
	if s.unprofiled > 0 {
		notes = append(notes, fmt.Sprintf("%d records not judged: no profile for them (say --profile)", s.unprofiled))
	}
	if s.strays > 0 {
		notes = append(notes, fmt.Sprintf("%d exchanges not judged: their cases are not in this version of the book", s.strays))
	}
	if s.pending > 0 {
		notes = append(notes, fmt.Sprintf("%d exchanges of transcripts not judged yet: more of their cases may come", s.pending))
	}
	if s.runs.lost > 0 {
		notes = append(notes, fmt.Sprintf("%d exchanges of transcripts not judged: they do not fit the memory (say --memory)", s.runs.lost))
	}
	return notes
}

// captured reports whether anything was judged by itself.
func (s *sum) captured() bool { return s.judged > s.ofRuns }

// Broken reports a finding of level MUST.
func (r *Result) Broken() bool { return r.has(schemas.Must) }

// Warned reports a finding of level SHOULD.
func (r *Result) Warned() bool { return r.has(schemas.Should) }

func (r *Result) has(l schemas.Level) bool {
	return slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Level == l })
}
