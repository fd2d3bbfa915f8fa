package reference

import (
	"sync"
	"time"
)

// nonceMemory is how long a nonce is remembered (gateway, row 12).
const nonceMemory = 15 * time.Minute

// nonces remembers which nonces each key has used. The zero value is ready.
type nonces struct {
	mu    sync.Mutex
	used  map[string]time.Time // key id and nonce -> when
	swept time.Time
}

// claim records the name (key id and nonce) and reports whether it was free, in one step.
func (n *nonces) claim(name string, now time.Time) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !n.free(name, now) {
		return false
	}
	n.record(name, now)
	return true
}

// free reports whether the nonce was not used within the memory. The lock must be held.
func (n *nonces) free(name string, now time.Time) bool {
	when, used := n.used[name]
	return !used || now.Sub(when) >= nonceMemory
}

// record remembers the nonce and forgets what is too old. The lock must be held.
func (n *nonces) record(name string, now time.Time) {
	if n.used == nil {
		n.used = map[string]time.Time{}
	}
	if now.Sub(n.swept) > time.Minute {
		for old, when := range n.used {
			if now.Sub(when) >= nonceMemory {
				delete(n.used, old)
			}
		}
		n.swept = now
	}
	n.used[name] = now
}
