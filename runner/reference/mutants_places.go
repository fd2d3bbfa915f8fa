package reference

import (
	"bytes"
	"net/http"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// valuePlaceMutants are wrong only with what comes in one place, by one method or in one style.
func valuePlaceMutants() []Variant {
	headed := []schemas.Style{schemas.ROA, schemas.ACS3}
	return slices.Concat(rawMutants(), []Variant{
		{Name: "fails-on-nul-in-format", Clause: "ROBUST-2", Says: "fails on a NUL in Format",
			apply: breaks(func(c *call) bool { return strings.Contains(c.own("Format"), "\x00") })},
		{Name: "fails-on-surrogates-in-parameters", Clause: "ROBUST-2", Styles: headed, Says: "fails on surrogates in a parameter of the call's own",
			apply: breaks(func(c *call) bool { return strings.Contains(string(c.head()), "%ED%A0%80") })},
		{Name: "fails-on-depth", Clause: "ROBUST-2", Styles: headed, Says: "fails on JSON in JSON a thousand times", apply: breaks(func(c *call) bool { return bytes.HasPrefix(c.body, []byte("[[[[")) })},
		{Name: "page-for-long-parameters", Clause: "ROBUST-1", Styles: headed, Says: "has a proxy before it that lets no query of 8 KiB through",
			apply: page(414, func(c *call, _ *sent) bool {
				return strings.Count(string(c.head()), "A") > 8<<10 && !strings.Contains(string(c.head()), "Acsconform=")
			})},
		{Name: "page-for-broken-percent-encoding", Clause: "ROBUST-1", Styles: headed, Says: "has a proxy before it that refuses a broken percent-encoding",
			apply: page(400, func(c *call, _ *sent) bool { return strings.Contains(string(c.head()), "%zz%") })},
		{Name: "page-for-a-thousand-parameters", Clause: "ROBUST-1", Styles: headed, Says: "has a proxy before it that counts parameters", apply: page(400, func(c *call, _ *sent) bool { return len(c.query) > 900 })},
		{Name: "bearer-tokens-served", Clause: "ROBUST-1", Says: "serves any bearer token",
			apply: forgivesIf(func(c *call, _ *fault) bool {
				return c.value("AccessKeyId") == "" && c.value("Signature") == "" && (c.own("BearerToken") != "" || c.header.Get("X-Acs-Bearer-Token") != "")
			})},
		{Name: "rows-by-get-only", Clause: "ROW-1", Profiles: withXML, Styles: byAction, Says: "is led to its rows by GET, and serves the same call by POST", apply: servesRowsBy("POST")},
		{Name: "rows-by-post-alone", Clause: "ROW-1", Profiles: withXML, Styles: byAction, Says: "is led to its rows by POST, and serves the same call by GET", apply: servesRowsBy("GET")},
		{Name: "posts-not-throttled", Clause: "THROTTLE-1", Profiles: []string{"ecs", "ess"}, Styles: byAction, Says: "counts only what comes by GET against its limits",
			apply: replaces("throttle", func(s *Server, c *call) *fault {
				if c.method == "POST" {
					return nil
				}
				return withinRate(s, c)
			})},
	})
}

// rawMutants repeat what comes in one place as it came.
func rawMutants() []Variant {
	raw := func(name, says string, of func(*call) string) Variant {
		return Variant{Name: name, Clause: "ROBUST-3", Says: says, apply: writes(func(c *call, out *sent) {
			if text := of(c); strings.ContainsAny(text, `<"`) || strings.Contains(text, "&'") {
				out.repeat(text)
			}
		})}
	}
	return []Variant{
		raw("format-unescaped", "repeats the Format as it came", func(c *call) string { return c.own("Format") }),
		raw("parameters-unescaped", "repeats the first parameter of the call's own as it came", func(c *call) string {
			for _, p := range c.params() {
				if !slices.Contains(publicNames, p.Name) {
					return p.Value
				}
			}
			return ""
		}),
		raw("request-id-header-unescaped", "repeats X-Request-Id as it came", func(c *call) string { return c.header.Get("X-Request-Id") }),
		raw("languages-unescaped", "repeats Accept-Language as it came", func(c *call) string { return c.header.Get("Accept-Language") }),
		{Name: "host-unescaped", Clause: "ROBUST-3", Profiles: withXML, Says: "repeats in XML the host as it came",
			apply: writes(func(c *call, out *sent) {
				if out.reply.format == schemas.XML && strings.Contains(c.authority, "&'") {
					out.repeat(c.authority)
				}
			})},
		{Name: "format-in-a-header", Clause: "ROBUST-3", Says: "writes the Format into a header as it came", apply: intoHeader(func(c *call) string { return c.own("Format") })},
		{Name: "request-id-unfolded", Clause: "ROBUST-3", Says: "writes X-Request-Id into a header with the line breaks that it came with",
			apply: intoHeader(func(c *call) string {
				_, behind, _ := strings.Cut(string(c.head()), "X-Request-Id: acsconform")
				line, _, _ := strings.Cut(strings.TrimLeft(behind, "\r\n "), "\r\n")
				if !strings.Contains(line, "yes") {
					return ""
				}
				return "acsconform\r\n" + line + "\r\n\r\n"
			})},
	}
}

// repeat puts a text into the answer, in a member of its own, as it is.
func (out *sent) repeat(text string) {
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
		f := business(s, c)
		if f != nil && f.condition == recipe && c.method == method {
			return nil
		}
		return f
	})
}

// valuePlaceOddities are right where a hostile value, or a method that the target file does not name, may be mistaken.
func valuePlaceOddities() []Variant {
	return []Variant{
		{Name: "hostile-formats-refused-as-anything", Says: "refuses what is no plain word in Format as a failure to read the request",
			apply: precedes("readable", func(_ *Server, c *call) *fault {
				if f := c.own("Format"); f != "" && !plainValue.MatchString(f) {
					return &fault{condition: hostile, parameter: "query"}
				}
				return nil
			})},
		{Name: "hostile-formats-passed-over", Says: "answers what is no plain word in Format in its default format",
			apply: forgivesIf(func(c *call, f *fault) bool {
				return (f.condition == unknownFormat || f.condition == hostile) && c.own("Format") != "" && !plainValue.MatchString(c.own("Format"))
			})},
		{Name: "bodies-passed-over", Styles: []schemas.Style{schemas.ACS3}, Profiles: withXML, Says: "passes over a body in JSON that a call does not take",
			apply: forgivesIf(func(c *call, f *fault) bool {
				return f.condition == hostile && c.header.Get("Content-Type") == "application/json"
			})},
		{Name: "rows-by-get-unsaid", Profiles: withXML, Styles: byAction, Says: "is led to its rows by GET, which its target file does not say", apply: func(s *Server) {
			for i := range s.service.actions {
				if a := &s.service.actions[i]; a.name == "Provoke" {
					s.checks = slices.Insert(s.checks, slices.IndexFunc(s.checks, func(k check) bool { return k.name == "region" }), check{"unsaid", func(_ *Server, c *call) *fault {
						if c.action != nil && c.action.name == "Provoke" && c.method != http.MethodGet {
							return &fault{condition: unsupportedMethod, parameter: "Method"}
						}
						return nil
					}})
				}
			}
		}},
	}
}
