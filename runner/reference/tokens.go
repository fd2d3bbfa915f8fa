package reference

import (
	"slices"
	"strings"
	"sync"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// tokens remembers the calls made under a ClientToken, and their results. The zero value is ready.
type tokens struct {
	mu    sync.Mutex
	calls map[string]*tokenCall
}

type tokenCall struct {
	params string
	result []member      // nil while the call is in progress
	met    chan struct{} // closed once another call has met it in progress
}

// begin claims the token for the call. It returns the result of an earlier call with the same parameters, or the
// condition that stands against this one, or neither: then the caller does the work and ends it with [tokens.end].
func (t *tokens) begin(token string, params []sign.Param) (result []member, against schemas.Condition) {
	same := ownParams(params)
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
		return nil, clientTokenMismatch
	case earlier.result == nil:
		earlier.meet()
		return nil, clientTokenInProgress
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
func (t *tokens) end(token string, result []member) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.calls[token].result = result
}

// ownParams joins the action's own parameters: those that make a repeated call the same call.
func ownParams(params []sign.Param) string {
	var pairs []string
	for _, p := range params {
		if !slices.Contains(publicNames, p.Name) {
			pairs = append(pairs, sign.PercentEncode(p.Name)+"="+sign.PercentEncode(p.Value))
		}
	}
	slices.Sort(pairs)
	return strings.Join(pairs, "&")
}
