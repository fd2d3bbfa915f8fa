package report

import (
	"slices"
	"strconv"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// many is the number of findings beyond which those that differ in one thing only are taken for one cause: a server
// that answers 401 to everything breaks every case in its own way, and for one reason.
const many = 3

// foldAlike makes causes of findings that say the same, and then of those that differ in what they want, or in what
// they got, more often than chance would have it.
func foldAlike(run *schemas.Run, hits []hit) []*cause {
	var all []*cause
	for _, byGot := range group(gather(hits), func(g []hit) string { return key(g[0], g[0].answer()) }) {
		if len(byGot) > many {
			c := causeOf(run, inOrder(run, byGot))
			c.wants = len(byGot)
			all = append(all, c)
			continue
		}
		for _, g := range byGot {
			all = append(all, causeOf(run, g))
		}
	}
	var out []*cause
	for _, byWant := range group(all, (*cause).wantKey) {
		if len(byWant) <= many {
			out = append(out, byWant...)
			continue
		}
		out = append(out, mergeGots(byWant))
	}
	return out
}

// gather puts hits together that have one clause, one kind and subject, and one want. What breaks
// the same clause in several variants of one case goes together too, whatever it got in each.
func gather(hits []hit) [][]hit {
	at := map[string]int{}
	var out [][]hit
	for _, h := range hits {
		same := key(h, h.answer()+"\x00"+h.Want)
		variant := key(h, h.in.Name+"\x00\x00")
		i, ok := at[same]
		if !ok {
			i, ok = at[variant]
		}
		if !ok {
			i = len(out)
			out = append(out, nil)
		}
		at[same], at[variant] = i, i
		out[i] = append(out[i], h)
	}
	return out
}

// group sorts values into groups of one key, in the order in which the keys first come.
func group[T any](values []T, key func(T) string) [][]T {
	at := map[string]int{}
	var out [][]T
	for _, v := range values {
		i, ok := at[key(v)]
		if !ok {
			i = len(out)
			at[key(v)] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], v)
	}
	return out
}

// inOrder joins groups of hits in the order of the run's cases.
func inOrder(run *schemas.Run, groups [][]hit) []hit {
	all := slices.Concat(groups...)
	at := make(map[*schemas.CaseResult]int, len(run.Cases))
	for i := range run.Cases {
		at[&run.Cases[i]] = i
	}
	slices.SortStableFunc(all, func(a, b hit) int { return at[a.in] - at[b.in] })
	return all
}

// mergeGots makes one cause of several that differ in what they got.
func mergeGots(same []*cause) *cause {
	sum := *same[0]
	sum.cases = slices.Clone(sum.cases)
	for _, c := range same[1:] {
		for _, r := range c.cases {
			if !slices.Contains(sum.cases, r) {
				sum.cases = append(sum.cases, r)
			}
		}
	}
	return &sum
}

// wantKey is the same for causes that want the same and are of one kind. Of a kind that concerns the answer as a whole, the
// answers have to be the same too.
func (c *cause) wantKey() string {
	got := string(c.finding.Kind)
	if h := (hit{Finding: c.finding}); got == "" || c.finding.Kind.OfAnswer() {
		got = h.answer()
	}
	return key(hit{Finding: c.finding}, c.finding.Want+"\x00"+got)
}

// answer is the same for findings that are of one kind and concern the same. What a report of an older version has got is
// compared as it stands, since it names no kind.
func (h hit) answer() string {
	if h.Kind == "" {
		return h.Got
	}
	return strings.Join([]string{string(h.Kind), strconv.Itoa(h.Status), h.Subject}, "\x00")
}

func key(h hit, rest string) string { return h.Clause + "\x00" + string(h.Level) + "\x00" + rest }
