package reference

import (
	"slices"
	"sync/atomic"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

func orderOddities() []Variant {
	return []Variant{
		{Name: "signature-before-timestamp", Description: "looks at the key and the signature before it looks at the time", apply: moves("timestamp", "nonce")},
		{Name: "method-last", Description: "looks at the HTTP method after the signature", apply: moves("method", "nonce")},
		{Name: "action-before-signature", Profiles: []string{"kms", "kms-legacy", "ess"}, Description: "looks for the action before it looks at the key", apply: moves("action", "key")},
		{Name: "resets-now-and-then", Many: true, Description: "resets one connection in a hundred", apply: everyNth(100, func(_ *Server, _ *call, out *sent) { out.mute = resets })},
		{Name: "throttles-now-and-then", Many: true, Profiles: []string{"gateway", "ecs", "ess"}, Description: "throttles one call in two hundred, and says when to come again",
			apply: throttlesEvery(200)},
		{Name: "slow", Description: "takes 20 ms for every answer", apply: func(s *Server) { s.Delay += 20 * time.Millisecond }},
		{Name: "clock-five-minutes-ahead", Description: "has a clock that is five minutes ahead", apply: clock(5 * time.Minute)},
		{Name: "clock-five-minutes-behind", Description: "has a clock that is five minutes behind", apply: clock(-5 * time.Minute)},
		{Name: "format-in-upper-case-only", Profiles: withXML, Description: "knows no Format but JSON and XML to the letter",
			apply: precedes("format", func(s *Server, c *call) *fault {
				if asked := c.value("Format"); asked != "" && !slices.Contains(s.profile.Formats, schemas.Format(asked)) {
					return &fault{condition: unknownFormat, parameter: "Format"}
				}
				return nil
			})},
	}
}

// moves takes a check out and puts it before another one.
func moves(name, before string) func(*Server) {
	return func(s *Server) {
		i := slices.IndexFunc(s.Checks, func(k check) bool { return k.name == name })
		moved := s.Checks[i]
		s.Checks = slices.Delete(slices.Clone(s.Checks), i, i+1)
		i = slices.IndexFunc(s.Checks, func(k check) bool { return k.name == before })
		s.Checks = slices.Insert(s.Checks, i, moved)
	}
}

func clock(off time.Duration) func(*Server) {
	return func(s *Server) {
		right := s.Now
		s.Now = func() time.Time { return right().Add(off) }
	}
}

// everyNth does something to one answer in n.
func everyNth(n int64, edit func(*Server, *call, *sent)) func(*Server) {
	return func(s *Server) {
		var answers atomic.Int64
		s.OnSend = append(s.OnSend, func(c *call, out *sent) {
			if answers.Add(1)%n == 0 {
				edit(s, c, out)
			}
		})
	}
}

// throttlesEvery refuses one call in n as throttled, for 20 ms.
func throttlesEvery(n int64) func(*Server) {
	return func(s *Server) {
		var calls atomic.Int64
		s.OnReply = append(s.OnReply, func(c *call, r *reply) {
			if calls.Add(1)%n == 0 {
				*r = *s.refuse(c, &fault{condition: throttled})
				r.header.Set("X-Acs-Retry-After", "20")
			}
		})
	}
}
