package reference

import (
	"slices"
	"sync"
	"time"
)

// nonceStands makes something else than the nonce alone be remembered.
func nonceStands(with func(*call) string) func(*Server) {
	return func(s *Server) {
		s.NonceOf = func(c *call) string { return c.value("SignatureNonce") + "\x00" + with(c) }
	}
}

func nonceMutants() []Variant { return slices.Concat(memoryMutants(), onceMutants()) }

// raced is broken too by a server that forgets nonces, where the machine is so busy that the copies of a request that are sent at
// the same time arrive with that many others between them.
var raced = []string{"NONCE-2"}

func memoryMutants() []Variant {
	profiles := []string{"gateway", "ecs"}
	return []Variant{
		{Name: "nonce-by-action", Clause: "NONCE-1", Profiles: profiles, Styles: byAction, Description: "takes a nonce again for another Action",
			apply: nonceStands(func(c *call) string { return c.value("Action") })},
		{Name: "nonce-by-timestamp", Clause: "NONCE-1", Profiles: profiles, Description: "takes a nonce again at another time",
			apply: nonceStands(func(c *call) string { return c.value("Timestamp") })},
		{Name: "nonce-by-signature", Clause: "NONCE-1", Profiles: profiles, Description: "takes a nonce again under another signature",
			apply: nonceStands(func(c *call) string { return c.value("Signature") })},
		{Name: "nonce-by-method-of-the-call", Clause: "NONCE-1", Profiles: profiles, Styles: byAction, Description: "takes a nonce again by another method, where the call is the same",
			apply: func(s *Server) {
				s.NonceOf = func(c *call) string {
					if c.value("Action") != s.service.sound.Action {
						return c.value("SignatureNonce") + "\x00GET"
					}
					return c.value("SignatureNonce") + "\x00" + c.method
				}
			}},
		{Name: "nonce-by-method", Clause: "NONCE-1", Profiles: profiles, Styles: byAction, Description: "takes a nonce again by another method",
			apply: nonceStands(func(c *call) string { return c.method })},
		{Name: "nonce-by-format", Clause: "NONCE-1", Profiles: profiles, Styles: byAction, Description: "takes a nonce again in another format",
			apply: nonceStands(func(c *call) string { return c.value("Format") })},
		{Name: "nonces-not-kept", Clause: "NONCE-1", Profiles: profiles, Description: "takes any nonce any number of times",
			apply: func(s *Server) { s.ClaimNonce = func(string, time.Time) bool { return true } }},
		{Name: "nonces-forgotten-early", Many: true, Clause: "NONCE-1", Also: raced, Profiles: profiles, Description: "remembers the last 200 nonces only", apply: forgetful(200)},
		{Name: "nonces-forgotten-late", Many: true, Clause: "NONCE-1", Also: raced, Profiles: profiles, Description: "remembers the last 400 nonces only", apply: forgetful(400)},
		{Name: "first-nonce-not-kept", Clause: "NONCE-1", Profiles: profiles, Description: "does not keep the first nonce after it has started", apply: blindAtFirst(1)},
		{Name: "nonces-of-the-start-forgotten", Clause: "NONCE-1", Profiles: profiles, Description: "forgets the nonce of its first call once it has seen twenty", apply: forgetsFirst(20)},
		{Name: "nonce-checked-then-recorded", Clause: "NONCE-2", Profiles: profiles, Description: "looks a nonce up and records it a little later", apply: racy},
		{Name: "nonces-like-a-hundred", Many: true, Clause: "NONCE-3", Profiles: profiles, Description: "takes a nonce as used that begins like a hundred others", apply: crowded},
	}
}

// forgetful remembers as many nonces as that, the last ones.
func forgetful(most int) func(*Server) {
	return func(s *Server) { remembersLast(s, most) }
}

func remembersLast(s *Server, most int) {
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
func blindAtFirst(calls int) func(*Server) { return losesFirst(calls, 0) }

// forgetsFirst forgets the nonce of the first call once it has seen so many.
func forgetsFirst(calls int) func(*Server) { return losesFirst(1, calls) }

// losesFirst forgets the nonces of the first calls once it has seen so many.
func losesFirst(first, after int) func(*Server) {
	return func(s *Server) {
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
func racy(s *Server) {
	n := &nonces{}
	s.ClaimNonce = func(nonce string, now time.Time) bool {
		n.mu.Lock()
		free := n.free(nonce, now)
		n.mu.Unlock()
		if !free {
			return false
		}
		time.Sleep(100 * time.Millisecond) // in which others look too, even where the machine is busy
		n.mu.Lock()
		defer n.mu.Unlock()
		n.record(nonce, now)
		return true
	}
}

// crowded counts nonces by all but their last four characters.
func crowded(s *Server) {
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
