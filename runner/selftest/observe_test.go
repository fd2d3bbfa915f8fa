package selftest

import (
	"context"
	"os"
	"runtime/debug"
	"sync"

	"github.com/acsconform/acsconform/suites"
)

// observation is what all tests look at, so that every server is tried once.
type observation struct {
	results []Result
	fired   map[string]int  // rule -> mutants in which it found something
	green   map[string]bool // rules whose silence turned some mutant green
	needed  map[string]bool // cases that caught some mutant alone
}

// observed tries each variant in one profile and style; with ACSCONFORM_ALL set, in every one it makes sense in.
var observed = sync.OnceValue(func() observation {
	debug.SetGCPercent(400) // there is memory to spare, and what is judged is let go of at once
	trials := Sampled(Trials())
	if os.Getenv("ACSCONFORM_ALL") != "" {
		trials = Trials()
	}
	o := observation{fired: map[string]int{}, green: map[string]bool{}, needed: map[string]bool{}}
	var mu sync.Mutex
	o.results = each(context.Background(), trials, nil, func(t Trial, judged []*suites.Judged) {
		if t.Variant == nil || t.Oddity {
			return
		}
		rules, cases := rulesOf(judged), casesOf(judged)
		turned := map[string]bool{}
		for rule := range rules {
			turned[rule] = isGreen(rejudged(t, judged, rule))
		}
		mu.Lock()
		defer mu.Unlock()
		for rule, green := range turned {
			o.fired[rule]++
			o.green[rule] = o.green[rule] || green
		}
		if len(cases) == 1 {
			o.needed[cases[0]] = true
		}
	})
	return o
})
