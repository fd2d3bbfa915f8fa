package reference

import (
	"sync"
	"time"
)

// The rate beyond which the burst action is throttled. The period is one in which even a machine with no time for it
// makes that many calls.
const (
	burstRequests = 20
	burstPeriod   = time.Minute
)

// bursts counts calls of an action in periods that begin with a call. The zero value is ready.
type bursts struct {
	mu    sync.Mutex
	begun map[string]time.Time
	count map[string]int
}

// admit counts one call of the action and reports whether it is within the rate.
func (b *bursts) admit(action string, now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.count == nil {
		b.begun, b.count = map[string]time.Time{}, map[string]int{}
	}
	if now.Sub(b.begun[action]) >= burstPeriod {
		b.begun[action], b.count[action] = now, 0
	}
	b.count[action]++
	return b.count[action] <= burstRequests
}
