package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// The numbers of cases from which on a fault counts as one that goes through the whole run.
const (
	throughout  = 10 // for what any server may get wrong in a few places
	fewPages    = 3  // for pages of HTML, which a service has no business to send at all
	fewClauses  = 3  // for one answer to everything: clauses that it breaks at least
	almostEvery = 90 // percent from which on a report says "every"
)

// foldThroughout makes causes of the faults that hit a run as a whole and break clause after clause for one reason:
// pages of HTML where envelopes should be, one refusal to everything, request ids that are none, one wrong
// Content-Type. It returns the hits that are none of these.
func foldThroughout(run *schemas.Run, hits []hit) (all []*cause, rest []hit) {
	answered := 0
	for i := range run.Cases {
		if x := run.Cases[i].Exchange; x != nil && x.Response != nil {
			answered++
		}
	}
	for _, find := range []func(*schemas.Run, []hit, int) ([]*cause, []hit){foldPages, foldRefusals, foldRequestIDs, foldContentTypes} {
		var found []*cause
		found, hits = find(run, hits, answered)
		all = append(all, found...)
	}
	return all, hits
}

// foldPages finds pages of HTML, one cause for each that sends them.
func foldPages(run *schemas.Run, hits []hit, _ int) ([]*cause, []hit) {
	pages, rest := split(hits, isPage)
	senders := group(pages, func(h hit) string { return sender(h.in) })
	slices.SortStableFunc(senders, func(a, b []hit) int { return len(b) - len(a) })
	if i := slices.IndexFunc(senders, func(g []hit) bool { return sender(g[0].in) == "" }); i > 0 {
		senders[0] = inOrder(run, [][]hit{senders[0], senders[i]}) // another answer of the case is the one kept
		senders = slices.Delete(senders, i, i+1)
	}
	var all []*cause
	for _, g := range senders {
		c := causeOf(run, g)
		if len(c.cases) < fewPages {
			rest = inOrder(run, [][]hit{rest, g})
			continue
		}
		c.name = "an HTML page where the envelope should be"
		page := "an HTML page"
		if s := sender(g[0].in); s != "" {
			c.name = fmt.Sprintf("an HTML page of %s where the envelope should be", s)
			page += fmt.Sprintf(" (%s)", s)
		}
		c.finding.Got = strings.TrimSpace(statuses(c) + " " + page)
		all = append(all, c)
	}
	return all, rest
}

// isPage reports a finding made of a page of HTML: by its kind, or by the answer kept.
func isPage(h hit) bool {
	return h.Kind == schemas.FoundHTMLPage || h.in.Exchange != nil && nature(h.in.Exchange.Response) == body.NatureHTML
}

// statuses lists the statuses of a cause's pages: "400, 404 and 502".
func statuses(c *cause) string {
	var list []string
	for _, r := range c.cases {
		if r.Exchange == nil || nature(r.Exchange.Response) != body.NatureHTML {
			continue
		}
		if s := fmt.Sprint(r.Exchange.Response.Status); !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	slices.Sort(list)
	return text.List(list, "and")
}

// foldRefusals finds one and the same refusal given to half of all cases, whatever they asked.
func foldRefusals(run *schemas.Run, hits []hit, answered int) ([]*cause, []hit) {
	var all []*cause
	var rest []hit
	for _, g := range group(hits, hit.refusal) {
		if g[0].refusal() == "" {
			rest = append(rest, g...)
			continue
		}
		c := causeOf(run, g)
		if len(c.cases) < throughout || len(c.clauses) < fewClauses || len(c.cases)*2 < answered {
			rest = append(rest, g...)
			continue
		}
		c.name = g[0].refusal() + ", whatever is asked"
		c.wants = len(group(g, func(h hit) string { return h.Want }))
		all = append(all, c)
	}
	return all, inOrder(run, [][]hit{rest})
}

// refusal names the refusal that a finding reports, by status and subject; "" where it reports none.
func (h hit) refusal() string {
	if !h.Kind.OfAnswer() || h.Status < 400 {
		return ""
	}
	return fmt.Sprintf("%d %s", h.Status, h.Subject)
}

// foldRequestIDs finds request ids that are no UUIDs, through the run.
func foldRequestIDs(run *schemas.Run, hits []hit, answered int) ([]*cause, []hit) {
	bad, rest := split(hits, func(h hit) bool { return h.Kind == schemas.FoundRequestID })
	if len(bad) < throughout {
		return nil, hits
	}
	c := causeOf(run, bad)
	c.name = share(len(c.cases), answered, "every request id is malformed", "%d of %d request ids are malformed")
	return []*cause{c}, rest
}

// foldContentTypes finds one wrong Content-Type in answer after answer, whichever clause it breaks.
func foldContentTypes(run *schemas.Run, hits []hit, answered int) ([]*cause, []hit) {
	bad, rest := split(hits, func(h hit) bool { return h.Kind == schemas.FoundContentType })
	var all []*cause
	for _, g := range group(bad, func(h hit) string { return h.Subject }) {
		c := causeOf(run, g)
		if len(c.cases) < throughout {
			rest = inOrder(run, [][]hit{rest, g})
			continue
		}
		named := "no Content-Type"
		if value := g[0].Subject; value != "" {
			named = "Content-Type " + value
		}
		c.name = share(len(c.cases), answered, named+" throughout", strings.ReplaceAll(named, "%", "%%")+" in %d of %d cases")
		c.wants = len(group(g, func(h hit) string { return h.Want }))
		all = append(all, c)
	}
	return all, rest
}

// share describes "every" of almost all, and counts anything less.
func share(n, of int, every, some string) string {
	if n*100 >= of*almostEvery {
		return every
	}
	return fmt.Sprintf(some, n, of)
}

// split divides hits by a question, each part in its order.
func split(hits []hit, question func(hit) bool) (yes, no []hit) {
	for _, h := range hits {
		if question(h) {
			yes = append(yes, h)
		} else {
			no = append(no, h)
		}
	}
	return yes, no
}
