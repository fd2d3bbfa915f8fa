package reference

import (
	"bytes"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// valuePlaceMutants are wrong only with what comes in one place, by one method or in one style.
func valuePlaceMutants() []Variant {
	headed := []schemas.Style{schemas.ROA, schemas.ACS3}
	return slices.Concat(rawMutants(), []Variant{
		{Name: "fails-on-nul-in-format", Clause: "ROBUST-2", Profiles: ecsOnly, Description: "fails on a NUL in Format",
			apply: breaks(func(c *call) bool { return strings.Contains(c.Param("Format"), "\x00") })},
		{Name: "fails-on-surrogates-in-parameters", Clause: "ROBUST-2", Profiles: gatewayOnly, Styles: headed, Description: "fails on surrogates in a parameter of the call's own",
			apply: breaks(func(c *call) bool { return strings.Contains(string(c.head()), "%ED%A0%80") })},
		{Name: "fails-on-depth", Clause: "ROBUST-2", Profiles: gatewayOnly, Styles: headed, Description: "fails on JSON in JSON a thousand times", apply: breaks(func(c *call) bool { return bytes.HasPrefix(c.body, []byte("[[[[")) })},
		{Name: "page-for-broken-percent-encoding", Clause: "ROBUST-1", Profiles: gatewayOnly, Styles: headed, Description: "has a proxy before it that refuses a broken percent-encoding",
			apply: page(400, func(c *call, _ *sent) bool { return strings.Contains(string(c.head()), "%zz%") })},
		{Name: "page-for-a-thousand-parameters", Clause: "ROBUST-1", Profiles: gatewayOnly, Styles: headed, Description: "has a proxy before it that counts parameters", apply: page(400, func(c *call, _ *sent) bool { return len(c.query) > 900 })},
		{Name: "bearer-tokens-served", Clause: "ROBUST-1", Profiles: gatewayOnly, Description: "serves any bearer token",
			apply: acceptsIf(func(c *call, _ *fault) bool {
				return c.value("AccessKeyId") == "" && c.value("Signature") == "" && (c.Param("BearerToken") != "" || c.header.Get("X-Acs-Bearer-Token") != "")
			})},
		{Name: "rows-by-get-only", Clause: "ROW-1", Profiles: ecsOnly, Styles: byAction, Description: "is led to its rows by GET, and serves the same call by POST", apply: servesRowsBy("POST")},
		{Name: "rows-by-post-alone", Clause: "ROW-1", Profiles: ecsOnly, Styles: byAction, Description: "is led to its rows by POST, and serves the same call by GET", apply: servesRowsBy("GET")},
		{Name: "posts-not-throttled", Clause: "THROTTLE-1", Profiles: []string{"ecs", "ess"}, Styles: byAction, Description: "counts only what comes by GET against its limits",
			apply: replaces("throttle", func(s *Server, c *call) *fault {
				if c.method == "POST" {
					return nil
				}
				return withinRate(s, c)
			})},
	})
}

// rawMutants repeat what comes in one place as it came, or fail on it.
func rawMutants() []Variant {
	raw := func(name, says string, of func(*call) string, such func(string) bool) Variant {
		return Variant{Name: name, Clause: "ROBUST-3", Profiles: ecsOnly, Description: says, apply: writes(func(c *call, out *sent) {
			if text := of(c); such(text) {
				repeat(out, text)
			}
		})}
	}
	markup := func(text string) bool { return strings.Contains(text, "</") }
	quotes := func(text string) bool { return strings.Contains(text, `"},{`) }
	format := func(c *call) string { return c.Param("Format") }
	id := func(c *call) string { return c.header.Get("X-Request-Id") }
	own := firstOwn
	formatQuotes := raw("quotes-in-format-unescaped", "repeats quotation marks in Format as they came", format, quotes)
	formatQuotes.Profiles = gatewayOnly // whose default format is JSON, where they matter
	return slices.Concat([]Variant{
		raw("markup-in-format-unescaped", "repeats markup in Format as it came", format, markup),
		formatQuotes,
		raw("markup-in-parameters-unescaped", "repeats markup in the first parameter of the call as it came", own, markup),
		raw("quotes-in-parameters-unescaped", "repeats quotation marks in the first parameter of the call as they came", own, quotes),
		raw("markup-in-request-ids-unescaped", "repeats markup in X-Request-Id as it came", id, markup),
		raw("quotes-in-request-ids-unescaped", "repeats quotation marks in X-Request-Id as they came", id, quotes),
		raw("languages-unescaped", "repeats Accept-Language as it came", func(c *call) string { return c.header.Get("Accept-Language") }, markup),
		{Name: "host-unescaped", Clause: "ROBUST-3", Profiles: ecsOnly, Description: "repeats in XML the host as it came",
			apply: writes(func(c *call, out *sent) {
				if out.reply.format == schemas.XML && strings.Contains(c.authority, "&'") {
					repeat(out, c.authority)
				}
			})},
		{Name: "format-in-a-header", Clause: "ROBUST-3", Profiles: ecsOnly, Description: "writes the Format into a header as it came", apply: intoHeader(format)},
		{Name: "parameter-in-a-header", Clause: "ROBUST-3", Profiles: ecsOnly, Description: "writes the first parameter of the call into a header as it came", apply: intoHeader(own)},
		{Name: "request-id-unfolded", Clause: "ROBUST-3", Profiles: ecsOnly, Description: "writes X-Request-Id into a header with the line break that it was folded by", apply: intoHeader(broken("\r\n "))},
		{Name: "request-id-at-a-bare-return", Clause: "ROBUST-3", Profiles: ecsOnly, Description: "takes a carriage return in X-Request-Id for the end of a line", apply: intoHeader(broken("\r"))},
	}, failingMutants(own))
}

// broken returns X-Request-Id where it is broken by those bytes, with the end of a line in their place.
func broken(by string) func(*call) string {
	return func(c *call) string {
		_, behind, _ := strings.Cut(string(c.head()), "X-Request-Id: acsconform"+by)
		line, _, _ := strings.Cut(behind, "\r\n")
		if !strings.HasPrefix(line, "X-") {
			return ""
		}
		return "acsconform\r\n" + line + "\r\n\r\n"
	}
}

// failingMutants fail on one kind of text in the first parameter of the call, or on one kind of body.
func failingMutants(own func(*call) string) []Variant {
	fails := func(name, says string, styles []schemas.Style, such func(*call) bool) Variant {
		return Variant{Name: name, Clause: "ROBUST-2", Profiles: ecsOnly, Styles: styles, Description: "fails on " + says, apply: breaks(such)}
	}
	holds := func(text string) func(*call) bool {
		return func(c *call) bool { return strings.Contains(own(c), text) }
	}
	// What is no text is in no parameter, and style acs3 has the Action elsewhere.
	spells := func(code string) func(*call) bool {
		return func(c *call) bool {
			return bytes.Contains(c.head(), []byte(code)) || bytes.Contains(c.body, []byte(code))
		}
	}
	return []Variant{
		fails("fails-on-escapes-in-parameters", "control characters in its first parameter", byAction, holds("\x1b[")),
		fails("fails-on-bytes-in-parameters", "bytes in a parameter that are no text", acs3Only, spells("%FF%FE")),
		fails("fails-on-overlong-parameters", "overlong characters in a parameter", acs3Only, spells("%C0%AF")),
		fails("fails-on-long-formats", "a Format of 8 KiB", byAction, func(c *call) bool { return len(c.Param("Format")) > maxValue }),
		fails("fails-on-long-parameters", "a parameter of 8 KiB", byAction, func(c *call) bool { return len(own(c)) > maxValue }),
		fails("fails-on-broken-json", "JSON without its end", acs3Only, func(c *call) bool { return string(c.body) == `{"RegionId":` }),
		fails("fails-on-members-twice", "JSON with a member twice", acs3Only, func(c *call) bool { return bytes.Contains(c.body, []byte(`"a","RegionId"`)) }),
		fails("fails-on-parts", "a body of several parts", acs3Only, func(c *call) bool { return strings.HasPrefix(c.header.Get("Content-Type"), "multipart/") }),
		fails("fails-on-two-actions", "two fields x-acs-action", acs3Only, func(c *call) bool {
			return len(c.header.Values("X-Acs-Action")) > 1 && c.header.Values("X-Acs-Action")[1] == "AcsconformNoSuchAction"
		}),
	}
}

// firstOwn returns the first parameter that is none of the public ones.
func firstOwn(c *call) string {
	for _, p := range c.params() {
		if !slices.Contains(publicNames, p.Name) && p.Name != "BearerToken" {
			return p.Value
		}
	}
	return ""
}

// repeat puts a text into the answer, in a member of its own, as it is.
func repeat(out *sent, text string) {
	if out.reply.format == schemas.XML {
		if at := bytes.LastIndex(out.body, []byte("</")); at > 0 {
			out.body = slices.Concat(out.body[:at], []byte("<Echo>"+text+"</Echo>"), out.body[at:])
		}
		return
	}
	if at := bytes.LastIndexByte(out.body, '}'); at > 0 {
		out.body = slices.Concat(out.body[:at], []byte(`,"Echo":"`+text+`"`), out.body[at:])
	}
}

// intoHeader writes a text with a line break in it into a header.
func intoHeader(of func(*call) string) func(*Server) {
	return writes(func(c *call, out *sent) {
		if lines, _, broken := strings.Cut(of(c), "\r\n\r\n"); broken {
			out.header["X-Acs-Echo"] = []string{lines}
			out.proto = "HTTP/1.1"
		}
	})
}

// breaks makes a server that fails at such calls, whatever else is wrong with them.
func breaks(such func(*call) bool) func(*Server) {
	return replies(func(s *Server, c *call, r *reply) {
		if such(c) {
			*r = *s.refuse(c, &fault{condition: failed})
		}
	})
}

// servesRowsBy serves by one method the calls that lead to rows.
func servesRowsBy(method string) func(*Server) {
	return replaces("business", func(s *Server, c *call) *fault {
		f := RunAction(s, c)
		if f != nil && f.condition == recipe && c.method == method {
			return nil
		}
		return f
	})
}
