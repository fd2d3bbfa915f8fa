package suites

import (
	"slices"
	"strings"
	"time"
)

// hostilePublic are hostile values in public parameters, names and header fields that other cases send sound: whatever
// reads one of them before the call is known may fail on it.
func hostilePublic(markup, lineBreak string) []Case {
	var cases []Case
	put := func(name, parameter, value string, form func(*Case)) {
		change := Set(parameter, value)
		if parameter == "SignatureNonce" { // each has to be a fresh one
			change = Change{change.Description + " behind a fresh one", func(d *Draft) { d.set(parameter, d.Nonce+value) }}
		}
		c := mayServe(InTurns, inBoth(echoed(name, value, change)))
		form(&c)
		cases = append(cases, c)
	}
	everywhere := func(*Case) {}
	methods := func(c *Case) { c.Styles = withMethodParameters }
	byRPC := func(c *Case) { c.Styles, c.Except = rpcOnly, notInHeaders }
	long := strings.Repeat("é", 2<<10)
	put("markup-in-signature-nonce", "SignatureNonce", markup, everywhere)
	put("markup-in-signature-version", "SignatureVersion", markup, methods)
	put("markup-in-region-id", "RegionId", markup, everywhere)
	put("markup-in-security-token", "SecurityToken", markup, everywhere)
	put("4-kib-in-version", "Version", long, byRPC)
	for _, name := range []string{"AccessKeyId", "Timestamp", "SignatureNonce", "SignatureMethod", "SignatureVersion", "SecurityToken", "RegionId"} {
		put("nul-in-"+kebab(name), name, "acsconform\x00", byRPC)
		put("4-kib-in-"+kebab(name), name, long, byRPC)
	}
	header := func(name, field, value string) Case {
		return mayServe(Once, inBoth(Case{Name: namedAbove(name), Echo: value, Change: []Change{Header(field, value)}}))
	}
	after := func(name, value string) Case {
		return Case{Name: namedAbove(name), Condition: Hostile, Spread: InTurns, Echo: value, AfterSigning: []Change{Set("Signature", value)}}
	}
	return append(cases,
		after("markup-in-signature", markup),
		after("4-kib-in-signature", strings.Repeat("A", 4<<10)),
		byRPCAlone("line-break-in-version", lineBreak, Set("Version", lineBreak)),
		mayServe(InTurns, Case{Name: named("line-break-in-a-name"), Echo: lineBreak, Change: []Change{Set(lineBreak, "1")}}),
		mayServe(Once, Case{Name: named("names-nobody-has"), Steps: []Step{
			{Change: []Change{Set("Acs\x00conform", "1")}}, {Change: []Change{Set("Acs\xff\xfeconform", "1")}}, {Change: []Change{Set(strings.Repeat("Acs", 1<<10), "1")}}}}),
		header("markup-in-user-agent", "User-Agent", markup),
		header("markup-in-content-type", "Content-Type", "text/plain; a="+markup),
		header("markup-in-referer", "Referer", markup),
		header("if-none-match", "If-None-Match", `"acsconform"`),
		header("origin", "Origin", "https://acsconform.example.com"),
		header("cookie-of-6-kib", "Cookie", "acsconform="+strings.Repeat("a", 6<<10)),
		header("accept-language-nobody-speaks", "Accept-Language", "tlh"),
		mayServe(Once, Case{Name: named("websocket-offered"), Raw: []ByteEdit{withHeader("Upgrade: websocket")}}),
		mayServe(Once, Case{Name: named("get-with-a-body"), RequiresMethods: []string{"GET"}, Styles: rpcOnly, Except: "the other styles compare a body with its digest", Change: []Change{Method("GET"), Body("a body", "text/plain", "acsconform")}}),
		mayServe(Once, Case{Name: named("semicolon-in-query"), Raw: []ByteEdit{inQuery("a semicolon in the query", "Acsconform=a;b")}}),
		mayServe(Once, Case{Name: named("brackets-in-a-name"), Raw: []ByteEdit{inQuery("brackets in a name", "Acsconform[]=1&Acsconform[a]=2")}}),
		mayServe(Once, Case{Name: named("name-empty"), Raw: []ByteEdit{inQuery("an empty name", "=1&&")}}),
		mayServe(Once, Case{Name: named("absolute-target"), Raw: []ByteEdit{absolute()}}),
		Case{Name: named("percent-encoding-broken-in-a-form"), Condition: Hostile, Except: "a form goes by POST in style rpc", Spread: Once, Styles: rpcOnly, RequiresMethods: []string{"POST"}, Change: []Change{Method("POST")}, AfterSigning: []Change{brokenForm()}},
		Case{Name: named("ampersand-in-method"), Condition: Hostile, Spread: Formats, Except: "the method is what is tried", Echo: "A&B'C", Change: []Change{Method("A&B'C")}},
		Case{Name: named("authorization-of-another-kind"), Condition: Hostile, Spread: Methods, Styles: headerStyles, Raw: []ByteEdit{withoutHeader("Authorization"), withHeader("Authorization: Basic YWNzY29uZm9ybTphY3Njb25mb3Jt")}},
		Case{Name: named("authorization-without-its-parts"), Condition: Hostile, Spread: Methods, Styles: headerStyles, Raw: []ByteEdit{withoutHeader("Authorization"), withHeader("Authorization: acs")}},
		Case{Name: named("credential-with-markup"), KeepReason: "in style acs3 the one place for a hostile AccessKeyId", Condition: Hostile, Spread: Methods, Styles: headerStyles, Echo: markup, Raw: []ByteEdit{withoutHeader("Authorization"), withHeader("Authorization: ACS3-HMAC-SHA256 Credential=" + markup + ",SignedHeaders=,,=;,Signature")}},
	)
}

// inBoth sends what may be echoed in a call that may be served, in one that lacks something, and in one that is stale: not
// every refusal is written in one place.
func inBoth(c Case) Case {
	if strings.ContainsAny(c.Echo, "<\"") {
		c.Steps = []Step{{Change: c.Change}, {Change: append(slices.Clone(c.Change), Drop("Version"))}, {Change: append(slices.Clone(c.Change), Age(48*time.Hour))}}
		c.Change = nil
	}
	return c
}

// byRPCAlone is a hostile value that no header field can hold.
func byRPCAlone(name, value string, change Change) Case {
	c := mayServe(InTurns, Case{Name: namedAbove(name), Echo: value, Change: []Change{change}})
	c.Styles, c.Except = rpcOnly, notInHeaders
	return c
}

// absolute writes the request target in the form for proxies, which a server has to take (RFC 9112, 3.2.2).
func absolute() ByteEdit {
	return ByteEdit{Description: "the request target in absolute form", Do: func(raw []byte) []byte {
		_, host, _ := strings.Cut(string(raw), "\r\nHost: ")
		host, _, _ = strings.Cut(host, "\r\n")
		return target("", func(t string) string { return "http://" + host + t }).Do(raw)
	}}
}
