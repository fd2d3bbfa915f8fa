package reference

import (
	"fmt"
	"net/http"
	"sync"
	"time"

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

func (l Limit) apply(s *Server) {
	counters := map[string]*counter{}
	var mu sync.Mutex
	over := func(c *call) bool {
		key := ""
		if l.PerKey {
			key = c.value("AccessKeyId")
		}
		mu.Lock()
		defer mu.Unlock()
		if counters[key] == nil {
			counters[key] = newCounter(l)
		}
		return !counters[key].admit(c.now)
	}
	refused := map[*call]bool{}
	note := func(c *call) *fault {
		if !over(c) {
			return nil
		}
		mu.Lock()
		defer mu.Unlock()
		refused[c] = true
		return &fault{condition: throttled}
	}
	if !l.After {
		precedes("readable", func(_ *Server, c *call) *fault { return note(c) })(s)
	}
	s.OnReply = append(s.OnReply, func(c *call, r *reply) {
		if l.After {
			if f := note(c); f != nil {
				*r = *s.refuse(c, f)
			}
		}
		mu.Lock()
		ours := refused[c]
		delete(refused, c)
		mu.Unlock()
		if ours {
			l.word(s, r, c.now)
		}
	})
	writes(func(_ *call, out *sent) {
		if l.Code == "" && out.reply.header.Get("X-Limited") != "" {
			out.body = []byte("<html><head><title>503 Service Temporarily Unavailable</title></head></html>")
			out.header.Set("Content-Type", "text/html")
			out.header.Del("X-Acs-Request-Id")
		}
		out.header.Del("X-Limited")
	})(s)
}

// word makes a refusal say what the limit says.
func (l Limit) word(s *Server, r *reply, now time.Time) {
	r.set("Code", l.Code)
	r.set("Message", "Request was denied due to user flow control.")
	if row := s.RowByCode(l.Code); row != nil {
		r.set("Message", row.Message)
	}
	r.SetStatus(l.Status)
	r.header.Del("X-Acs-Retry-After")
	switch l.Hint {
	case HintSeconds:
		r.header.Set("Retry-After", "1")
	case HintDate:
		r.header.Set("Retry-After", now.Add(2*time.Second).UTC().Format(http.TimeFormat))
	case HintMilliseconds:
		r.header.Set("X-Acs-Retry-After", "1000")
	}
	if l.Code == "" {
		r.header.Set("X-Limited", fmt.Sprint(l.PerSecond))
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
