package server

import (
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// nonceMemory is how long a nonce is remembered (gateway, row 12).
const nonceMemory = 15 * time.Minute

// Nonces remembers which nonces each key has used. The zero value is ready.
type Nonces struct {
	mu    sync.Mutex
	used  map[string]time.Time // key id and nonce -> when
	swept time.Time
}

// Claim records the name (key id and nonce) and reports whether it was free, in one step.
func (n *Nonces) Claim(name string, now time.Time) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !n.unused(name, now) {
		return false
	}
	n.keep(name, now)
	return true
}

// Free reports whether the nonce was not used within the memory, and does not record it.
func (n *Nonces) Free(name string, now time.Time) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.unused(name, now)
}

// Record remembers the nonce, used or not.
func (n *Nonces) Record(name string, now time.Time) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.keep(name, now)
}

// unused reports whether the nonce was not used within the memory. The lock must be held.
func (n *Nonces) unused(name string, now time.Time) bool {
	when, used := n.used[name]
	return !used || now.Sub(when) >= nonceMemory
}

// keep remembers the nonce and forgets what is too old. The lock must be held.
func (n *Nonces) keep(name string, now time.Time) {
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

// tokens remembers the calls made under a ClientToken, and their results. The zero value is ready.
type tokens struct {
	mu    sync.Mutex
	calls map[string]*tokenCall
}

type tokenCall struct {
	params string
	result []Member      // nil while the call is in progress
	met    chan struct{} // closed once another call has met it in progress
}

// begin claims the token for the call. It returns the result of an earlier call with the same parameters, or the
// condition by which this call is refused, or neither: then the caller does the work and ends it with end.
func (t *tokens) begin(token string, params []sign.Param) (result []Member, against schemas.Condition) {
	same := OwnParams(params)
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.calls == nil {
		t.calls = map[string]*tokenCall{}
	}
	earlier, known := t.calls[token]
	switch {
	case !known:
		t.calls[token] = &tokenCall{params: same, met: make(chan struct{})}
		return nil, ""
	case earlier.params != same:
		return nil, ClientTokenMismatch
	case earlier.result == nil:
		earlier.meet()
		return nil, ClientTokenInProgress
	default:
		return earlier.result, ""
	}
}

// meet notes that the call was met in progress. The lock must be held.
func (c *tokenCall) meet() {
	select {
	case <-c.met:
	default:
		close(c.met)
	}
}

// met returns a channel that is closed once another call has met this one in progress.
func (t *tokens) met(token string) <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.calls[token].met
}

// end keeps the result of a call that began.
func (t *tokens) end(token string, result []Member) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.calls[token].result = result
}

// OwnParams joins the action's own parameters: those that make a repeated call the same call.
func OwnParams(params []sign.Param) string {
	var pairs []string
	for _, p := range params {
		if !slices.Contains(PublicNames, p.Name) {
			pairs = append(pairs, sign.PercentEncode(p.Name)+"="+sign.PercentEncode(p.Value))
		}
	}
	slices.Sort(pairs)
	return strings.Join(pairs, "&")
}

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

// The rate beyond which the burst action is throttled. The period is one in which even a machine with no time for it
// makes that many calls.
const (
	burstRequests = 20
	burstPeriod   = time.Minute
)
