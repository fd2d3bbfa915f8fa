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
