package suites

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// Guess reports which profiles an unsigned request's answers fit, best first; none when no answer is an envelope. It goes
// by the default format, the root of an XML error and the members; why says what was seen, in one line. A profile that is
// observed and not published fits what is an envelope and fits no other profile.
func Guess(xs []*schemas.Exchange, profiles []*schemas.Profile) (names []string, why string) {
	var seen []string
	score := map[string]int{}
	fits := map[string]bool{}
	for _, p := range profiles {
		fits[p.Name] = true
	}
	found := false
	for _, x := range xs {
		if x.Response == nil || x.Fault != nil {
			continue
		}
		e := body.Open(x.Response.Body)
		if e == nil {
			seen = append(seen, fmt.Sprintf("%s for %s", SayNature(body.Sniff(x.Response.Body)), sayAsked(x)))
			continue
		}
		found = true
		seen = append(seen, fmt.Sprintf("%s for %s", sayEnvelope(e), sayAsked(x)))
		for _, p := range profiles {
			s, ok := fit(p, x, e)
			score[p.Name] += s
			fits[p.Name] = fits[p.Name] && ok
		}
	}
	why = strings.Join(seen, "; ")
	if !found {
		return nil, cmp.Or(why, "no answer")
	}
	for _, p := range profiles {
		if fits[p.Name] && len(p.Observed) == 0 {
			names = append(names, p.Name)
		}
	}
	for _, p := range profiles {
		if len(names) == 0 && len(p.Observed) > 0 {
			return []string{p.Name}, why
		}
	}
	slices.SortStableFunc(names, func(a, b string) int { return score[b] - score[a] })
	return names, why
}

// fit scores one answer: not ok when the profile's document rules it out.
func fit(p *schemas.Profile, x *schemas.Exchange, e *body.Envelope) (score int, ok bool) {
	if !slices.Contains(p.Formats, e.Format) {
		return 0, false
	}
	if x.Intent.NoFormat && p.DefaultFormat != "" {
		if p.DefaultFormat != e.Format {
			return 0, false
		}
		score++
	}
	if x.Intent.Format == schemas.XML && e.Format == schemas.JSON && slices.Contains(p.Formats, schemas.XML) {
		return 0, false
	}
	if e.Format == schemas.XML {
		if e.Root != p.Envelope.ErrorRoot {
			return 0, false
		}
		score++
	}
	for _, m := range p.Envelope.Mandatory {
		if _, has := e.Get(m); !has {
			return 0, false
		}
		score++
	}
	for _, m := range p.Envelope.Recommended {
		if _, has := e.Get(m); !has {
			score -= 2
		}
	}
	for _, m := range e.Members {
		if !slices.Contains(p.Envelope.Mandatory, m.Name) && !slices.Contains(p.Envelope.Recommended, m.Name) {
			score--
		}
		if slices.Contains(p.Envelope.Recommended, m.Name) {
			score++
		}
	}
	code := e.Text("Code")
	if rows := rowsOf(p, p.Codes, code); len(rows) > 0 {
		score++
		if slices.ContainsFunc(rows, func(r schemas.Row) bool {
			return r.Status.Holds(x.Response.Status) && slices.Contains(r.Answers, MissingAccessKeyID)
		}) {
			score++
		}
	}
	return score, true
}

func sayAsked(x *schemas.Exchange) string {
	if x.Intent.Format == "" {
		return "a request without Format"
	}
	return "Format=" + string(x.Intent.Format)
}

func sayEnvelope(e *body.Envelope) string {
	var names []string
	for _, m := range e.Members[:min(8, len(e.Members))] {
		names = append(names, m.Name)
	}
	root := ""
	if e.Root != "" {
		root = " <" + e.Root + ">"
	}
	return fmt.Sprintf("%s%s with %s", e.Format, root, strings.Join(names, ", "))
}
