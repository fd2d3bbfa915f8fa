package reference

import (
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/acsconform/acsconform/runner/reference/wire"
)

// onceMutants are wrong only after something that came before: with request ids and nonces, in a row or under one key.
func onceMutants() []Variant {
	profiles := []string{"gateway", "ecs"}
	offered := func(name, says string, header string, known bool) Variant {
		return Variant{Name: name, Clause: "REQUESTID-3", Description: says, apply: takesID(func(c *call) []string {
			if (c.key != nil) != known {
				return nil
			}
			return []string{c.header.Get(header)}
		})}
	}
	return []Variant{
		offered("request-id-from-x-acs-request-id", "takes the request id of a client that it knows from x-acs-request-id", "X-Acs-Request-Id", true),
		offered("request-id-from-x-request-id", "takes the request id of a client that it knows from X-Request-Id", "X-Request-Id", true),
		offered("request-id-of-a-stranger", "takes the request id from X-Request-Id where it does not know the client", "X-Request-Id", false),
		{Name: "request-id-of-the-connection", Many: true, Clause: "REQUESTID-2", Description: "repeats a request id for the eighteenth of calls that are alike over one connection", apply: tires},
		{Name: "request-id-of-the-key", Many: true, Clause: "REQUESTID-2", Description: "repeats a request id when it refuses a key for the twentieth time", apply: recalls},
		{Name: "nonce-by-unknown-parameters", Clause: "NONCE-1", Profiles: profiles, Description: "takes a nonce again where a parameter that it does not know has changed",
			apply: func(s *Server) {
				s.NonceOf = func(c *call) string {
					known := knownParams(s, c.params())
					var rest strings.Builder
					for _, p := range c.params() {
						if !slices.Contains(known, p) {
							rest.WriteString("\x00" + p.Name + "\x00" + p.Value)
						}
					}
					return c.value("SignatureNonce") + rest.String()
				}
			}},
		{Name: "nonces-of-post-not-kept", Clause: "NONCE-1", Profiles: profiles, Styles: byAction, Description: "keeps only the nonces that came by GET", apply: keepsOfGET},
	}
}

// tires counts the calls in a row over one connection that differ in nothing of their own.
func tires(s *Server) {
	type row struct {
		alike, id string
		calls     int
	}
	var mu sync.Mutex
	rows := map[*wire.Conn]*row{}
	successes(func(_ *Server, c *call, r *reply) {
		mu.Lock()
		defer mu.Unlock()
		alike := c.method + " " + c.value("Format") + " " + c.value("Action") + ownParams(c.params())
		on := rows[c.conn]
		if on == nil || on.alike != alike {
			on = &row{alike: alike, id: r.get("RequestId")}
			rows[c.conn] = on
		}
		if on.calls++; on.calls == 18 && c.conn != nil {
			r.set("RequestId", on.id)
		}
	})(s)
}

// recalls counts the refusals of each key that nobody has.
func recalls(s *Server) {
	var mu sync.Mutex
	refused, first := map[string]int{}, map[string]string{}
	oneRefusal(func(_ *Server, c *call, r *reply) {
		mu.Lock()
		defer mu.Unlock()
		id := c.value("AccessKeyId")
		switch refused[id]++; refused[id] {
		case 1:
			first[id] = r.get("RequestId")
		case 20:
			r.set("RequestId", first[id])
		}
	})(s)
}

// keepsOfGET looks every nonce up and records those that came by GET.
func keepsOfGET(s *Server) {
	n := &nonces{}
	s.NonceOf = func(c *call) string { return c.value("SignatureNonce") + "\x00" + c.method }
	s.ClaimNonce = func(name string, now time.Time) bool {
		nonce, post := strings.CutSuffix(name, "\x00POST")
		if !post {
			return n.claim(strings.TrimSuffix(nonce, "\x00GET"), now)
		}
		n.mu.Lock()
		defer n.mu.Unlock()
		return n.free(nonce, now)
	}
}
