package mutants

import (
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/runner/reference/wire"
)

// nonceStands makes something else than the nonce alone be remembered.
func nonceStands(with func(*server.Call) string) vary.Change {
	return func(s *server.Server) {
		s.NonceOf = func(c *server.Call) string { return c.Value("SignatureNonce") + "\x00" + with(c) }
	}
}

func nonceMutants() []vary.Variant { return slices.Concat(memoryMutants(), onceMutants()) }

// raced is broken too by a server that forgets nonces, where the machine is so busy that the copies of a request that are sent at
// the same time arrive with that many others between them.
var raced = []string{"NONCE-2"}

func memoryMutants() []vary.Variant {
	profiles := []string{"gateway", "ecs"}
	return []vary.Variant{
		{Name: "nonce-by-action", Clause: "NONCE-1", Profiles: profiles, Styles: vary.ByAction, Description: "takes a nonce again for another Action",
			Apply: nonceStands(func(c *server.Call) string { return c.Value("Action") })},
		{Name: "nonce-by-timestamp", Clause: "NONCE-1", Profiles: profiles, Description: "takes a nonce again at another time",
			Apply: nonceStands(func(c *server.Call) string { return c.Value("Timestamp") })},
		{Name: "nonce-by-signature", Clause: "NONCE-1", Profiles: profiles, Description: "takes a nonce again under another signature",
			Apply: nonceStands(func(c *server.Call) string { return c.Value("Signature") })},
		{Name: "nonce-by-method-of-the-call", Clause: "NONCE-1", Profiles: profiles, Styles: vary.ByAction, Description: "takes a nonce again by another method, where the call is the same",
			Apply: func(s *server.Server) {
				s.NonceOf = func(c *server.Call) string {
					if c.Value("Action") != s.Service.Sound.Action {
						return c.Value("SignatureNonce") + "\x00GET"
					}
					return c.Value("SignatureNonce") + "\x00" + c.Method
				}
			}},
		{Name: "nonce-by-method", Clause: "NONCE-1", Profiles: profiles, Styles: vary.ByAction, Description: "takes a nonce again by another method",
			Apply: nonceStands(func(c *server.Call) string { return c.Method })},
		{Name: "nonce-by-format", Clause: "NONCE-1", Profiles: profiles, Styles: vary.ByAction, Description: "takes a nonce again in another format",
			Apply: nonceStands(func(c *server.Call) string { return c.Value("Format") })},
		{Name: "nonces-not-kept", Clause: "NONCE-1", Profiles: profiles, Description: "takes any nonce any number of times",
			Apply: func(s *server.Server) { s.ClaimNonce = func(string, time.Time) bool { return true } }},
		{Name: "nonces-forgotten-early", Many: true, Clause: "NONCE-1", Also: raced, Profiles: profiles, Description: "remembers the last 200 nonces only", Apply: forgetful(200)},
		{Name: "nonces-forgotten-late", Many: true, Clause: "NONCE-1", Also: raced, Profiles: profiles, Description: "remembers the last 400 nonces only", Apply: forgetful(400)},
		{Name: "first-nonce-not-kept", Clause: "NONCE-1", Profiles: profiles, Description: "does not keep the first nonce after it has started", Apply: blindAtFirst(1)},
		{Name: "nonces-of-the-start-forgotten", Clause: "NONCE-1", Profiles: profiles, Description: "forgets the nonce of its first call once it has seen twenty", Apply: forgetsFirst(20)},
		{Name: "nonce-checked-then-recorded", Clause: "NONCE-2", Profiles: profiles, Description: "looks a nonce up and records it a little later", Apply: racy},
		{Name: "nonces-like-a-hundred", Many: true, Clause: "NONCE-3", Profiles: profiles, Description: "takes a nonce as used that begins like a hundred others", Apply: crowded},
	}
}

// forgetful remembers as many nonces as that, the last ones.
func forgetful(most int) vary.Change {
	return func(s *server.Server) { remembersLast(s, most) }
}

func remembersLast(s *server.Server, most int) {
	var mu sync.Mutex
	used, order := map[string]bool{}, []string{}
	s.ClaimNonce = func(nonce string, _ time.Time) bool {
		mu.Lock()
		defer mu.Unlock()
		if used[nonce] {
			return false
		}
		used[nonce] = true
		if order = append(order, nonce); len(order) > most {
			delete(used, order[0])
			order = order[1:]
		}
		return true
	}
}

// blindAtFirst keeps no nonce of the first calls.
func blindAtFirst(calls int) vary.Change { return losesFirst(calls, 0) }

// forgetsFirst forgets the nonce of the first call once it has seen so many.
func forgetsFirst(calls int) vary.Change { return losesFirst(1, calls) }

// losesFirst forgets the nonces of the first calls once it has seen so many.
func losesFirst(first, after int) vary.Change {
	return func(s *server.Server) {
		var mu sync.Mutex
		var lost []string
		calls, right := 0, s.ClaimNonce
		s.ClaimNonce = func(nonce string, now time.Time) bool {
			mu.Lock()
			defer mu.Unlock()
			if calls++; calls <= first {
				lost = append(lost, nonce)
			} else if calls > after && slices.Contains(lost, nonce) {
				return true
			}
			return right(nonce, now)
		}
	}
}

// racy leaves a gap between looking and recording.
func racy(s *server.Server) {
	n := &server.Nonces{}
	s.ClaimNonce = func(nonce string, now time.Time) bool {
		if !n.Free(nonce, now) {
			return false
		}
		time.Sleep(100 * time.Millisecond) // in which others look too, even where the machine is busy
		n.Record(nonce, now)
		return true
	}
}

// crowded counts nonces by all but their last four characters.
func crowded(s *server.Server) {
	var mu sync.Mutex
	like := map[string]int{}
	right := s.ClaimNonce
	s.ClaimNonce = func(nonce string, now time.Time) bool {
		mu.Lock()
		begin := nonce[:max(0, len(nonce)-4)]
		like[begin]++
		crowd := like[begin] > 100
		mu.Unlock()
		return right(nonce, now) && !crowd
	}
}

// onceMutants are wrong only after something that came before: with request ids and nonces, in a row or under one key.
func onceMutants() []vary.Variant {
	profiles := []string{"gateway", "ecs"}
	offered := func(name, says string, header string, known bool) vary.Variant {
		return vary.Variant{Name: name, Clause: "REQUESTID-3", Description: says, Apply: takesID(func(c *server.Call) []string {
			if (c.Key != nil) != known {
				return nil
			}
			return []string{c.Header.Get(header)}
		})}
	}
	return []vary.Variant{
		offered("request-id-from-x-acs-request-id", "takes the request id of a client that it knows from x-acs-request-id", "X-Acs-Request-Id", true),
		offered("request-id-from-x-request-id", "takes the request id of a client that it knows from X-Request-Id", "X-Request-Id", true),
		offered("request-id-of-a-stranger", "takes the request id from X-Request-Id where it does not know the client", "X-Request-Id", false),
		{Name: "request-id-of-the-connection", Many: true, Clause: "REQUESTID-2", Description: "repeats a request id for the eighteenth of calls that are alike over one connection", Apply: tires},
		{Name: "request-id-of-the-key", Many: true, Clause: "REQUESTID-2", Description: "repeats a request id when it refuses a key for the twentieth time", Apply: recalls},
		{Name: "nonce-by-unknown-parameters", Clause: "NONCE-1", Profiles: profiles, Description: "takes a nonce again where a parameter that it does not know has changed",
			Apply: func(s *server.Server) {
				s.NonceOf = func(c *server.Call) string {
					known := knownParams(s, c.Params())
					var rest strings.Builder
					for _, p := range c.Params() {
						if !slices.Contains(known, p) {
							rest.WriteString("\x00" + p.Name + "\x00" + p.Value)
						}
					}
					return c.Value("SignatureNonce") + rest.String()
				}
			}},
		{Name: "long-nonces-not-kept", Clause: "NONCE-1", Profiles: profiles, Description: "keeps no nonces of more than 36 characters",
			Apply: acceptsCalls(server.NonceReused, func(c *server.Call) bool { return len(c.Value("SignatureNonce")) > 36 })},
		{Name: "nonce-by-spelling-of-the-host", Clause: "NONCE-1", Profiles: profiles, Description: "takes a nonce again under another spelling of its host",
			Apply: nonceStands(func(c *server.Call) string { return c.Authority })},
		{Name: "nonce-by-forwarded-address", Clause: "NONCE-1", Profiles: profiles, Description: "takes a nonce again from another address, which X-Forwarded-For names",
			Apply: nonceStands(func(c *server.Call) string { return c.Header.Get("X-Forwarded-For") })},
		{Name: "nonce-freed-by-a-wrong-signature", Clause: "NONCE-1", Profiles: profiles, Description: "frees the nonce of a request whose signature is wrong", Apply: freesUnclaimed},
		{Name: "nonces-of-query-and-form-not-kept", Clause: "NONCE-1", Profiles: profiles, Styles: vary.RPCOnly, Description: "keeps no nonces of a POST that has parameters in its query",
			Apply: acceptsCalls(server.NonceReused, func(c *server.Call) bool { return c.Method == "POST" && len(c.Query) > 0 })},
		{Name: "nonces-of-post-not-kept", Clause: "NONCE-1", Profiles: profiles, Styles: vary.ByAction, Description: "keeps only the nonces that came by GET", Apply: keepsOfGET},
	}
}

// tires counts the calls in a row over one connection that differ in nothing of their own.
func tires(s *server.Server) {
	type row struct {
		alike, id string
		calls     int
	}
	var mu sync.Mutex
	rows := map[*wire.Conn]*row{}
	vary.Successes(func(_ *server.Server, c *server.Call, r *server.Reply) {
		mu.Lock()
		defer mu.Unlock()
		alike := c.Method + " " + c.Value("Format") + " " + c.Value("Action") + server.OwnParams(c.Params())
		on := rows[c.Conn]
		if on == nil || on.alike != alike {
			on = &row{alike: alike, id: r.Get("RequestId")}
			rows[c.Conn] = on
		}
		if on.calls++; on.calls == 18 && c.Conn != nil {
			r.Set("RequestId", on.id)
		}
	})(s)
}

// recalls counts the refusals of each key that nobody has.
func recalls(s *server.Server) {
	var mu sync.Mutex
	refused, first := map[string]int{}, map[string]string{}
	vary.OneRefusal(func(_ *server.Server, c *server.Call, r *server.Reply) {
		mu.Lock()
		defer mu.Unlock()
		id := c.Value("AccessKeyId")
		switch refused[id]++; refused[id] {
		case 1:
			first[id] = r.Get("RequestId")
		case 20:
			r.Set("RequestId", first[id])
		}
	})(s)
}

// keepsOfGET looks every nonce up and records those that came by GET.
func keepsOfGET(s *server.Server) {
	n := &server.Nonces{}
	s.NonceOf = func(c *server.Call) string { return c.Value("SignatureNonce") + "\x00" + c.Method }
	s.ClaimNonce = func(name string, now time.Time) bool {
		nonce, post := strings.CutSuffix(name, "\x00POST")
		if !post {
			return n.Claim(strings.TrimSuffix(nonce, "\x00GET"), now)
		}
		return n.Free(nonce, now)
	}
}

// freesUnclaimed takes back what a call with a wrong signature has not claimed.
func freesUnclaimed(s *server.Server) {
	var mu sync.Mutex
	freed, right := map[string]bool{}, s.Verify
	s.Verify = func(c *server.Call, signature string) bool {
		ok := right(c, signature)
		mu.Lock()
		defer mu.Unlock()
		if !ok {
			freed[c.Value("SignatureNonce")] = true
		}
		return ok
	}
	acceptsCalls(server.NonceReused, func(c *server.Call) bool {
		mu.Lock()
		defer mu.Unlock()
		return freed[c.Value("SignatureNonce")]
	})(s)
}
