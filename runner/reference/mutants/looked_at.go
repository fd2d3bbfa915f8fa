package mutants

import (
	"bytes"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
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
