package mutants

import (
	"bytes"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
)

// valuePlaceMutants are wrong only with what comes in one place, by one method or in one style.
func valuePlaceMutants() []vary.Variant {
	headed := []schemas.Style{schemas.ROA, schemas.ACS3}
	return slices.Concat(rawMutants(), []vary.Variant{
		{Name: "fails-on-nul-in-format", Clause: "ROBUST-2", Profiles: vary.ECSOnly, Description: "fails on a NUL in Format",
			Apply: breaks(func(c *server.Call) bool { return strings.Contains(c.Param("Format"), "\x00") })},
		{Name: "fails-on-surrogates-in-parameters", Clause: "ROBUST-2", Profiles: vary.GatewayOnly, Styles: headed, Description: "fails on surrogates in a parameter of the call's own",
			Apply: breaks(func(c *server.Call) bool { return strings.Contains(string(c.Head()), "%ED%A0%80") })},
		{Name: "fails-on-depth", Clause: "ROBUST-2", Profiles: vary.GatewayOnly, Styles: headed, Description: "fails on JSON in JSON a thousand times", Apply: breaks(func(c *server.Call) bool { return bytes.HasPrefix(c.Body, []byte("[[[[")) })},
		{Name: "page-for-broken-percent-encoding", Clause: "ROBUST-1", Profiles: vary.GatewayOnly, Styles: headed, Description: "has a proxy before it that refuses a broken percent-encoding",
			Apply: page(400, func(c *server.Call, _ *server.Sent) bool { return strings.Contains(string(c.Head()), "%zz%") })},
		{Name: "page-for-a-thousand-parameters", Clause: "ROBUST-1", Profiles: vary.GatewayOnly, Styles: headed, Description: "has a proxy before it that counts parameters", Apply: page(400, func(c *server.Call, _ *server.Sent) bool { return len(c.Query) > 900 })},
		{Name: "bearer-tokens-served", Clause: "ROBUST-1", Profiles: vary.GatewayOnly, Description: "serves any bearer token",
			Apply: vary.AcceptsIf(func(c *server.Call, _ *server.Fault) bool {
				return c.Value("AccessKeyId") == "" && c.Value("Signature") == "" && (c.Param("BearerToken") != "" || c.Header.Get("X-Acs-Bearer-Token") != "")
			})},
		{Name: "rows-by-get-only", Clause: "ROW-1", Profiles: vary.ECSOnly, Styles: vary.ByAction, Description: "is led to its rows by GET, and serves the same call by POST", Apply: servesRowsBy("POST")},
		{Name: "rows-by-post-alone", Clause: "ROW-1", Profiles: vary.ECSOnly, Styles: vary.ByAction, Description: "is led to its rows by POST, and serves the same call by GET", Apply: servesRowsBy("GET")},
		{Name: "posts-not-throttled", Clause: "THROTTLE-1", Profiles: []string{"ecs", "ess"}, Styles: vary.ByAction, Description: "counts only what comes by GET against its limits",
			Apply: vary.Replaces("throttle", func(s *server.Server, c *server.Call) *server.Fault {
				if c.Method == "POST" {
					return nil
				}
				return server.WithinRate(s, c)
			})},
	})
}

// rawMutants repeat what comes in one place as it came, or fail on it.
func rawMutants() []vary.Variant {
	raw := func(name, says string, of func(*server.Call) string, such func(string) bool) vary.Variant {
		return vary.Variant{Name: name, Clause: "ROBUST-3", Profiles: vary.ECSOnly, Description: says, Apply: vary.Writes(func(c *server.Call, out *server.Sent) {
			if text := of(c); such(text) {
				repeat(out, text)
			}
		})}
	}
	markup := func(text string) bool { return strings.Contains(text, "</") }
	quotes := func(text string) bool { return strings.Contains(text, `"},{`) }
	format := func(c *server.Call) string { return c.Param("Format") }
	id := func(c *server.Call) string { return c.Header.Get("X-Request-Id") }
	own := firstOwn
	formatQuotes := raw("quotes-in-format-unescaped", "repeats quotation marks in Format as they came", format, quotes)
	formatQuotes.Profiles = vary.GatewayOnly // whose default format is JSON, where they matter
	return slices.Concat([]vary.Variant{
		raw("markup-in-format-unescaped", "repeats markup in Format as it came", format, markup),
		formatQuotes,
		raw("markup-in-parameters-unescaped", "repeats markup in the first parameter of the call as it came", own, markup),
		raw("quotes-in-parameters-unescaped", "repeats quotation marks in the first parameter of the call as they came", own, quotes),
		raw("markup-in-request-ids-unescaped", "repeats markup in X-Request-Id as it came", id, markup),
		raw("quotes-in-request-ids-unescaped", "repeats quotation marks in X-Request-Id as they came", id, quotes),
		raw("languages-unescaped", "repeats Accept-Language as it came", func(c *server.Call) string { return c.Header.Get("Accept-Language") }, markup),
		{Name: "host-unescaped", Clause: "ROBUST-3", Profiles: vary.ECSOnly, Description: "repeats in XML the host as it came",
			Apply: vary.Writes(func(c *server.Call, out *server.Sent) {
				if out.Reply.Format == schemas.XML && strings.Contains(c.Authority, "&'") {
					repeat(out, c.Authority)
				}
			})},
		{Name: "format-in-a-header", Clause: "ROBUST-3", Profiles: vary.ECSOnly, Description: "writes the Format into a header as it came", Apply: intoHeader("X-Acs-Echo", format)},
		{Name: "parameter-in-a-header", Clause: "ROBUST-3", Profiles: vary.ECSOnly, Description: "writes the first parameter of the call into a header as it came", Apply: intoHeader("X-Acs-Echo", own)},
		{Name: "request-id-unfolded", Clause: "ROBUST-3", Profiles: vary.ECSOnly, Description: "writes X-Request-Id into a header with the line break that it was folded by", Apply: intoHeader("X-Acs-Echo", broken("\r\n "))},
		{Name: "request-id-at-a-bare-return", Clause: "ROBUST-3", Profiles: vary.ECSOnly, Description: "takes a carriage return in X-Request-Id for the end of a line", Apply: intoHeader("X-Acs-Echo", broken("\r"))},
	}, failingMutants(own))
}

// broken returns X-Request-Id where it is broken by those bytes, with the end of a line in their place.
func broken(by string) func(*server.Call) string {
	return func(c *server.Call) string {
		_, behind, _ := strings.Cut(string(c.Head()), "X-Request-Id: acsconform"+by)
		line, _, _ := strings.Cut(behind, "\r\n")
		if !strings.HasPrefix(line, "X-") {
			return ""
		}
		return "acsconform\r\n" + line + "\r\n\r\n"
	}
}

// failingMutants fail on one kind of text in the first parameter of the call, or on one kind of body.
func failingMutants(own func(*server.Call) string) []vary.Variant {
	fails := func(name, says string, styles []schemas.Style, such func(*server.Call) bool) vary.Variant {
		return vary.Variant{Name: name, Clause: "ROBUST-2", Profiles: vary.ECSOnly, Styles: styles, Description: "fails on " + says, Apply: breaks(such)}
	}
	holds := func(text string) func(*server.Call) bool {
		return func(c *server.Call) bool { return strings.Contains(own(c), text) }
	}
	// What is no text is in no parameter, and style acs3 has the Action elsewhere.
	spells := func(code string) func(*server.Call) bool {
		return func(c *server.Call) bool {
			return bytes.Contains(c.Head(), []byte(code)) || bytes.Contains(c.Body, []byte(code))
		}
	}
	return []vary.Variant{
		fails("fails-on-escapes-in-parameters", "control characters in its first parameter", vary.ByAction, holds("\x1b[")),
		fails("fails-on-bytes-in-parameters", "bytes in a parameter that are no text", vary.ACS3Only, spells("%FF%FE")),
		fails("fails-on-overlong-parameters", "overlong characters in a parameter", vary.ACS3Only, spells("%C0%AF")),
		fails("fails-on-long-formats", "a Format of 8 KiB", vary.ByAction, func(c *server.Call) bool { return len(c.Param("Format")) > server.MaxValue }),
		fails("fails-on-long-parameters", "a parameter of 8 KiB", vary.ByAction, func(c *server.Call) bool { return len(own(c)) > server.MaxValue }),
		fails("fails-on-broken-json", "JSON without its end", vary.ACS3Only, func(c *server.Call) bool { return string(c.Body) == `{"RegionId":` }),
		fails("fails-on-members-twice", "JSON with a member twice", vary.ACS3Only, func(c *server.Call) bool { return bytes.Contains(c.Body, []byte(`"a","RegionId"`)) }),
		fails("fails-on-parts", "a body of several parts", vary.ACS3Only, func(c *server.Call) bool { return strings.HasPrefix(c.Header.Get("Content-Type"), "multipart/") }),
		fails("fails-on-two-actions", "two fields x-acs-action", vary.ACS3Only, func(c *server.Call) bool {
			return len(c.Header.Values("X-Acs-Action")) > 1 && c.Header.Values("X-Acs-Action")[1] == "AcsconformNoSuchAction"
		}),
	}
}

// firstOwn returns the first parameter that is none of the public ones.
func firstOwn(c *server.Call) string {
	for _, p := range c.Params() {
		if !slices.Contains(server.PublicNames, p.Name) && p.Name != "BearerToken" {
			return p.Value
		}
	}
	return ""
}

// repeat puts a text into the answer, in a member of its own, as it is.
func repeat(out *server.Sent, text string) {
	if out.Reply.Format == schemas.XML {
		if at := bytes.LastIndex(out.Body, []byte("</")); at > 0 {
			out.Body = slices.Concat(out.Body[:at], []byte("<Echo>"+text+"</Echo>"), out.Body[at:])
		}
		return
	}
	if at := bytes.LastIndexByte(out.Body, '}'); at > 0 {
		out.Body = slices.Concat(out.Body[:at], []byte(`,"Echo":"`+text+`"`), out.Body[at:])
	}
}

// intoHeader writes a text with the end of a header in it into a header.
func intoHeader(name string, of func(*server.Call) string) vary.Change {
	return vary.Writes(func(c *server.Call, out *server.Sent) {
		if lines, _, broken := strings.Cut(of(c), "\r\n\r\n"); broken {
			out.Header[name] = []string{lines}
			out.Proto = "HTTP/1.1"
		}
	})
}

// breaks makes a server that fails at such calls, whatever else is wrong with them.
func breaks(such func(*server.Call) bool) vary.Change {
	return vary.Replies(func(s *server.Server, c *server.Call, r *server.Reply) {
		if such(c) {
			*r = *s.Refuse(c, &server.Fault{Condition: server.Failed})
		}
	})
}

// servesRowsBy serves by one method the calls that lead to rows.
func servesRowsBy(method string) vary.Change {
	return vary.Replaces("business", func(s *server.Server, c *server.Call) *server.Fault {
		f := server.RunAction(s, c)
		if f != nil && f.Condition == server.Recipe && c.Method == method {
			return nil
		}
		return f
	})
}
