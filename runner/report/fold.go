package report

import (
	"cmp"
	"regexp"
	"slices"

	"github.com/acsconform/acsconform/schemas"
)

// cause is one finding with every case of a run that it hits.
type cause struct {
	run     *schemas.Run
	finding schemas.Finding
	wants   int // different wants that it stands for
	cases   []*schemas.CaseResult
}

// manyWants is the number of different wants beyond which they are taken for one cause: a server that answers 401
// to everything breaks every case in its own way, and for one reason.
const manyWants = 3

// fold gathers the findings of a run that are MUST or SHOULD into their causes: the heaviest and those that hit most
// cases first. A finding of a case that is a known failure is left out.
func fold(run *schemas.Run) []*cause {
	exact := gather(run)
	byGot := map[[2]string][]*cause{}
	for _, c := range exact {
		byGot[c.gotKey()] = append(byGot[c.gotKey()], c)
	}
	var out []*cause
	for _, c := range exact {
		same := byGot[c.gotKey()]
		if len(same) <= manyWants {
			out = append(out, c)
			continue
		}
		if same[0] == c {
			out = append(out, merge(same))
		}
	}
	slices.SortStableFunc(out, func(a, b *cause) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(len(b.cases), len(a.cases)))
	})
	return out
}

// gather makes a cause of each clause, got and want, whatever ids and numbers stand in them. What breaks the same
// clause in several variants of one case is one cause too, whatever it got in each.
func gather(run *schemas.Run) []*cause {
	known := map[[4]string]*cause{}
	var out []*cause
	for i := range run.Cases {
		c := &run.Cases[i]
		if c.Outcome == schemas.Known {
			continue
		}
		for _, f := range c.Findings {
			if f.Level == schemas.May {
				continue
			}
			same := [4]string{f.Clause, string(f.Level), shape(f.Got), shape(f.Want)}
			variant := [4]string{f.Clause, string(f.Level), "", c.Name}
			hit := known[same]
			if hit == nil {
				hit = known[variant]
			}
			if hit == nil {
				hit = &cause{run: run, finding: f, wants: 1}
				out = append(out, hit)
			}
			known[same], known[variant] = hit, hit
			hit.add(c)
		}
	}
	return out
}

// add counts a case in, once.
func (c *cause) add(r *schemas.CaseResult) {
	if n := len(c.cases); n == 0 || c.cases[n-1] != r {
		c.cases = append(c.cases, r)
	}
}

// merge makes one cause of several that differ by what they want.
func merge(same []*cause) *cause {
	sum := *same[0]
	sum.wants = len(same)
	sum.cases = slices.Clone(sum.cases)
	for _, c := range same[1:] {
		for _, r := range c.cases {
			sum.add(r)
		}
	}
	return &sum
}

// rank is 0 for what fails a run and 1 for what warns.
func (c *cause) rank() int {
	if c.finding.Level == schemas.Must {
		return 0
	}
	return 1
}

func (c *cause) gotKey() [2]string {
	return [2]string{c.finding.Clause + " " + string(c.finding.Level), shape(c.finding.Got)}
}

var volatile = regexp.MustCompile(`[0-9A-Fa-f]{8}-[0-9A-Fa-f-]{20,}|\b[0-9A-Fa-f]{16,}\b|\d+`)

// shape is a text without what differs from answer to answer: ids and numbers, statuses aside (three digits at the
// beginning).
func shape(s string) string {
	head := ""
	if len(s) > 3 && s[3] == ' ' {
		head, s = s[:3], s[3:]
	}
	return head + volatile.ReplaceAllString(s, "#")
}
