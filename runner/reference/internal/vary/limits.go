package vary

import (
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"golang.org/x/time/rate"
)

// A Limit is how many calls a server takes in all, and how it refuses those that are too many.
type Limit struct {
	PerSecond float64
	Burst     int    // calls that may come at once; for a window it has no meaning
	Window    Window // how calls are counted
	PerKey    bool   // each AccessKeyId has the limit for itself
	After     bool   // counted after all checks, so that a nonce is used up by a call that is refused for the limit
	Status    int    // of the refusal: 400, 429 or 503
	Code      string // "Throttling.User"; empty for a page of HTML instead of an envelope
	Hint      Hint   // what the refusal says of when to come back
}

// A Window says how calls are counted.
type Window int

// The windows.
const (
	Bucket  Window = iota // tokens of a bucket, as most gateways count
	Fixed                 // the calls of each second on the clock
	Sliding               // the calls of the last second
	Strict                // the same, refused calls included
)

// A Hint is a header of a throttled answer.
type Hint string

// The hints. The empty Hint is none.
const (
	HintSeconds      Hint = "Retry-After: 1"
	HintDate         Hint = "Retry-After: a date"
	HintMilliseconds Hint = "x-acs-retry-after: 1000"
)

// Apply makes a server keep to the limit.
func (l Limit) Apply(s *server.Server) {
	counters := map[string]*counter{}
	var mu sync.Mutex
	over := func(c *server.Call) bool {
		key := ""
		if l.PerKey {
			key = c.Value("AccessKeyId")
		}
		mu.Lock()
		defer mu.Unlock()
		if counters[key] == nil {
			counters[key] = newCounter(l)
		}
		return !counters[key].admit(c.Now)
	}
	refused := map[*server.Call]bool{}
	note := func(c *server.Call) *server.Fault {
		if !over(c) {
			return nil
		}
		mu.Lock()
		defer mu.Unlock()
		refused[c] = true
		return &server.Fault{Condition: server.Throttled}
	}
	if !l.After {
		Precedes("readable", func(_ *server.Server, c *server.Call) *server.Fault { return note(c) })(s)
	}
	s.OnReply = append(s.OnReply, func(c *server.Call, r *server.Reply) {
		if l.After {
			if f := note(c); f != nil {
				*r = *s.Refuse(c, f)
			}
		}
		mu.Lock()
		ours := refused[c]
		delete(refused, c)
		mu.Unlock()
		if ours {
			l.word(s, r, c.Now)
		}
	})
	Writes(func(_ *server.Call, out *server.Sent) {
		if l.Code == "" && out.Reply.Header.Get("X-Limited") != "" {
			out.Body = []byte("<html><head><title>503 Service Temporarily Unavailable</title></head></html>")
			out.Header.Set("Content-Type", "text/html")
			out.Header.Del("X-Acs-Request-Id")
		}
		out.Header.Del("X-Limited")
	})(s)
}

// word makes a refusal say what the limit says.
func (l Limit) word(s *server.Server, r *server.Reply, now time.Time) {
	r.Set("Code", l.Code)
	r.Set("Message", "Request was denied due to user flow control.")
	if row := s.RowByCode(l.Code); row != nil {
		r.Set("Message", row.Message)
	}
	r.SetStatus(l.Status)
	r.Header.Del("X-Acs-Retry-After")
	switch l.Hint {
	case HintSeconds:
		r.Header.Set("Retry-After", "1")
	case HintDate:
		r.Header.Set("Retry-After", now.Add(2*time.Second).UTC().Format(http.TimeFormat))
	case HintMilliseconds:
		r.Header.Set("X-Acs-Retry-After", "1000")
	}
	if l.Code == "" {
		r.Header.Set("X-Limited", fmt.Sprint(l.PerSecond))
	}
}

// A counter counts the calls of one key.
type counter struct {
	limit  Limit
	bucket *rate.Limiter
	calls  []time.Time // of the last second, or of the second on the clock
}

func newCounter(l Limit) *counter {
	return &counter{limit: l, bucket: rate.NewLimiter(rate.Limit(l.PerSecond), max(l.Burst, 1))}
}

func (k *counter) admit(now time.Time) bool {
	if k.limit.Window == Bucket {
		return k.bucket.AllowN(now, 1)
	}
	old := func(call time.Time) bool { return now.Sub(call) >= time.Second }
	if k.limit.Window == Fixed {
		old = func(call time.Time) bool { return call.Truncate(time.Second) != now.Truncate(time.Second) }
	}
	for len(k.calls) > 0 && old(k.calls[0]) {
		k.calls = k.calls[1:]
	}
	ok := len(k.calls) < int(k.limit.PerSecond)
	if ok || k.limit.Window == Strict {
		k.calls = append(k.calls, now)
	}
	return ok
}
