package reference

import (
	"bytes"
	"slices"
	"strings"
)

// lookedAtMutants repeat a public parameter as it came, or have a page for one that is odd.
func lookedAtMutants() []Variant {
	var list []Variant
	markup := func(text string) bool { return strings.Contains(text, "</") }
	repeated := func(name, says string, of func(*call) string) Variant {
		return Variant{Name: name, Clause: "ROBUST-3", Profiles: ecsOnly, Description: says, apply: writes(func(c *call, out *sent) {
			if text := of(c); markup(text) {
				out.repeat(text)
			}
		})}
	}
	header := func(name string) func(*call) string {
		return func(c *call) string { return c.header.Get(name) }
	}
	for _, p := range []struct{ parameter, name string }{{"SignatureNonce", "nonces"}, {"SignatureVersion", "signature-versions"}, {"SecurityToken", "tokens"}, {"Signature", "signatures"}} {
		v := repeated(p.name+"-unescaped", "repeats a "+p.parameter+" as it came", func(c *call) string { return c.value(p.parameter) })
		if p.parameter == "SignatureVersion" {
			v.Styles = rpcOnly
		}
		list = append(list, v)
	}
	list = append(list,
		repeated("user-agents-unescaped", "repeats a User-Agent as it came", header("User-Agent")),
		repeated("content-types-unescaped", "repeats a Content-Type as it came", header("Content-Type")),
		repeated("referers-unescaped", "repeats a Referer as it came", header("Referer")))
	list = append(list, Variant{Name: "methods-unescaped", Clause: "ROBUST-3", Profiles: ecsOnly, Description: "repeats a method as it came", apply: writes(func(c *call, out *sent) {
		if strings.Contains(c.method, "&") {
			out.repeat(c.method)
		}
	})},
		Variant{Name: "version-in-a-header", Clause: "ROBUST-3", Profiles: ecsOnly, Styles: rpcOnly, Description: "writes the Version into a header as it came", apply: intoHeader(func(c *call) string { return c.own("Version") })},
		Variant{Name: "names-in-a-header", Clause: "ROBUST-3", Profiles: ecsOnly, Description: "writes the names of parameters into a header as they came", apply: intoHeader(func(c *call) string {
			for _, p := range c.params() {
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
			list = append(list, Variant{Name: "page-for-nul-in-" + p.name, Clause: "ROBUST-1", Profiles: ecsOnly, Styles: rpcOnly, Description: "has a page for a NUL in " + p.parameter,
				apply: page(500, func(c *call, _ *sent) bool { return strings.HasSuffix(c.own(p.parameter), "acsconform\x00") })})
		}
		list = append(list, Variant{Name: "page-for-long-" + p.name, Clause: "ROBUST-1", Profiles: ecsOnly, Styles: rpcOnly, Description: "has a page for a " + p.parameter + " of 4 KiB",
			apply: page(500, func(c *call, _ *sent) bool {
				return len(c.own(p.parameter)) >= maxValue && strings.Contains(c.own(p.parameter), "é")
			})})
	}
	return append(list, Variant{Name: "page-for-long-signature", Clause: "ROBUST-1", Profiles: ecsOnly, Description: "has a page for a Signature of 4 KiB",
		apply: page(500, func(c *call, _ *sent) bool { return len(c.value("Signature")) >= maxValue })})
}

// fieldMutants have a page for something of HTTP that is not of the convention.
func fieldMutants() []Variant {
	pageFor := func(name, says string, such func(*call) bool) Variant {
		return Variant{Name: "page-for-" + name, Clause: "ROBUST-1", Profiles: ecsOnly, Description: "has a page for " + says, apply: page(400, func(c *call, _ *sent) bool { return such(c) })}
	}
	field := func(name, says, header, value string) Variant {
		return pageFor(name, says, func(c *call) bool { return strings.Contains(c.header.Get(header), value) })
	}
	head := func(name, says, text string) Variant {
		return pageFor(name, says, func(c *call) bool { return bytes.Contains(c.head(), []byte(text)) })
	}
	list := []Variant{
		field("a-range", "a Range", "Range", "bytes"),
		field("an-origin", "an Origin that it does not know", "Origin", "https://"),
		field("a-long-cookie", "a cookie of 8 KiB", "Cookie", strings.Repeat("a", 4<<10)),
		field("a-language", "a language that it does not speak", "Accept-Language", "tlh"),
		head("a-websocket", "a client that offers to go on as a web socket", "Upgrade: websocket"),
		head("a-semicolon", "a semicolon in the query", "=a;b"),
		head("brackets", "brackets in a name", "[]="),
		head("an-empty-name", "a parameter without a name", "&=1&"),
		head("a-whole-target", "a request target with its host", " http://"),
		pageFor("a-body-by-get", "a body that came by GET", func(c *call) bool { return c.method == "GET" && string(c.body) == "acsconform" }),
	}
	auth := []Variant{
		field("another-authorization", "an Authorization of another kind", "Authorization", "Basic "),
		pageFor("half-an-authorization", "an Authorization that has no parts", func(c *call) bool { return c.header.Get("Authorization") == "acs" }),
		field("markup-in-credential", "markup in Authorization", "Authorization", "</a>"),
	}
	for i := range auth {
		auth[i].Styles = acs3Only
	}
	list[len(list)-1].Styles = rpcOnly
	return slices.Concat(list, auth)
}
