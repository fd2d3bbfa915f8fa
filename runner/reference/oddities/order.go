package oddities

import (
	"slices"
	"sync/atomic"
	"time"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
)

func orderOddities() []vary.Variant {
	return []vary.Variant{
		{Name: "signature-before-timestamp", Description: "looks at the key and the signature before it looks at the time", Apply: moves("timestamp", "nonce")},
		{Name: "method-last", Description: "looks at the HTTP method after the signature", Apply: moves("method", "nonce")},
		{Name: "action-before-signature", Profiles: []string{"kms", "kms-legacy", "ess"}, Description: "looks for the action before it looks at the key", Apply: moves("action", "key")},
		{Name: "resets-now-and-then", Many: true, Description: "resets one connection in a hundred", Apply: everyNth(100, func(_ *server.Server, _ *server.Call, out *server.Sent) { out.Mute = server.Resets })},
		{Name: "throttles-now-and-then", Many: true, Profiles: []string{"gateway", "ecs", "ess"}, Description: "throttles one call in two hundred, and says when to come again",
			Apply: throttlesEvery(200)},
		{Name: "slow", Description: "takes 20 ms for every answer", Apply: func(s *server.Server) { s.Delay += 20 * time.Millisecond }},
		{Name: "clock-five-minutes-ahead", Description: "has a clock that is five minutes ahead", Apply: clock(5 * time.Minute)},
		{Name: "clock-five-minutes-behind", Description: "has a clock that is five minutes behind", Apply: clock(-5 * time.Minute)},
		{Name: "format-in-upper-case-only", Profiles: vary.WithXML, Description: "knows no Format but JSON and XML to the letter",
			Apply: vary.Precedes("format", func(s *server.Server, c *server.Call) *server.Fault {
				if asked := c.Value("Format"); asked != "" && !slices.Contains(s.Profile.Formats, schemas.Format(asked)) {
					return &server.Fault{Condition: server.UnknownFormat, Parameter: "Format"}
				}
				return nil
			})},
	}
}

// moves takes a check out and puts it before another one.
func moves(name, before string) vary.Change {
	return func(s *server.Server) {
		i := slices.IndexFunc(s.Checks, func(k server.Check) bool { return k.Name == name })
		moved := s.Checks[i]
		s.Checks = slices.Delete(slices.Clone(s.Checks), i, i+1)
		i = slices.IndexFunc(s.Checks, func(k server.Check) bool { return k.Name == before })
		s.Checks = slices.Insert(s.Checks, i, moved)
	}
}

func clock(off time.Duration) vary.Change {
	return func(s *server.Server) {
		right := s.Now
		s.Now = func() time.Time { return right().Add(off) }
	}
}

// everyNth does something to one answer in n.
func everyNth(n int64, edit func(*server.Server, *server.Call, *server.Sent)) vary.Change {
	return func(s *server.Server) {
		var answers atomic.Int64
		s.OnSend = append(s.OnSend, func(c *server.Call, out *server.Sent) {
			if answers.Add(1)%n == 0 {
				edit(s, c, out)
			}
		})
	}
}

// throttlesEvery refuses one call in n as throttled, for 20 ms.
func throttlesEvery(n int64) vary.Change {
	return func(s *server.Server) {
		var calls atomic.Int64
		s.OnReply = append(s.OnReply, func(c *server.Call, r *server.Reply) {
			if calls.Add(1)%n == 0 {
				*r = *s.Refuse(c, &server.Fault{Condition: server.Throttled})
				r.Header.Set("X-Acs-Retry-After", "20")
			}
		})
	}
}

// loadOddities take what comes at their own pace. They are fast, so that a self-test is; slower ones are tried with a
// clock of their own.
func loadOddities() []vary.Variant {
	limits := func(name, says string, l vary.Limit) vary.Variant {
		return vary.Variant{Name: name, Description: says, Apply: l.Apply}
	}
	return []vary.Variant{
		limits("limits-all-calls-by-code", "takes 400 calls a second and refuses more with 400 Throttling",
			vary.Limit{PerSecond: 400, Burst: 10, Status: 400, Code: "Throttling"}),
		limits("limits-all-calls-by-429", "takes 400 calls a second and refuses more with 429, and says when to come back",
			vary.Limit{PerSecond: 400, Burst: 10, Status: 429, Code: "Throttling.User", Hint: vary.HintMilliseconds}),
		limits("limits-all-calls-by-503", "takes 400 calls a second and refuses more with 503, without a word about when to come back",
			vary.Limit{PerSecond: 400, Burst: 10, Status: 503, Code: "ServiceUnavailable"}),
		limits("limits-each-key", "takes 300 calls in each second of every key and refuses more with 503, and says when to come back",
			vary.Limit{PerSecond: 300, Window: vary.Fixed, PerKey: true, Status: 503, Code: "ServiceUnavailable", Hint: vary.HintSeconds}),
		limits("limits-after-the-nonce", "takes 400 calls a second, and uses up the nonce of a call that it refuses",
			vary.Limit{PerSecond: 400, Burst: 10, After: true, Status: 400, Code: "Throttling.Api"}),
	}
}
