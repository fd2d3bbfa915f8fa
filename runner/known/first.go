package known

import (
	"bytes"
	"cmp"
	"slices"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/schemas"
)

// What a first list says where only people know. The loader takes it; the run reminds of it.
const (
	Unexplained = "to be explained"
	Nobody      = "nobody yet"
)

// grace is how many days the entries of a first list last.
const grace = 30

// manyCases is the number of cases beyond which a clause is listed by itself instead of case by case.
const manyCases = 3

const firstHead = `# Known failures: what is broken and known to be. conform run --known lets it pass until its day.
# An entry names a case, a clause, or both, and may be narrowed down by profile, style, format and method.
# An entry that matches nothing, or that no longer fails, fails the run.
`

// First returns the text of a first list: an entry for every failure of the runs, or for the clause where it fails many
// cases. Strictly, warnings are failures too. There are no entries, and no text, when nothing fails.
func First(tested []Tested, strict bool, now time.Time) (text []byte, entries int, err error) {
	var list schemas.KnownList
	for _, t := range tested {
		for _, e := range failures(t, strict) {
			if !slices.Contains(list.Known, e) { // two runs may be of one profile
				list.Known = append(list.Known, e)
			}
		}
	}
	if len(list.Known) == 0 {
		return nil, 0, nil
	}
	for i := range list.Known {
		e := &list.Known[i]
		e.Reason, e.Owner, e.Until = Unexplained, Nobody, now.AddDate(0, 0, grace).Format(time.DateOnly)
	}
	var b bytes.Buffer
	b.WriteString(firstHead)
	encoder := yaml.NewEncoder(&b)
	encoder.SetIndent(2)
	err = encoder.Encode(list)
	return b.Bytes(), len(list.Known), err
}

// failing is a case and a clause that it breaks.
type failing struct{ name, clause string }

// failures returns the entries of one run, in the order of its cases.
func failures(t Tested, strict bool) []schemas.KnownFailure {
	hit := map[failing][]*schemas.CaseResult{}
	var order []failing
	names := map[string][]string{} // of the cases that break a clause
	for i := range t.Run.Cases {
		c := &t.Run.Cases[i]
		for _, f := range c.Findings {
			if c.Outcome == schemas.Known || f.Level != schemas.Must && (!strict || f.Level != schemas.Should) {
				continue
			}
			key := failing{c.Name, f.Clause}
			if hit[key] == nil {
				order = append(order, key)
				names[f.Clause] = append(names[f.Clause], c.Name)
			}
			hit[key] = append(hit[key], c)
		}
	}
	var list []schemas.KnownFailure
	for _, key := range order {
		e := schemas.KnownFailure{Case: key.name, Clause: key.clause, Profile: t.Run.Target.Profile, Style: t.Run.Target.Style}
		if len(names[key.clause]) > manyCases {
			e.Case = ""
		} else {
			narrow(&e, t, hit[key])
		}
		if !slices.Contains(list, e) {
			list = append(list, e)
		}
	}
	slices.SortStableFunc(list, func(a, b schemas.KnownFailure) int { return cmp.Compare(a.Clause, b.Clause) })
	return list
}

// narrow names the format or the method where a case fails in one of several only.
func narrow(e *schemas.KnownFailure, t Tested, hit []*schemas.CaseResult) {
	var formats, methods, plannedFormats, plannedMethods []string
	for _, c := range hit {
		formats, methods = text.With(formats, string(c.Format)), text.With(methods, c.Method)
	}
	for _, p := range t.Plan {
		if p.Case.Name.Text == e.Case {
			plannedFormats, plannedMethods = text.With(plannedFormats, string(p.Format)), text.With(plannedMethods, p.Method)
		}
	}
	if len(formats) == 1 && len(plannedFormats) > 1 {
		e.Format = schemas.Format(formats[0])
	}
	if len(methods) == 1 && len(plannedMethods) > 1 {
		e.Method = methods[0]
	}
}
