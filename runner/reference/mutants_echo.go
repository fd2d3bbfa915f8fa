package reference

import (
	"bytes"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// echoMutants each stumble over one kind of text.
func echoMutants() []Variant {
	return slices.Concat(unescapedMutants(), stumblingMutants())
}

// echoesRaw returns the Action back as it came, beside the Message, where the text is such.
func echoesRaw(condition schemas.Condition, such func(action string, format schemas.Format) bool) func(*Server) {
	return both(
		refusalsFor(condition, func(_ *Server, c *call, r *reply) {
			if such(sentAction(c), r.format) {
				r.set("Action", echoMark)
			}
		}),
		writes(func(c *call, out *sent) {
			out.body = bytes.Replace(out.body, []byte(echoMark), []byte(sentAction(c)), 1)
		}))
}

var actionSent = regexp.MustCompile(`(?:^|[?&])Action=([^& \r\n]*)`)

// sentAction returns the bytes of Action whether or not they could be read as text.
func sentAction(c *call) string {
	if action, there := c.public["Action"]; there {
		return action
	}
	for _, text := range [][]byte{c.head(), c.body} {
		if found := actionSent.FindSubmatch(text); found != nil {
			if action, err := url.QueryUnescape(string(found[1])); err == nil {
				return action
			}
		}
	}
	return ""
}

func unescapedMutants() []Variant {
	return []Variant{
		{Name: "markup-unescaped-in-xml", Clause: "ROBUST-3", Profiles: withXML, Styles: byAction, Description: "escapes what it echoes in JSON and not in XML",
			apply: echoesRaw(unknownAction, func(action string, format schemas.Format) bool {
				return format == schemas.XML && strings.Contains(action, "<")
			})},
		{Name: "quotes-unescaped", Clause: "ROBUST-3", Styles: byAction, Description: "escapes what it echoes only where there is markup in it",
			apply: echoesRaw(unknownAction, func(action string, _ schemas.Format) bool {
				return strings.Contains(action, `"`) && !strings.Contains(action, "<")
			})},
		{Name: "backslash-unescaped", Clause: "ROBUST-3", Styles: byAction, Description: "escapes quotation marks in what it echoes and no backslash",
			apply: echoesRaw(unknownAction, func(action string, _ schemas.Format) bool {
				return strings.Contains(action, `\`) && !strings.Contains(action, `"`)
			})},
		{Name: "control-characters-let-through", Clause: "ROBUST-3", Styles: rpcOnly, Description: "echoes the colours of a terminal",
			apply: echoesRaw(hostile, func(action string, _ schemas.Format) bool { return strings.Contains(action, "\x1b[") })},
		{Name: "invalid-utf-8-let-through", Clause: "ROBUST-3", Styles: rpcOnly, Description: "echoes bytes that are no text in any encoding of Unicode",
			apply: echoesRaw(hostile, func(action string, _ schemas.Format) bool { return strings.HasPrefix(action, "\xff\xfe") })},
		{Name: "region-in-a-header", Clause: "ROBUST-3", Styles: rpcOnly, Description: "writes the region into a header as it came",
			apply: writes(func(c *call, out *sent) {
				if lines, _, broken := strings.Cut(c.Param("RegionId"), "\r\n\r\n"); broken {
					out.header["X-Acs-Region-Id"] = []string{lines}
					out.proto = "HTTP/1.1"
				}
			})},
	}
}

// fails makes a server that takes such a call, where it refuses it for that condition, for a failure of its own.
func fails(condition schemas.Condition, such func(*call) bool) func(*Server) {
	return refusalsFor(condition, func(s *Server, c *call, r *reply) {
		if such(c) {
			r.SetRow(serverRow(s))
		}
	})
}

func stumblingMutants() []Variant {
	return []Variant{
		{Name: "fails-on-nul", Clause: "ROBUST-2", Styles: rpcOnly, Description: "fails on a NUL in Version",
			apply: fails(hostile, func(c *call) bool { return strings.Contains(c.value("Version"), "\x00") })},
		{Name: "fails-on-surrogates", Clause: "ROBUST-2", Styles: rpcOnly, Description: "fails on surrogates in UTF-8",
			apply: fails(hostile, func(c *call) bool { return strings.Contains(sentAction(c), "\xed\xa0") })},
		{Name: "fails-on-a-verb", Clause: "ROBUST-2", Styles: byAction, Description: "fails on what is a verb to a formatter",
			apply: fails(unknownAction, func(c *call) bool { return strings.Contains(c.value("Action"), "%n") })},
		{Name: "fails-to-unpack", Clause: "ROBUST-2", Styles: rpcOnly, Description: "fails where it cannot unpack a body",
			apply: fails(hostile, func(c *call) bool { return c.header.Get("Content-Encoding") == "gzip" })},
		{Name: "statement-broken", Clause: "ROBUST-4", Styles: byAction, Description: "tells of the SQL statement that an odd number of quotes has broken",
			apply: refusalsFor(unknownAction, func(_ *Server, c *call, r *reply) {
				if strings.Count(c.value("Action"), "'")%2 == 1 {
					r.set("Message", r.get("Message")+" (syntax error at or near \"OR\")")
				}
			})},
		{Name: "long-action-page", Clause: "ROBUST-1", Styles: rpcOnly, Description: "has a proxy before it that lets no value of 8 KiB through",
			apply: page(414, func(c *call, _ *sent) bool { return len(c.value("Action")) > maxValue })},
		{Name: "overlong-slash-page", Clause: "ROBUST-1", Styles: rpcOnly, Description: "has a proxy before it that refuses overlong slashes",
			apply: page(400, func(c *call, _ *sent) bool { return strings.Contains(sentAction(c), "\xc0\xaf") })},
		firewall("Version"),
		firewall("AccessKeyId"),
		firewall("Timestamp"),
		firewall("SignatureMethod"),
	}
}

// firewall makes a mutant that does not see a call with markup in one parameter.
func firewall(parameter string) Variant {
	return Variant{Name: "firewall-for-" + kebab[parameter], Clause: "ROBUST-1", Styles: rpcOnly, Description: "has a firewall before it that looks for markup in " + parameter,
		apply: page(403, func(c *call, _ *sent) bool { return strings.Contains(c.value(parameter), "</") })}
}
