// Package script reads a file of answers and chooses from it what a call is answered with. It sends nothing.
//
// Nothing about it is promised to importers; package runner says what is.
package script

import (
	"maps"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// Product is one of the products that are served.
type Product struct {
	Profile    *schemas.Profile
	Operations []string // what can be called by name
}

// A Call is what a reply is chosen by.
type Call struct {
	Profile   string // its name
	Operation string
	Param     func(name string) string
	Params    map[string]string // what a recorded call is known by
}

// Reply is what a call is answered with.
type Reply struct {
	Row     *schemas.Row   // of a refusal
	Body    map[string]any // the members of a result; the caller may change it
	HasBody bool
	Headers map[string]string
	Latency time.Duration
	Breaks  string
	Literal bool // the body was recorded, and nothing in it stands for a parameter
}

// Script is a file of answers that was read. It is safe for concurrent use.
type Script struct {
	Seed  int64 // the one of the file, or one that was chosen
	rules []*rule
	exact bool // a call has to have the very parameters that were recorded
}

// rule is one entry of the file, and how far it has come.
type rule struct {
	spec    schemas.AnswerScript
	place   string // where it is in the file
	seed    [2]uint64
	replies []reply
	mu      sync.Mutex
	fitted  int // calls that fit, answered or not
	served  int
	random  *rand.Rand // which calls of a share
	latency *rand.Rand // a stream of its own, so that latency changes no share
}

// reply is one reply, by the profiles that it is served for.
type reply struct {
	schemas.AnswerReply
	rows map[string]*schemas.Row
}

// Entries returns how many entries the file has.
func (s *Script) Entries() int { return len(s.rules) }

// Reset makes every entry begin anew.
func (s *Script) Reset() {
	for _, r := range s.rules {
		r.mu.Lock()
		r.fitted, r.served = 0, 0
		r.random, r.latency = rand.New(rand.NewPCG(r.seed[0], r.seed[1])), rand.New(rand.NewPCG(r.seed[0], ^r.seed[1]))
		r.mu.Unlock()
	}
}

// Unused lists the entries that have answered no call, each with its place.
func (s *Script) Unused() []string {
	var list []string
	for _, r := range s.rules {
		r.mu.Lock()
		if r.served == 0 {
			list = append(list, r.place+": "+r.spec.Operation)
		}
		r.mu.Unlock()
	}
	return list
}

// Choose returns the reply to a call, and nil where no entry fits: the first entry that fits and whose turn it is.
func (s *Script) Choose(c Call) *Reply {
	for _, r := range s.rules {
		if r.fits(c, s.exact) {
			if next, latency := r.next(); next != nil {
				reply := next.to(c, latency)
				reply.Literal = s.exact
				return reply
			}
		}
	}
	return nil
}

func (r *rule) fits(c Call, exact bool) bool {
	if r.spec.Operation != c.Operation || r.spec.Profile != "" && r.spec.Profile != c.Profile {
		return false
	}
	if exact {
		return maps.Equal(r.spec.When, c.Params)
	}
	for name, value := range r.spec.When {
		if c.Param(name) != value {
			return false
		}
	}
	return true
}

// next counts a call, and returns its reply, and how long that takes, where it is one of those that the entry answers.
func (r *rule) next() (*reply, time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fitted++
	spec := &r.spec
	switch {
	case spec.First > 0 && r.fitted > spec.First,
		spec.Every > 0 && r.fitted%spec.Every != 0,
		spec.Share > 0 && r.random.Float64() >= spec.Share:
		return nil, 0
	}
	at := min(r.served, len(r.replies)-1)
	if spec.Cycle {
		at = r.served % len(r.replies)
	}
	r.served++
	return &r.replies[at], draw(r.replies[at].Latency, r.latency)
}

func (r *reply) to(c Call, latency time.Duration) *Reply {
	out := &Reply{Row: r.rows[c.Profile], Headers: r.Headers, Latency: latency, Breaks: r.Breaks, HasBody: r.Body != nil}
	if out.HasBody {
		out.Body = bodyOf(r.Body)
	}
	return out
}
