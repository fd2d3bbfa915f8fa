package lint

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/schemas"
)

// Schema is the schema of Result in JSON.
const Schema = schemas.LintSchema

// What was found in the traffic, and its parts: schemas has them, beside their JSON Schema.
type (
	// Result is what was found.
	Result = schemas.Lint
	// Malformed is a line that is no record.
	Malformed = schemas.LintMalformed
	// Stop is why the reading ended before its inputs did.
	Stop = schemas.LintStop
	// Finding is one clause broken by answers that tell one code.
	Finding = schemas.LintFinding
	// Example is one record of a finding.
	Example = schemas.LintExample
	// FindingPlace counts the findings of one host and action.
	FindingPlace = schemas.LintFindingPlace
	// Place sums up one host and action.
	Place = schemas.LintPlace
)

const (
	maxFindingPlaces = 20
	maxResultPlaces  = 200
)

// soFar returns the result of what was judged, whether the reading has ended or not.
func (r *Reading) soFar(ended bool) (*Result, error) {
	s := r.sum.clone()
	if err := s.finish(ended); err != nil {
		return nil, err
	}
	out := &Result{
		Schema: Schema, Records: s.records, Judged: s.judged, Recalled: s.recalled, Malformed: s.malformed, Bodiless: s.bodiless,
		Unprofiled: s.unprofiled, IDs: r.index.Count(), Notes: r.notes(s), Inputs: []string{}, Findings: []Finding{}, Runs: s.replayed,
		Stopped: r.stopped,
	}
	r.noteLosses(out)
	out.NotJudged = max(0, s.records-s.judged)
	out.Omitted, out.MoreKinds = s.omissions.listed()
	out.Notes = append(out.Notes, omissionNotes(out)...)
	if s.judged > 0 && s.ofRuns == 0 && !s.fits {
		out.Notes = append(out.Notes, noneFits)
	}
	if r.o.Profile != nil {
		out.Profile = r.o.Profile.Name
	}
	for _, p := range r.o.Products {
		out.Products = append(out.Products, p.Name)
	}
	for _, in := range r.inputs {
		out.Inputs = append(out.Inputs, in.Name)
	}
	if s.fault != nil {
		file, rotated := r.file(s.fault.at)
		out.First = &Malformed{File: file, Line: lineOf(s.fault.at), Rotated: rotated, Why: s.fault.text.Value()}
	}
	for _, k := range s.tallies.sorts() {
		out.Findings = append(out.Findings, r.finding(s, k, s.tallies[k]))
	}
	slices.SortStableFunc(out.Findings, func(a, b Finding) int {
		return cmp.Or(weight(a.Level)-weight(b.Level), cmp.Compare(b.Count, a.Count))
	})
	out.Places = s.hosts()
	if n := len(out.Places) - maxResultPlaces; n > 0 {
		out.Places, out.More = out.Places[:maxResultPlaces], n
	}
	return out, nil
}

// noteLosses lists the inputs that were not read to their end, and those that may not have been.
func (r *Reading) noteLosses(out *Result) {
	out.Cut = r.listCuts()
	for _, c := range out.Cut {
		out.Notes = append(out.Notes, c.File+": "+c.Why)
	}
	for _, in := range r.inputs {
		why, lost := in.Missed()
		if lost {
			out.Cut = append(out.Cut, schemas.LintCut{File: in.Name, Why: why})
		}
		if why != "" {
			out.Notes = append(out.Notes, in.Name+": "+why)
		}
	}
}

func (r *Reading) finding(s *total, k sort, y *tally) Finding {
	f := Finding{Clause: k.clause, Code: k.code, Level: y.level, Count: y.count, First: y.first, Last: y.last, Examples: []Example{}}
	f.Share = float64(y.count) / float64(max(1, s.judged))
	for _, e := range y.examples {
		f.Examples = append(f.Examples, r.example(e))
	}
	for n, count := range y.places {
		if p := s.places[n]; p.isNamed() {
			f.Places = append(f.Places, FindingPlace{Host: p.host.Value(), Action: p.action.Value(), Profile: p.profile, Count: count})
		}
	}
	slices.SortFunc(f.Places, func(a, b FindingPlace) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Host, b.Host), cmp.Compare(a.Action, b.Action), cmp.Compare(a.Profile, b.Profile))
	})
	if n := len(f.Places) - maxFindingPlaces; n > 0 {
		f.Places, f.More = f.Places[:maxFindingPlaces], n
	}
	return f
}

// file names the file of a record, and tells how often it was rotated since.
func (r *Reading) file(at uint64) (name string, rotated int) {
	from := r.sources[inputOf(at)]
	return from.input.Name, from.input.Rotations() - from.rotations
}

// where names a record as people do.
func (r *Reading) where(at uint64) string {
	file, rotated := r.file(at)
	return Where(file, lineOf(at), rotated)
}

// Where names a record as people do: access.log:17, and how often the file was rotated since.
func Where(file string, line int64, rotated int) string {
	if rotated == 0 {
		return fmt.Sprintf("%s:%d", file, line)
	}
	return fmt.Sprintf("%s:%d (%s ago)", file, line, text.Count(int64(rotated), "rotation"))
}

func (r *Reading) example(e example) Example {
	file, rotated := r.file(e.at)
	return Example{File: file, Line: lineOf(e.at), Rotated: rotated, Time: e.time, Got: e.got, Want: e.want}
}

// notes say what was not looked at.
func (r *Reading) notes(s *total) []string {
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
func (s *total) captured() bool { return s.judged > s.ofRuns }
