package mutants

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/suites/sign"
)

// lookedAtMutants repeat a public parameter as it came, or have a page for one that is odd.
func lookedAtMutants() []vary.Variant {
	var list []vary.Variant
	markup := func(text string) bool { return strings.Contains(text, "</") }
	repeated := func(name, says string, of func(*server.Call) string) vary.Variant {
		return vary.Variant{Name: name, Clause: "ROBUST-3", Profiles: vary.ECSOnly, Description: says, Apply: vary.Writes(func(c *server.Call, out *server.Sent) {
			if text := of(c); markup(text) {
				repeat(out, text)
			}
		})}
	}
	header := func(name string) func(*server.Call) string {
		return func(c *server.Call) string { return c.Header.Get(name) }
	}
	for _, p := range []struct{ parameter, name string }{{"SignatureNonce", "nonces"}, {"SignatureVersion", "signature-versions"}, {"SecurityToken", "tokens"}, {"Signature", "signatures"}} {
		v := repeated(p.name+"-unescaped", "repeats a "+p.parameter+" as it came", func(c *server.Call) string { return c.Value(p.parameter) })
		if p.parameter == "SignatureVersion" {
			v.Styles = vary.RPCOnly
		}
		list = append(list, v)
	}
	list = append(list,
		repeated("user-agents-unescaped", "repeats a User-Agent as it came", header("User-Agent")),
		repeated("content-types-unescaped", "repeats a Content-Type as it came", header("Content-Type")),
		repeated("referers-unescaped", "repeats a Referer as it came", header("Referer")))
	list = append(list, vary.Variant{Name: "methods-unescaped", Clause: "ROBUST-3", Profiles: vary.ECSOnly, Description: "repeats a method as it came", Apply: vary.Writes(func(c *server.Call, out *server.Sent) {
		if strings.Contains(c.Method, "&") {
			repeat(out, c.Method)
		}
	})},
		vary.Variant{Name: "version-in-a-header", Clause: "ROBUST-3", Profiles: vary.ECSOnly, Styles: vary.RPCOnly, Description: "writes the Version into a header as it came", Apply: intoHeader("X-Acs-Echo", func(c *server.Call) string { return c.Param("Version") })},
		vary.Variant{Name: "names-in-a-header", Clause: "ROBUST-3", Profiles: vary.ECSOnly, Description: "writes the names of parameters into a header as they came", Apply: intoHeader("X-Acs-Echo", func(c *server.Call) string {
			for _, p := range c.Params() {
				if strings.Contains(p.Name, "\r\n") {
					return p.Name
				}
			}
			return ""
		})})
	for _, p := range []struct{ parameter, name string }{
		{"Version", "version"}, {"AccessKeyId", "key"}, {"Timestamp", "timestamp"}, {"SignatureNonce", "nonce"}, {"SignatureMethod", "signature-method"},
		{"SignatureVersion", "signature-version"}, {"SecurityToken", "token"}, {"RegionId", "region"},
	} {
		if p.parameter != "Version" {
			list = append(list, vary.Variant{Name: "page-for-nul-in-" + p.name, Clause: "ROBUST-1", Profiles: vary.ECSOnly, Styles: vary.RPCOnly, Description: "has a page for a NUL in " + p.parameter,
				Apply: page(500, func(c *server.Call, _ *server.Sent) bool {
					return strings.HasSuffix(c.Param(p.parameter), "acsconform\x00")
				})})
		}
		list = append(list, vary.Variant{Name: "page-for-long-" + p.name, Clause: "ROBUST-1", Profiles: vary.ECSOnly, Styles: vary.RPCOnly, Description: "has a page for a " + p.parameter + " of 4 KiB",
			Apply: page(500, func(c *server.Call, _ *server.Sent) bool {
				return len(c.Param(p.parameter)) >= server.MaxValue && strings.Contains(c.Param(p.parameter), "é")
			})})
	}
	return append(list, vary.Variant{Name: "page-for-long-signature", Clause: "ROBUST-1", Profiles: vary.ECSOnly, Description: "has a page for a Signature of 4 KiB",
		Apply: page(500, func(c *server.Call, _ *server.Sent) bool { return len(c.Value("Signature")) >= server.MaxValue })})
}

// fieldMutants have a page for something of HTTP that is not of the convention.
func fieldMutants() []vary.Variant {
	pageFor := func(name, says string, such func(*server.Call) bool) vary.Variant {
		return vary.Variant{Name: "page-for-" + name, Clause: "ROBUST-1", Profiles: vary.ECSOnly, Description: "has a page for " + says, Apply: page(400, func(c *server.Call, _ *server.Sent) bool { return such(c) })}
	}
	field := func(name, says, header, value string) vary.Variant {
		return pageFor(name, says, func(c *server.Call) bool { return strings.Contains(c.Header.Get(header), value) })
	}
	head := func(name, says, text string) vary.Variant {
		return pageFor(name, says, func(c *server.Call) bool { return bytes.Contains(c.Head(), []byte(text)) })
	}
	list := []vary.Variant{
		field("an-origin", "an Origin that it does not know", "Origin", "https://"),
		field("a-long-cookie", "a cookie of 6 KiB", "Cookie", strings.Repeat("a", 4<<10)),
		field("a-language", "a language that it does not speak", "Accept-Language", "tlh"),
		head("a-websocket", "a client that offers to go on as a web socket", "Upgrade: websocket"),
		head("a-semicolon", "a semicolon in the query", "=a;b"),
		head("brackets", "brackets in a name", "[]="),
		head("an-empty-name", "a parameter without a name", "&=1&"),
		head("a-whole-target", "a request target with its host", " http://"),
		pageFor("a-body-by-get", "a body that came by GET", func(c *server.Call) bool { return c.Method == "GET" && string(c.Body) == "acsconform" }),
	}
	auth := []vary.Variant{
		field("another-authorization", "an Authorization of another kind", "Authorization", "Basic "),
		pageFor("half-an-authorization", "an Authorization that has no parts", func(c *server.Call) bool { return c.Header.Get("Authorization") == "acs" }),
		field("markup-in-credential", "markup in Authorization", "Authorization", "</a>"),
	}
	for i := range auth {
		auth[i].Styles = vary.ACS3Only
	}
	list[len(list)-1].Styles = vary.RPCOnly
	return slices.Concat(list, auth)
}

// partlySignedMutants drop names or parts of values before they sign, where the signature is not that of the whole.
func partlySignedMutants() []vary.Variant {
	partly := func(name, says string, edit func([]sign.Param) []sign.Param) vary.Variant {
		return vary.Variant{Name: name, Clause: "SIGN-2", Styles: vary.RPCOnly, Description: says, Apply: verifies(func(_ *server.Server, c *server.Call, signature string) bool {
			as := *c
			as.Query, as.Form = edit(slices.Clone(c.Query)), edit(slices.Clone(c.Form))
			return signature == as.Signature(as.Method, as.Params())
		})}
	}
	without := func(name, says, expression string) vary.Variant {
		names := regexp.MustCompile(expression)
		return partly(name, says, func(list []sign.Param) []sign.Param {
			return slices.DeleteFunc(list, func(p sign.Param) bool { return names.MatchString(p.Name) })
		})
	}
	values := func(name, says string, of func(string) string) vary.Variant {
		return partly(name, says, func(list []sign.Param) []sign.Param {
			for i := range list {
				list[i].Value = of(list[i].Value)
			}
			return list
		})
	}
	return []vary.Variant{
		without("names-with-dots-unsigned", "leaves names with a dot out of the signature", `^Tag\.`),
		without("names-with-signs-unsigned", "leaves names with an underscore or brackets out of the signature", `[_\[]`),
		without("names-in-small-letters-unsigned", "leaves names that begin with a small letter out of the signature", `^[a-z]+$`),
		values("blanks-unsigned", "trims values before it signs, where the signature is not that of the whole value", func(v string) string { return strings.Trim(v, " ") }),
		values("letters-beyond-ascii-unsigned", "drops letters beyond ASCII before it signs, where the signature is not that of the whole value", func(v string) string {
			return strings.Map(func(c rune) rune {
				if c > 127 {
					return -1
				}
				return c
			}, v)
		}),
	}
}

// rememberingMutants remember too much, or too little.
func rememberingMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "short-nonces-not-kept", Clause: "NONCE-1", Profiles: []string{"gateway", "ecs"}, Description: "keeps no nonce of less than 16 characters",
			Apply: acceptsCalls(server.NonceReused, func(c *server.Call) bool { return len(c.Value("SignatureNonce")) < 16 })},
		{Name: "signatures-remembered", Clause: "SIGN-2", Description: "verifies no signature that it has found right before", Apply: func(s *server.Server) {
			var right sync.Map
			old := s.Verify
			s.Verify = func(c *server.Call, signature string) bool {
				if _, seen := right.Load(signature); seen {
					return true
				}
				ok := old(c, signature)
				if ok {
					right.Store(signature, true)
				}
				return ok
			}
		}},
		{Name: "posts-without-a-body-unverified", Clause: "SIGN-1", Styles: vary.RPCOnly, Description: "verifies the signature of a POST only where it has a form",
			Apply: verifies(func(_ *server.Server, c *server.Call, _ string) bool { return c.Method == "POST" && len(c.Form) == 0 })},
		{Name: "client-token-by-names", Clause: "IDEMPOTENT-1", Profiles: vary.ECSOnly, Description: "compares only the names of the parameters that a ClientToken stands for",
			Apply: acceptsCalls(server.ClientTokenMismatch, func(c *server.Call) bool {
				return slices.ContainsFunc(c.Params(), func(p sign.Param) bool {
					return !slices.Contains(server.PublicNames, p.Name) && strings.HasSuffix(p.Value, "2")
				})
			})},
		{Name: "owner-id-as-far-as-it-is-a-number", Clause: "OWNER-1", Profiles: vary.ECSOnly, Description: "reads an OwnerId as far as it is a number",
			Apply: acceptsCalls(server.InvalidOwnerID, func(c *server.Call) bool { return strings.HasPrefix(c.Param("OwnerId"), "1234567890123456") })},
	}
}
