package suites

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// injected is the header that a server would send if it let a line break through.
const injected = "X-Acsconform-Injected"

func hostileChapter() Chapter {
	const markup = `<a href="x">&'b'</a>]]><!--`
	lineBreak := "acsconform\r\n" + injected + ": yes\r\n\r\n<html>"
	return Chapter{Name: "hostile", Rules: []Rule{
		{Name: named("envelope-whatever-comes"), Clause: "ROBUST-1", Behind: []string{"ROUTE-1", "ROUTE-2", "TIME-3", "KEY-1"}, One: envelopeWhateverComes},
		{Name: named("no-bare-hang-up"), Clause: "ROBUST-1", Aside: true, One: noBareHangUp},
		{Name: named("no-hang-up-on-many"), Clause: "ROBUST-1", Kind: schemas.FoundNoAnswer, Aside: true, Case: refusedByHangUp},
		{Name: named("nothing-behind-an-answer"), Clause: "ROBUST-1", Kind: schemas.FoundTrailing, Aside: true, One: nothingBehind},
		{Name: named("hostile-is-4xx"), Clause: "ROBUST-2", Kind: schemas.FoundStatus, One: hostileIs4xx},
		{Name: named("echo-is-escaped"), Clause: "ROBUST-3", Kind: schemas.FoundUnescaped, Echoes: true, One: echoEscaped},
		{Name: named("nothing-of-the-inside"), Clause: "ROBUST-4", Kind: schemas.FoundDisclosure, One: nothingOfTheInside},
	}, Cases: slices.Concat(hostileValues(markup, lineBreak), hostileParameters(), hostileMessages(), hostilePlaces(markup, lineBreak), hostilePublic(markup, lineBreak), methodsOfHTTP())}
}

// hostileValues are texts that a server may repeat, where a parameter, the path or a header field has another.
func hostileValues(markup, lineBreak string) []Case {
	return []Case{
		echo("markup-in-action", "Action", markup, withAction),
		echo("markup-in-version", "Version", markup, nil),
		echo("markup-in-access-key-id", "AccessKeyId", markup, nil),
		echo("markup-in-timestamp", "Timestamp", markup, nil),
		echo("markup-in-signature-method", "SignatureMethod", markup, withMethodParameters),
		echo("quotes-in-action", "Action", `"},{"Code":"OK`, withAction),
		echo("backslash-in-action", "Action", `\u0022\`, withAction),
		echo("line-break-in-action", "Action", lineBreak, rpcOnly),
		staying("gateways read RegionId before the call is known, and other parameters behind it", echo("line-break-in-region", "RegionId", lineBreak, nil)),
		echo("control-characters-in-action", "Action", "a\x00b\x01c\x1b[31m", rpcOnly),
		echo("nul-in-version", "Version", "2014-05-26\x00", rpcOnly),
		echo("invalid-utf-8-in-action", "Action", "\xff\xfe\xc3\x28", rpcOnly),
		echo("overlong-utf-8-in-action", "Action", "\xc0\xaf\xe0\x80\xaf", rpcOnly),
		echo("surrogates-in-action", "Action", "\xed\xa0\x80\xed\xb0\x80", rpcOnly),
		echo("8-kib-in-action", "Action", strings.Repeat("A", 8<<10), withAction),
		echo("format-string-in-action", "Action", "%s%n%x{ParameterName}${jndi:x}", withAction),
		{Name: named("accent-in-action"), Condition: Hostile, Except: "the other styles name the action in a header field or not at all", Spread: Formats, Styles: rpcOnly, Echo: "caf\u00e9", Change: []Change{Set("Action", "caf\u00e9")}},
		{Name: named("character-beyond-16-bits-in-action"), Condition: Hostile, Except: "the other styles name the action in a header field or not at all", Spread: Formats, Styles: rpcOnly, Echo: "\U0001f600", Change: []Change{Set("Action", "\U0001f600")}},
		{Name: named("markup-in-a-name"), Condition: Hostile, Except: "names are read alike in every query", Spread: Formats, Styles: rpcOnly, MayServe: true, Echo: markup, Change: []Change{Set(markup, "1")}},
		{Name: named("markup-in-path"), Condition: Hostile, Spread: InTurns, MayServe: true, Echo: markup, Change: []Change{Path("/acsconform/" + sign.PercentEncode(markup))}},
		{Name: named("markup-in-accept"), Condition: Hostile, Spread: Once, MayServe: true, Echo: markup, Change: []Change{Header("Accept", markup)}},
		{Name: named("ampersand-in-host"), Condition: Hostile, Except: "the host is read before the method is looked at", Clause: "ROBUST-3", Only: true, Spread: Formats, Echo: "a&b", Change: []Change{Header("host", "a&b.example.com"), Drop("Version")}},
		echo("sql-in-action", "Action", "' OR '1'='1'; --", withAction),
	}
}

// hostileParameters are queries and paths that no client makes.
func hostileParameters() []Case {
	return []Case{
		{Name: named("percent-encoding-broken"), Condition: Hostile, Spread: Formats, Raw: []ByteEdit{inQuery("a broken percent-encoding", "Acsconform=%zz%")}},
		{Name: named("request-line-of-64-kib"), Condition: Hostile, Spread: Formats, Raw: []ByteEdit{inQuery("64 KiB more in the request line", "Acsconform="+strings.Repeat("a", 64<<10))}},
		{Name: named("thousand-parameters"), Condition: Hostile, MayServe: true, Spread: Formats, Change: []Change{many(1000)}},
		{Name: named("action-twice"), Condition: Hostile, Except: "action-header-twice is the same in style acs3, and style roa names no Action", Styles: rpcOnly, Change: []Change{Twice("Action", "AcsconformNoSuchAction")}},
		{Name: named("two-formats"), Condition: Hostile, MayServe: true, Spread: Methods, Change: []Change{Twice("Format", "XML"), Twice("Format", "JSON")}, KeepReason: "another parameter twice than action-twice: the answer's own format hangs on this one"},
		{Name: named("action-in-lower-case"), Condition: Hostile, Except: "the other styles name it in a header field, whose name has no case, or in Authorization", MayServe: true, Spread: Formats, Change: []Change{Rename("Action", "action")}, Styles: rpcOnly, KeepReason: "one name in another case, where all-names-in-lower-case leaves none that is known"},
		{Name: named("version-in-upper-case"), Condition: Hostile, Except: "the other styles name it in a header field, whose name has no case, or in Authorization", MayServe: true, Spread: Formats, Change: []Change{Rename("Version", "VERSION")}, Styles: rpcOnly, KeepReason: "another parameter's name than action-in-lower-case: some read Version apart from the rest"},
		{Name: named("access-key-id-renamed"), Condition: Hostile, Except: "the other styles name it in a header field, whose name has no case, or in Authorization", MayServe: true, Spread: Formats, Change: []Change{Rename("AccessKeyId", "AccessKeyID")}, Styles: rpcOnly, KeepReason: "a near miss of the key's name, which some look for before they know the call"},
		{Name: named("timestamp-twice"), Condition: Hostile, MayServe: true, Spread: Formats, Change: []Change{Twice("Timestamp", "2006-01-02T15:04:05Z")}, KeepReason: "another parameter twice than action-twice: of two times a server may take the fresh one"},
		{Name: named("all-names-in-lower-case"), Condition: Hostile, Except: "the other styles name it in a header field, whose name has no case, or in Authorization", Spread: Formats, Styles: rpcOnly, AfterSigning: []Change{lowerNames()}},
		{Name: named("path-unknown-without-anything"), Condition: Hostile, Spread: Once, Raw: []ByteEdit{target("another path", func(string) string { return "/acsconform/no/such/path" }), bare("no parameters")}},
		{Name: named("path-with-two-slashes"), Condition: Hostile, MayServe: true, Spread: Formats, Raw: []ByteEdit{target("// before the path", func(t string) string { return "//" + strings.TrimPrefix(t, "/") })}},
		{Name: named("path-with-dots"), Condition: Hostile, MayServe: true, Spread: Formats, Raw: []ByteEdit{target("/a/../ before the path", func(t string) string { return "/a/.." + t })}},
		{Name: named("path-into-the-file-system"), Condition: Hostile, Spread: Once, Raw: []ByteEdit{target("a path out of the root", func(string) string { return "/../../../../etc/passwd" })}},
		{Name: named("nothing-at-all"), Condition: Hostile, Spread: Once, Change: []Change{Method("GET")}, Raw: []ByteEdit{bare("no parameters")}},
	}
}

// hostileMessages are bodies, header fields and request lines that no client makes, or few.
func hostileMessages() []Case {
	return []Case{
		{Name: named("form-with-wrong-content-type"), KeepReason: "a form is the body that clients send most", Condition: Hostile, MayServe: true, Spread: Formats, Change: []Change{Method("POST"), Header("Content-Type", "text/plain")}},
		{Name: named("form-without-content-type"), Condition: Hostile, Except: "style roa has no form, and a body goes by POST", MayServe: true, Spread: Formats, Styles: withAction, Change: []Change{Method("POST")}, Raw: []ByteEdit{withoutHeader("Content-Type")}},
		{Name: named("json-for-a-form"), Condition: Hostile, Except: "a form goes by POST in style rpc; the other styles are tried by the bodies of hostileplaces.go", Spread: Formats, Styles: rpcOnly, Change: []Change{Method("POST"), Body("a JSON body", "application/json", `{"Action":"DescribeRegions"}`)}},
		{Name: named("multipart-for-a-form"), Condition: Hostile, Except: "a form goes by POST in style rpc; the other styles are tried by the bodies of hostileplaces.go", Spread: Formats, Styles: rpcOnly, Change: []Change{Method("POST"), Body("a multipart body", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"Action\"\r\n\r\nDescribeRegions\r\n--x--\r\n")}},
		{Name: named("multipart-without-end"), Condition: Hostile, Except: "a form goes by POST in style rpc; the other styles are tried by the bodies of hostileplaces.go", Spread: Formats, Styles: rpcOnly, Change: []Change{Method("POST"), Body("a multipart body without its end", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"Action\"\r\n\r\nDescribe")}, KeepReason: "another parser's mistake than multipart-for-a-form: some fail only where the end is missing"},
		{Name: named("chunked-form"), KeepReason: "a body in chunks as clients send it, without the trailer of chunked-form-with-a-trailer", Condition: Hostile, Except: "style roa has no form, and a body goes by POST", MayServe: true, Spread: Formats, Styles: withAction, Change: []Change{Method("POST")}, Raw: []ByteEdit{chunked("a chunked body", "")}},
		{Name: named("chunked-form-with-a-trailer"), Condition: Hostile, Except: "style roa has no form, and a body goes by POST", MayServe: true, Spread: Once, Styles: withAction, Change: []Change{Method("POST")}, Raw: []ByteEdit{withHeader("Trailer: X-Acsconform"), chunked("a chunked body with a trailer", ""), trailer("X-Acsconform: 1")}},
		{Name: named("chunked-form-broken"), Condition: Hostile, Except: "the other styles compare a body with its digest, which the covering table tries", Spread: Formats, Styles: rpcOnly, Change: []Change{Method("POST")}, Raw: []ByteEdit{chunked("a chunk whose size is no number", "zz")}},
		{Name: named("gzip-body-that-is-none"), Condition: Hostile, MayServe: true, Spread: Formats, Change: []Change{Method("POST"), Header("Content-Encoding", "gzip")}},
		{Name: named("expect-100-continue"), Condition: Hostile, MayServe: true, Spread: Formats, Change: []Change{Method("POST")}, Raw: []ByteEdit{withHeader("Expect: 100-continue")}},
		{Name: named("expect-the-impossible"), Condition: Hostile, MayServe: true, Spread: Formats, Raw: []ByteEdit{withHeader("Expect: 200-maybe")}},
		{Name: named("http-1.0"), Condition: Hostile, MayServe: true, Spread: Formats, Raw: []ByteEdit{firstLine("HTTP/1.0", "HTTP/1.1", "HTTP/1.0")}},
		{Name: named("http-2-offered"), KeepReason: "the upgrade that clients do offer", Condition: Hostile, MayServe: true, Spread: Formats, Raw: []ByteEdit{upgrade()}},
		{Name: named("http-9"), Condition: Hostile, Spread: Once, Raw: []ByteEdit{firstLine("HTTP/9.9", "HTTP/1.1", "HTTP/9.9")}},
		{Name: named("method-made-up"), KeepReason: "a method of letters alone, which every parser takes", Condition: Hostile, Spread: Formats, Change: []Change{Method("ACSCONFORM")}},
		{Name: named("method-with-a-blank"), KeepReason: "a request line of four words", Condition: Hostile, Spread: Once, Raw: []ByteEdit{methodWith("(")}},
		{Name: named("header-without-colon"), Condition: Hostile, Spread: Once, Raw: []ByteEdit{withHeader("Acsconform no colon")}},
		{Name: named("header-of-32-kib"), Condition: Hostile, MayServe: true, Spread: Once, Raw: []ByteEdit{withHeader("X-Acsconform: " + strings.Repeat("a", 32<<10))}},
		{Name: named("host-twice"), Condition: Hostile, MayServe: true, Spread: Once, Raw: []ByteEdit{withHeader("Host: acsconform.example.com")}},
		{Name: named("host-missing"), Condition: Hostile, Spread: Once, Raw: []ByteEdit{withoutHeader("Host")}},
		{Name: named("content-length-not-a-number"), Condition: Hostile, Spread: Once, Raw: []ByteEdit{withHeader("Content-Length: many")}},
		{Name: named("transfer-encoding-unknown"), Condition: Hostile, MayServe: true, Spread: Once, Raw: []ByteEdit{withHeader("Transfer-Encoding: acsconform")}},
		{Name: named("accept-encoding-gzip"), Condition: Hostile, MayServe: true, Spread: Formats, Change: []Change{Header("Accept-Encoding", "gzip")}},
		{Name: named("format-xml-accept-json"), Condition: Hostile, MayServe: true, Spread: Once, Change: []Change{Set("Format", "XML"), Header("Accept", "application/json")}, KeepReason: "the only case in which Format and Accept disagree"},
	}
}

// envelopeWhateverComes requires an envelope in answer to hostile input: a refusal, or, where a server may serve it, a success.
func envelopeWhateverComes(e *Observation) Check {
	switch {
	case !e.hostile() && !e.isOdd() || !e.answered() || !e.hostile() && e.Status < 400:
		return notApplicable()
	case e.injected():
		return notApplicable()
	case e.hostile() && e.withoutBody():
		return statusAlone(e)
	case e.Envelope == nil:
		return fail(e.sketch()+servedBy(e), "an envelope")
	case !e.hostile():
		return notApplicable()
	case e.Status/100 == 3, e.Status/100 == 2 && !e.intent.MayServe:
		return fail(e.sketch(), "a refusal in the envelope")
	}
	return pass()
}

// isOdd reports whether the request has a value that a server may trip over, whatever it is sent for.
func (e *Observation) isOdd() bool { return e.intent.Echo != "" }

// injected reports whether a line break of the request came back as a header, in an answer that may not have come to its
// end: ROBUST-3 concerns that.
func (e *Observation) injected() bool {
	return e.Arrived() != 0 && e.HasHeader(injected)
}

func hostileIs4xx(e *Observation) Check {
	if !e.hostile() || e.Envelope == nil || e.Status < 400 {
		return notApplicable()
	}
	return passIf(e.Status < 500, e.sketch(), "4xx")
}

func echoEscaped(e *Observation) Check {
	if e.brokenByEcho() {
		return fail(e.Fault().Text, "an answer of HTTP, the request's value kept out of its header")
	}
	if !e.isOdd() || e.Arrived() == 0 {
		return notApplicable()
	}
	if e.injected() {
		return fail(fmt.Sprintf("the header %s: %s, made by the request's value", injected, short(e.Header(injected))), "no header that the request made")
	}
	if e.BrokeOff() {
		return e.echoedRaw()
	}
	if e.Envelope == nil {
		return notApplicable()
	}
	if text := e.flaws(); text != "" {
		return fail(text, "a body that parses, the echoed text escaped").about(schemas.FoundUnescaped, subjectSyntax)
	}
	if len(e.extraMembers()) > 0 && e.failed() && contains(e.extraMembers(), "a", "html") {
		return fail("an element that the request's value made", "the echoed text escaped")
	}
	return pass()
}

// brokenByEcho reports an answer that is not HTTP to a request with a control character in a value: a header field that
// repeats it breaks so.
func (e *Observation) brokenByEcho() bool {
	f := e.Fault()
	return f != nil && f.Kind == schemas.FaultMalformed && strings.ContainsFunc(e.intent.Echo, unicode.IsControl)
}

// subjectSyntax is the subject of a finding that is made of flaws of the format.
const subjectSyntax = "syntax"

// echoedRaw looks for the text itself in a body that broke off, which cannot be parsed: nowhere does text with a mark of the
// format in it stand unescaped.
func (e *Observation) echoedRaw() Check {
	marks := map[schemas.Format]string{schemas.JSON: `"\`, schemas.XML: "<&"}
	begun := e.Begun()
	if begun == nil || !strings.ContainsAny(e.intent.Echo, marks[begun.Format]) || !bytes.Contains(e.Exchange().Response.Body, []byte(e.intent.Echo)) {
		return notApplicable()
	}
	return fail("the request's value as it was sent", "the echoed text escaped")
}

func contains(list []string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(list, w) })
}

// inside matches what a Message should not tell of the server's inside.
var inside = screened{regexp.MustCompile(`\bat [\w.$<>]+\([\w.]+(?:\.java|\.kt|\.cs)?:\d+\)|Traceback \(most recent|goroutine \d+ \[|panic: |Exception in thread|` +
	`(?:/(?:home|usr|var|opt|root|srv|app|etc)/[\w./-]+)|[A-Z]:\\[\w\\]+|\b[\w/]+\.(?:go|java|py|php|rb|cpp):\d+|` +
	`(?i:\bselect\b.+\bfrom\b|\binsert into\b|syntax error at or near|error in your sql syntax|SQLSTATE|ORA-\d{5}|\beconn(?:refused|reset|aborted)\b|\bjdbc:\w+:|\b(?:mysql|postgres|postgresql|redis|mongodb|amqp)://)|` +
	`\b(?:10\.\d+|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d+\.\d+\b|\b[\w-]+\.(?:internal|svc\.cluster\.local|corp)\b`), mayTellOfTheInside}

// mayTellOfTheInside is true for all that inside matches: each of its alternatives has one of these signs, or a number
// with a dot behind it, or one of these words. Characters outside ASCII may stand for letters of the words.
func mayTellOfTheInside(message string) bool {
	for i := range len(message) {
		switch c := message[i]; {
		case c == ':' || c == '/' || c == '[' || c >= utf8.RuneSelf,
			c == '.' && i > 0 && '0' <= message[i-1] && message[i-1] <= '9':
			return true
		}
	}
	lower := strings.ToLower(message)
	for _, word := range [...]string{"traceback", "exception in", "select", "insert into", "syntax error", "sql syntax", "sqlstate", "ora-", "econn", ".internal", ".svc", ".corp"} {
		if strings.Contains(lower, word) {
			return true
		}
	}
	return false
}

// nothingOfTheInside leaves out what the request itself said.
func nothingOfTheInside(e *Observation) Check {
	message, host := "", ""
	switch {
	case e.readableError():
		message = e.Envelope.Text("Message")
		if e.Envelope.NamesHost("Message") {
			host = e.Host()
		}
	case e.Arrived() >= 400 && e.Begun() != nil:
		message, host = e.Begun().Text("Message"), e.Host()
	default:
		return notApplicable()
	}
	for _, own := range []string{e.intent.Echo, host} {
		if own != "" {
			message = strings.ReplaceAll(message, own, "")
		}
	}
	found := inside.FindString(message)
	return passIf(found == "" || strings.Contains(e.Exchange().Request.URL, found) || bytes.Contains(e.Exchange().Request.Raw, []byte(found)), "a Message that tells of the inside: "+sentence(found), "no stack trace, file path, SQL or host name of the inside")
}
