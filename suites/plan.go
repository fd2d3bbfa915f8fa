package suites

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// Planned is a case in one variant, for one target: what is sent, or why it is not.
type Planned struct {
	Case        *Case
	Clause      schemas.Clause
	plainClause schemas.Clause // the one that its condition is of, where the case exercises another; empty else
	Condition   schemas.Condition
	Profile     *schemas.Profile
	Target      *schemas.Target
	Style       schemas.Style
	Format      schemas.Format // asked for with the Format parameter; empty when the case sends none
	Method      string         // HTTP method of the request that the case starts from
	Recipe      *schemas.Recipe
	Operation   *schemas.Operation          // of the product, that is called
	left        *schemas.OperationParameter // its required parameter that is left out
	waived      bool                        // the target file asks to skip it, though it has what the case needs
	Skip        string                      // why it is not sent and what the target file would need; empty when it is sent
	Place       int                         // place in the plan, from 1; 0 for what is in none
	Run         int                         // of several runs by one profile in one style, which it belongs to, from 2; 0 for the first
	wider       bool                        // of a burst: sent once more, with twice the stated requests, since the first showed nothing
	Unsigned    bool                        // there are no credentials: sent with a made-up key
}

// Moment is what a craft needs of the world: the target's clock and a word that was never used before.
type Moment struct {
	Now   time.Time
	Seed  string // 32 hexadecimal digits; nonces and tokens are made of it
	First string // the nonce of the run's first request; empty where nothing is known of it, or it is long ago
}

// ID names the planned case within its run: "nonce-used-twice [XML, GET]".
func (p *Planned) ID() string { return fmt.Sprintf("%s [%s]", p.Case.Name.Text, p.Variant()) }

// Variant returns what the plan multiplied the case by: "XML, GET".
func (p *Planned) Variant() string {
	format := string(p.Format)
	if format == "" {
		format = "no Format"
	}
	return format + ", " + p.Method
}

// Labels are the words that a label filter can ask for.
func (p *Planned) Labels() []string {
	labels := []string{p.Case.Name.Text, p.Clause.ID, string(p.Clause.Level), string(p.Condition), p.Profile.Name, string(p.Style), p.Method}
	if p.Format != "" {
		labels = append(labels, string(p.Format))
	}
	if p.Operation != nil {
		labels = append(labels, p.Operation.Name)
	}
	return slices.Compact(labels)
}

// Steps returns the steps in their order; a case without steps of its own is one step.
func (p *Planned) Steps() []Step {
	if th := p.Target.Limits.Throttle; p.Case.Base == BaseThrottle && th != nil {
		return []Step{{Condition: OverRate, Parallel: p.burst(th)}}
	}
	switch {
	case p.Case.Spans:
		return spanned(p.Case.Steps, p.Target.Resolve)
	case len(p.Case.Steps) > 0:
		return p.Case.Steps
	}
	return []Step{{Change: p.Case.Change, AfterSigning: p.Case.AfterSigning, Raw: p.Case.Raw}}
}

// ByClock reports whether it depends on the target's clock what the answer must be.
func (p *Planned) ByClock() bool {
	return p.Condition == TimestampInWindow || p.Condition == StaleTimestamp
}

// Widened returns a burst of twice the stated requests, to be sent where the first burst was served: a bucket that fills
// again while the burst is under way, and a period that ends in the midst of it, let up to twice as many through. It is
// false for what is no burst.
func (p *Planned) Widened() (*Planned, bool) {
	if p.Condition != OverRate || p.wider {
		return nil, false
	}
	wide := *p
	wide.wider = true
	return &wide, true
}

// AsWhole reports whether the copies of a step are judged as a whole: of several requests one is rightly served, or some
// are rightly refused.
func (p *Planned) AsWhole(s Step) bool {
	return s.Parallel > 1 && slices.Contains(judgedTogether, cmp.Or(s.Condition, p.Condition))
}

// Requests counts the requests that the case sends when nothing has to be tried again.
func (p *Planned) Requests() int {
	if p.Skip != "" {
		return 0
	}
	n := 0
	for _, s := range p.Steps() {
		n += max(1, s.Parallel, s.Sequential)
	}
	return n
}

// RoundTrips counts the requests of the case that wait for each other.
func (p *Planned) RoundTrips() int {
	n := 0
	for _, s := range p.Steps() {
		n += max(1, s.Sequential)
	}
	return n
}

// Description reports in words what the case changes in the sound request.
func (p *Planned) Description() string { return p.Case.Describe() }

// Describe reports in words what the case changes in the sound request, step by step.
func (c *Case) Describe() string {
	if c.Description != "" {
		return c.Description
	}
	if len(c.Steps) == 0 {
		return says(c.Change, c.AfterSigning, c.Raw)
	}
	parts := make([]string, len(c.Steps))
	for i, s := range c.Steps {
		parts[i] = says(s.Change, s.AfterSigning, s.Raw)
		if n := max(s.Parallel, s.Sequential); n > 1 {
			parts[i] += fmt.Sprintf(" (%d times)", n)
		}
	}
	return strings.Join(parts, "; then ")
}

func says(change, spoil []Change, wire []ByteEdit) string {
	var words []string
	for _, c := range change {
		words = append(words, c.Description)
	}
	for _, c := range spoil {
		words = append(words, c.Description+" after signing")
	}
	for _, c := range wire {
		words = append(words, c.Description+" on the wire")
	}
	if len(words) == 0 {
		return "the sound request"
	}
	return strings.Join(words, ", ")
}
