package mutants

import (
	"slices"
	"strings"
	"sync"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// replayMutants take what was made for one place at another.
func replayMutants() []vary.Variant {
	profiles := []string{"gateway", "ecs"}
	return []vary.Variant{
		{Name: "nonce-by-address", Clause: "NONCE-1", Profiles: profiles, Description: "remembers at each address of its balancer only the nonces that came there",
			Apply: nonceStands(func(c *server.Call) string { return c.Local })},
		{Name: "nonces-of-the-second-address", Clause: "NONCE-1", Profiles: profiles, Description: "does not look nonces up at any address but its first",
			Apply: func(s *server.Server) {
				s.NonceOf = func(c *server.Call) string {
					if c.Local != "" && !strings.HasPrefix(c.Local, "127.0.0.1:") {
						return c.Value("SignatureNonce") + "\x00" + server.NewUUID()
					}
					return c.Value("SignatureNonce")
				}
			}},
		{Name: "host-unsigned", Clause: "SIGN-2", Styles: vary.ACS3Only, Description: "takes its own address for the Host that was signed",
			Apply: verifies(func(_ *server.Server, c *server.Call, signature string) bool {
				of := *c
				of.Authority = c.Local
				return signature == of.Signature(of.Method, of.Params())
			})},
		{Name: "host-of-the-neighbours", Clause: "SIGN-2", Styles: vary.ACS3Only, Description: "takes a signature for any address of its balancer",
			Apply: verifies(func(s *server.Server, c *server.Call, signature string) bool {
				return slices.ContainsFunc(s.Behind, func(address string) bool {
					of := *c
					of.Authority = address + c.Local[strings.LastIndexByte(c.Local, ':'):]
					return signature == of.Signature(of.Method, of.Params())
				})
			})},
		{Name: "region-unsigned", Clause: "SIGN-2", Description: "takes a signature that was made for another of its regions", Apply: verifies(anyRegion)},
	}
}

// anyRegion reports whether the signature is right for the same call in another region that the server has.
func anyRegion(_ *server.Server, c *server.Call, signature string) bool {
	for _, region := range server.Regions {
		of := c.Copy()
		if of.Header.Get("X-Acs-Region-Id") != "" {
			of.Header.Set("X-Acs-Region-Id", region)
		}
		for _, list := range [][]sign.Param{of.Query, of.Form} {
			for i := range list {
				if list[i].Name == "RegionId" && slices.Contains(server.Regions, list[i].Value) {
					list[i].Value = region
				}
			}
		}
		if c.Style == schemas.ACS3 && len(of.Form) > 0 {
			of.Body = []byte(sign.Encode(of.Form))
			of.Header.Set("X-Acs-Content-Sha256", sign.ContentSHA256(of.Body))
		}
		if signature == of.Signature(of.Method, of.Params()) {
			return true
		}
	}
	return false
}

// retriedMutants are wrong to a client that tries again what was throttled.
func retriedMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "nonces-used-once-throttled", Clause: "NONCE-3", Profiles: []string{"gateway", "ecs"}, Description: "throttles a key's first call by token, and takes the fresh nonce of the next try for used",
			Apply: throttlesOnce},
	}
}

// throttlesOnce throttles the first call with a right SecurityToken of each method and format, and refuses the next one as a
// nonce used again.
func throttlesOnce(s *server.Server) {
	var mu sync.Mutex
	calls := map[string]int{}
	vary.Precedes("nonce", func(_ *server.Server, c *server.Call) *server.Fault {
		if c.Value("SecurityToken") == "" || !strings.Contains(c.Header.Get("User-Agent"), "(case token-sound)") {
			return nil
		}
		mu.Lock()
		defer mu.Unlock()
		of := c.Method + string(c.Format)
		switch calls[of]++; calls[of] {
		case 1:
			return &server.Fault{Condition: server.Throttled}
		case 2:
			return &server.Fault{Condition: server.NonceReused, Parameter: "SignatureNonce"}
		}
		return nil
	})(s)
}

// loadMutants are wrong only where they throttle.
func loadMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "throttles-with-a-page", Clause: "ERROR-1", Description: "takes 400 calls a second and answers a page of HTML to more",
			Apply: vary.Limit{PerSecond: 400, Burst: 10, Status: 503}.Apply},
	}
}
