package oddities

import (
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/suites/sign"
)

// laterOddities look at Accept, at Format and at nonces in another place than others do, or tell of them in another way.
func laterOddities() []vary.Variant {
	nonces := []string{"gateway", "ecs"}
	return []vary.Variant{
		{Name: "accept-last", Profiles: vary.GatewayOnly, Description: "looks at Accept once the call is about to run", Apply: moves("accept", "business")},
		{Name: "accept-told-by-406", Profiles: vary.GatewayOnly, Description: "answers an Accept that it does not serve with 406, and says that its answers vary by Accept",
			Apply: vary.Both(vary.RefusalsFor(server.AcceptUnsupported, func(_ *server.Server, _ *server.Call, r *server.Reply) {
				r.SetStatus(http.StatusNotAcceptable)
			}), vary.SetsHeader("Vary", "Accept"))},
		{Name: "accept-and-format-after-the-result", Profiles: vary.GatewayOnly, Description: "runs a call before it finds that it cannot write the result as Accept or Format wants it",
			Apply: vary.Both(movesBehind("accept", "business"), movesBehind("format", "business"))},
		{Name: "format-last", Description: "looks at Format once the call is about to run", Apply: moves("format", "business")},
		{Name: "calls-with-a-body-apart", Profiles: vary.GatewayOnly, Styles: vary.ROAOnly, Description: "looks at route, key and signature of a call with a body before anything else", Apply: apart},
		{Name: "nonces-before-signatures", Profiles: nonces, Description: "uses up the nonce of a call before it looks at the signature", Apply: moves("nonce", "signature")},
		{Name: "nonces-behind-everything", Profiles: nonces, Description: "looks at the nonce last before a call runs", Apply: moves("nonce", "business")},
		{Name: "replays-known-by-their-bytes", Profiles: nonces, Description: "knows a request again that it has seen to the letter, and says that its nonce was used", Apply: knowsReplays},
	}
}

// movesBehind takes a check out and puts it behind another one.
func movesBehind(name, behind string) vary.Change {
	return func(s *server.Server) {
		i := checkNamed(s, behind)
		moves(name, behind)(s)
		s.Checks[i-1], s.Checks[i] = s.Checks[i], s.Checks[i-1]
	}
}

func checkNamed(s *server.Server, name string) int {
	return slices.IndexFunc(s.Checks, func(k server.Check) bool { return k.Name == name })
}

// apart asks the checks of route, key and signature first where a call has a body.
func apart(s *server.Server) {
	var first []server.Check
	for _, name := range []string{"readable", "key", "token", "digest", "signature", "action"} {
		first = append(first, s.Checks[checkNamed(s, name)])
	}
	vary.Precedes("readable", func(s *server.Server, c *server.Call) *server.Fault {
		if !c.ByPath() || len(c.Body) == 0 {
			return nil
		}
		for _, k := range first {
			if f := k.Objects(s, c); f != nil {
				return f
			}
		}
		return nil
	})(s)
}

// knowsReplays refuses a request that it has served before to the letter.
func knowsReplays(s *server.Server) {
	var seen sync.Map
	letters := func(c *server.Call) string {
		return strings.Join([]string{c.Method, c.Path, sign.Encode(c.Params()), c.Header.Get("Authorization"), string(c.Body)}, "\n")
	}
	vary.Precedes("timestamp", func(_ *server.Server, c *server.Call) *server.Fault {
		if _, again := seen.Load(letters(c)); again {
			return &server.Fault{Condition: server.NonceReused, Parameter: "SignatureNonce"}
		}
		return nil
	})(s)
	vary.Successes(func(_ *server.Server, c *server.Call, _ *server.Reply) { seen.Store(letters(c), true) })(s)
}
