package suites

import (
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// hostilePlaces are hostile values in places that every style has: Format, the call's own parameters, header fields that
// servers repeat. A server may serve a value that it does not look at.
func hostilePlaces(markup, lineBreak string) []Case {
	inFormat := func(name, value string) Case {
		return mayServe(Methods, echoed(name, value, Set("Format", value)))
	}
	inOwn := func(name, value string) Case { return mayServe(InTurns, echoed(name, value, OwnParameter(value))) }
	inHeader := func(name, field, value string) Case {
		return mayServe(InTurns, echoed(name, value, Header(field, value)))
	}
	onWire := func(name, line string) Case {
		return mayServe(Once, Case{Name: namedAbove(name), Echo: line, Raw: []ByteEdit{withHeader(line)}})
	}
	return []Case{
		inFormat("markup-in-format", markup),
		inFormat("quotes-in-format", `"},{"Code":"OK`),
		inFormat("line-break-in-format", lineBreak),
		inFormat("nul-in-format", "JSON\x00"),
		inFormat("8-kib-in-format", strings.Repeat("A", 8<<10)),

		staying("the first parameter of the call need not be RegionId, which markup-in-region-id breaks", inOwn("markup-in-parameter", markup)),
		inOwn("quotes-in-parameter", `"},{"Code":"OK`),
		staying("the first parameter of the call need not be RegionId, which line-break-in-region breaks", inOwn("line-break-in-parameter", lineBreak)),
		inOwn("control-characters-in-parameter", "a\x00b\x01c\x1b[31m"),
		staying("bytes that no form of UTF-8 has; some decoders let surrogates and overlong forms through and not these", inOwn("invalid-utf-8-in-parameter", "\xff\xfe\xc3\x28")),
		inOwn("overlong-utf-8-in-parameter", "\xc0\xaf\xe0\x80\xaf"),
		inOwn("surrogates-in-parameter", "\xed\xa0\x80\xed\xb0\x80"),
		inOwn("8-kib-in-parameter", strings.Repeat("A", 8<<10)),

		inEither("signs-in-the-first-and-last-parameter", "a\tb<c>&\"'\\\x01"),
		inEither("letters-in-the-first-and-last-parameter", "caf\u00e9 \U0001f600"),

		inHeader("markup-in-x-request-id", "X-Request-Id", markup),
		inHeader("quotes-in-x-request-id", "X-Request-Id", `"},{"Code":"OK`),
		inHeader("markup-in-accept-language", "Accept-Language", markup),
		inHeader("markup-in-host", "host", "a&'b'.example.test"),
		onWire("bare-line-break-in-x-request-id", "X-Request-Id: acsconform\r"+injected+": yes"),
		onWire("folded-x-request-id", "X-Request-Id: acsconform\r\n "+injected+": yes"),

		// Bodies that no style rpc has. In the other styles a call may have one, and a server may pass over it.
		otherBody("json-broken", "JSON without its end", "application/json", `{"RegionId":`),
		otherBody("json-in-depth", "JSON of 2,000 lists in each other", "application/json", strings.Repeat("[", 2000)+strings.Repeat("]", 2000)),
		otherBody("json-with-a-repeated-member", "JSON with a member twice", "application/json", `{"RegionId":"a","RegionId":"<b>"}`),
		otherBody("multipart-body", "a multipart body", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"RegionId\"\r\n\r\nb\r\n--x--\r\n"),

		mayServe(Methods, Case{Name: named("action-header-twice"), Styles: acs3Only, Except: "action-twice is the same in style rpc, and style roa names no Action",
			Raw: []ByteEdit{withHeader("x-acs-action: AcsconformNoSuchAction")}}),
		{Name: named("bearer-token-made-up"), Condition: Hostile, Spread: Methods, Change: []Change{BearerToken()}, AfterSigning: []Change{Drop("Signature"), Drop("AccessKeyId")},
			Description: "SignatureType BEARERTOKEN with a made-up BearerToken, without key and signature", KeepReason: "no document knows bearer tokens: it is sent to see that it is refused like anything else"},
	}
}

// mayServe is a case of hostile input that a server may serve.
func mayServe(spread Spread, c Case) Case {
	c.Condition, c.MayServe, c.Spread = Hostile, true, spread
	return c
}

// echoed is a case whose value a server may repeat in its answer.
func echoed(name, value string, change Change) Case {
	return Case{Name: place(name, 3), Echo: value, Change: []Change{change}}
}

// inEither is a case of a value in the first of the call's own parameters and then in the last: which of them an answer
// repeats is not known.
func inEither(name, value string) Case {
	return mayServe(InTurns, Case{Name: namedAbove(name), Echo: value, Steps: []Step{{Change: []Change{OwnParameter(value)}}, {Change: []Change{lastParameter(value)}}}})
}

// lastParameter puts a value into the last of the call's own parameters, or adds one where it has none.
func lastParameter(value string) Change {
	return Change{"with " + short(value) + " in the last parameter of the call's own", func(d *Draft) {
		if n := len(d.Own); n > 0 {
			d.Own[n-1].Value = value
			return
		}
		d.set(spareParameter, value)
	}}
}

// otherBody is a case of a body that the call does not have, signed as it is sent.
func otherBody(name, says, contentType, text string) Case {
	return mayServe(Once, Case{Name: namedAbove(name), Styles: headerStyles, RequiresMethods: []string{"POST"}, Echo: text,
		Except: "in style rpc json-for-a-form and multipart-for-a-form are such bodies, and a body goes by POST",
		Change: []Change{Method("POST"), Body(says, contentType, text)}})
}

// OwnParameter puts a value into the first of the call's own parameters, or adds one where it has none.
func OwnParameter(value string) Change {
	return Change{"with " + short(value) + " in a parameter of the call's own", func(d *Draft) {
		if len(d.Own) > 0 {
			d.Own[0].Value = value
			return
		}
		d.set(spareParameter, value)
	}}
}

// BearerToken names a kind of signature that no document of the convention knows, in the place where the style names it.
func BearerToken() Change {
	const token = "acsconform-made-up-bearer-token"
	return Change{"with a made-up BearerToken", func(d *Draft) {
		if d.Style == schemas.RPC {
			d.set("SignatureType", "BEARERTOKEN")
			d.set("BearerToken", token)
			return
		}
		d.Header.Set("x-acs-signature-type", "BEARERTOKEN")
		d.Header.Set("x-acs-bearer-token", token)
	}}
}

// inQuery edits the query of the request target, which may have none yet.
func inQuery(says, more string) ByteEdit {
	return target(says, func(t string) string {
		if strings.Contains(t, "?") {
			return t + "&" + more
		}
		return t + "?" + more
	})
}
