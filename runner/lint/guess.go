package lint

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// maxSample is how many records a guess looks at.
const maxSample = 400

// Guess reports by which of the profiles the fewest answers at the beginning of the inputs break anything: several when
// none is better than another. needed is false when there is nothing to go by: when every record looked at names a
// profile of its own, or, as why then says, when there is none. The inputs are left as they are.
func Guess(inputs []*input.Input, o Options) (names []string, why string, needed bool) {
	var sample []*schemas.Exchange
	named := false
	for _, in := range inputs {
		found, others := nameless(in, o, maxSample-len(sample))
		sample, named = append(sample, found...), named || others
	}
	switch {
	case len(sample) == 0 && named:
		return nil, "", false
	case len(sample) == 0:
		return nil, "there is no answer to go by", false
	}
	for _, x := range sample {
		if name := x.Intent.Profile; name != "" {
			return nil, fmt.Sprintf("the records name the profile %q, which is none of the suite's", name), true
		}
	}
	type fit struct {
		name string
		good int
	}
	var fits []fit
	for _, p := range o.Profiles {
		one := o
		one.Profile = p
		j := newJudges(one).of(p.Name).judge
		f := fit{name: p.Name}
		for _, x := range sample {
			if slices.Contains(p.Formats, formatIn(x)) && len(j.See(x).Findings) == 0 {
				f.good++
			}
		}
		fits = append(fits, f)
	}
	slices.SortStableFunc(fits, func(a, b fit) int { return cmp.Compare(b.good, a.good) })
	for _, f := range fits {
		if f.good == fits[0].good {
			names = append(names, f.name)
		}
	}
	why = fmt.Sprintf("of the first %d answers %d are in order by %s", len(sample), fits[0].good, fits[0].name)
	if n := len(names); n < len(fits) {
		why += fmt.Sprintf(", %d by %s", fits[n].good, fits[n].name)
	}
	return names, why, true
}

// formatIn returns the format that an answer is in.
func formatIn(x *schemas.Exchange) schemas.Format {
	if x.Response == nil {
		return ""
	}
	switch body.Sniff(x.Response.Body) {
	case body.NatureJSON:
		return schemas.JSON
	case body.NatureXML:
		return schemas.XML
	}
	return ""
}

// nameless returns records at the beginning of an input that are envelopes and name no profile we know, and whether others
// name one.
func nameless(in *input.Input, o Options, most int) (found []*schemas.Exchange, named bool) {
	judges, sift := newJudges(o), input.NewFilters(o.Only, o.Skip, o.Map)
	b := in.Beginning()
	f := input.NewForms(o.Map).Of(b)
	b.Each(func(raw []byte, _ int64) {
		if len(found) >= most {
			return
		}
		x, err := f.Exchange(raw)
		if err != nil {
			return
		}
		input.Complete(x)
		if sift.Sift(x).Why != "" || input.SiftBody(x).Why != "" || formatIn(x) == "" {
			return
		}
		if o.Profile == nil && judges.of(x.Intent.Profile) == nil {
			found = append(found, x)
		} else {
			named = true
		}
	})
	return found, named
}
