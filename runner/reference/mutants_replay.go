package reference

import (
	"slices"
	"strings"
	"sync"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// replayMutants take what was made for one place at another.
func replayMutants() []Variant {
	profiles := []string{"gateway", "ecs"}
	return []Variant{
		{Name: "nonce-by-address", Clause: "NONCE-1", Profiles: profiles, Description: "remembers at each address of its balancer only the nonces that came there",
			apply: nonceStands(func(c *call) string { return c.local })},
		{Name: "nonces-of-the-second-address", Clause: "NONCE-1", Profiles: profiles, Description: "does not look nonces up at any address but its first",
			apply: func(s *Server) {
				s.NonceOf = func(c *call) string {
					if c.local != "" && !strings.HasPrefix(c.local, "127.0.0.1:") {
						return c.value("SignatureNonce") + "\x00" + newUUID()
					}
					return c.value("SignatureNonce")
				}
			}},
		{Name: "host-unsigned", Clause: "SIGN-2", Styles: acs3Only, Description: "takes its own address for the Host that was signed",
			apply: verifies(func(_ *Server, c *call, signature string) bool {
				of := *c
				of.authority = c.local
				return signature == of.signature(of.method, of.params())
			})},
		{Name: "host-of-the-neighbours", Clause: "SIGN-2", Styles: acs3Only, Description: "takes a signature for any address of its balancer",
			apply: verifies(func(s *Server, c *call, signature string) bool {
				return slices.ContainsFunc(s.Behind, func(address string) bool {
					of := *c
					of.authority = address + c.local[strings.LastIndexByte(c.local, ':'):]
					return signature == of.signature(of.method, of.params())
				})
			})},
		{Name: "region-unsigned", Clause: "SIGN-2", Description: "takes a signature that was made for another of its regions", apply: verifies(anyRegion)},
	}
}

// anyRegion reports whether the signature is right for the same call in another region that the server has.
func anyRegion(_ *Server, c *call, signature string) bool {
	for _, region := range regions {
		of := c.Copy()
		if of.header.Get("X-Acs-Region-Id") != "" {
			of.header.Set("X-Acs-Region-Id", region)
		}
		for _, list := range [][]sign.Param{of.query, of.form} {
			for i := range list {
				if list[i].Name == "RegionId" && slices.Contains(regions, list[i].Value) {
					list[i].Value = region
				}
			}
		}
		if c.style == schemas.ACS3 && len(of.form) > 0 {
			of.body = []byte(formOf(of.form))
			of.header.Set("X-Acs-Content-Sha256", sign.ContentSHA256(of.body))
		}
		if signature == of.signature(of.method, of.params()) {
			return true
		}
	}
	return false
}

func formOf(params []sign.Param) string {
	pairs := make([]string, len(params))
	for i, p := range params {
		pairs[i] = sign.PercentEncode(p.Name) + "=" + sign.PercentEncode(p.Value)
	}
	return strings.Join(pairs, "&")
}

// retriedMutants are wrong to a client that tries again what was throttled.
func retriedMutants() []Variant {
	return []Variant{
		{Name: "nonces-used-once-throttled", Clause: "NONCE-3", Profiles: []string{"gateway", "ecs"}, Description: "throttles a key's first call by token, and takes the fresh nonce of the next try for used",
			apply: throttlesOnce},
	}
}

// throttlesOnce throttles the first call with a right SecurityToken of each method and format, and refuses the next one as a
// nonce used again.
func throttlesOnce(s *Server) {
	var mu sync.Mutex
	calls := map[string]int{}
	precedes("nonce", func(_ *Server, c *call) *fault {
		if c.value("SecurityToken") == "" || !strings.Contains(c.header.Get("User-Agent"), "(case token-sound)") {
			return nil
		}
		mu.Lock()
		defer mu.Unlock()
		of := c.method + string(c.format)
		switch calls[of]++; calls[of] {
		case 1:
			return &fault{condition: throttled}
		case 2:
			return &fault{condition: nonceReused, parameter: "SignatureNonce"}
		}
		return nil
	})(s)
}

// loadMutants are wrong only where they throttle.
func loadMutants() []Variant {
	return []Variant{
		{Name: "throttles-with-a-page", Clause: "ERROR-1", Description: "takes 400 calls a second and answers a page of HTML to more",
			apply: Limit{PerSecond: 400, Burst: 10, Status: 503}.apply},
	}
}
