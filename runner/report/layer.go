package report

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// idHeader is the header in which services of this convention repeat the request id.
const idHeader = "X-Acs-Request-Id"

// layers is what the sound answers of a run have in common, to tell by it who made the others: the service, or a
// gateway in front of it.
type layers struct {
	sound    int // answers of cases that were kept
	ids      int // of them, those that carry the id header
	servers  map[string]bool
	vias     map[string]bool
	gateways bool // some answers of the run were made by a gateway, by the look of them
}

func layersOf(run *schemas.Run) *layers {
	l := &layers{servers: map[string]bool{}, vias: map[string]bool{}}
	for i := range run.Cases {
		c := &run.Cases[i]
		if c.Outcome != schemas.Kept || c.Exchange == nil || !enveloped(c.Exchange.Response) {
			continue
		}
		r := c.Exchange.Response
		l.sound++
		l.servers[r.Header.Get("Server")] = true
		l.vias[r.Header.Get("Via")] = true
		if _, ok := r.Header.Lookup(idHeader); ok {
			l.ids++
		}
	}
	for i := range run.Cases {
		if c := &run.Cases[i]; len(c.Findings) > 0 && c.Exchange != nil && c.Exchange.Response != nil {
			if _, signs := l.signs([]*schemas.Response{c.Exchange.Response}); signs >= clearly {
				l.gateways = true
				break
			}
		}
	}
	return l
}

// clearly is how many independent signs it takes to say who answered.
const clearly = 2

// who describes in one line whether a gateway or the service made the answers of a cause, and by what it can be told; ""
// where the signs are too few or do not agree.
func (l *layers) who(c *cause) string {
	var bad []*schemas.Response
	for _, r := range c.cases {
		if r.Exchange != nil && r.Exchange.Response != nil {
			bad = append(bad, r.Exchange.Response)
		}
	}
	if pages := slices.DeleteFunc(slices.Clone(bad), func(r *schemas.Response) bool { return nature(r) != body.NatureHTML }); c.name != "" && len(pages) >= fewPages {
		bad = pages // the other answers of its cases are those beside the page
	}
	if len(bad) == 0 {
		return ""
	}
	by, signs := l.signs(bad)
	switch {
	case signs >= clearly:
		return fmt.Sprintf("the gateway in front%s, not the service: %s", named(bad), strings.Join(by, "; "))
	case signs == 0 && l.gateways && l.ids == l.sound && l.sound > 0 && all(bad, func(r *schemas.Response) bool { return enveloped(r) && hasID(r) }):
		return fmt.Sprintf("the service, not the gateway in front: %s its %s, which the gateway's own answers lack", carry(len(bad)), idHeader)
	}
	return ""
}

// signs lists what sets answers apart from the sound ones of the run and speaks for a gateway. One that not all of
// the answers show is none.
func (l *layers) signs(bad []*schemas.Response) (by []string, n int) {
	add := func(format string, args ...any) {
		by = append(by, fmt.Sprintf(format, args...))
		n++
	}
	if l.sound > 0 && all(bad, func(r *schemas.Response) bool { return !enveloped(r) }) {
		what := "no envelope"
		if all(bad, func(r *schemas.Response) bool { return nature(r) == body.NatureHTML }) {
			what = "a page of HTML"
		}
		add("%s, where the %s an envelope", what, soundOnes(l.sound, "holds", "hold"))
	}
	if l.sound > 0 && l.ids == l.sound && all(bad, func(r *schemas.Response) bool { return !hasID(r) }) {
		add("no %s, which the %s", idHeader, soundOnes(l.sound, "carries", "carry"))
	}
	if s, ok := common(bad, "Server"); ok && l.sound > 0 && !l.servers[s] {
		add("Server: %s, which no sound answer has", s)
	}
	if s, ok := common(bad, "Via"); ok && l.sound > 0 && !l.vias[s] {
		add("Via: %s, which no sound answer has", s)
	}
	if p := product(bad[0]); p != "" && all(bad, func(r *schemas.Response) bool { return product(r) == p }) {
		add("the page names %s itself", p)
	}
	return by, n
}

func soundOnes(n int, one, more string) string {
	if n == 1 {
		return "one sound answer " + one
	}
	return fmt.Sprintf("%d sound answers %s", n, more)
}

func carry(n int) string {
	if n == 1 {
		return "the answer carries"
	}
	return fmt.Sprintf("all %d answers carry", n)
}

// named returns " (nginx/1.22.1)" where all answers name one sender.
func named(bad []*schemas.Response) string {
	s := senderOf(bad[0])
	if s == "" || !all(bad, func(r *schemas.Response) bool { return senderOf(r) == s }) {
		return ""
	}
	return " (" + s + ")"
}

// common returns the value of a header that all answers have alike.
func common(rs []*schemas.Response, header string) (string, bool) {
	v := rs[0].Header.Get(header)
	return v, v != "" && all(rs, func(r *schemas.Response) bool { return r.Header.Get(header) == v })
}

func all(rs []*schemas.Response, question func(*schemas.Response) bool) bool {
	return !slices.ContainsFunc(rs, func(r *schemas.Response) bool { return !question(r) })
}

func hasID(r *schemas.Response) bool {
	_, ok := r.Header.Lookup(idHeader)
	return ok
}

// enveloped reports an answer whose body is JSON or XML at first sight.
func enveloped(r *schemas.Response) bool {
	n := nature(r)
	return n == body.NatureJSON || n == body.NatureXML
}

// nature is that of an answer's body; empty where there is no answer.
func nature(r *schemas.Response) body.Nature {
	if r == nil {
		return ""
	}
	return body.Sniff(r.Body)
}

// sender names who sent the page of HTML that a case shows, by its headers or by the page; "" when the case shows no
// page, or one of nobody.
func sender(c *schemas.CaseResult) string {
	if c.Exchange == nil || nature(c.Exchange.Response) != body.NatureHTML {
		return ""
	}
	return senderOf(c.Exchange.Response)
}

func senderOf(r *schemas.Response) string {
	if s := r.Header.Get("Server"); s != "" {
		return "Server: " + s
	}
	if v := r.Header.Get("Via"); v != "" {
		return "Via: " + v
	}
	return product(r)
}

// signature is how the error pages of web servers and gateways sign.
var signature = regexp.MustCompile(`(?i)<(?:center|address)>\s*((?:nginx|openresty|tengine|apache|microsoft-azure|cloudflare|awselb|squid|varnish|haproxy|envoy|kong|caddy|traefik)[^<\s]*)`)

// product is what an error page of HTML signs with; "" where it does not sign.
func product(r *schemas.Response) string {
	if nature(r) != body.NatureHTML {
		return ""
	}
	if m := signature.FindSubmatch(r.Body); m != nil {
		return string(m[1])
	}
	return ""
}
