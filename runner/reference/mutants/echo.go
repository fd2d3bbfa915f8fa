package mutants

import (
	"bytes"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
)

// echoMutants each stumble over one kind of text.
func echoMutants() []vary.Variant {
	return slices.Concat(unescapedMutants(), stumblingMutants())
}

// echoesRaw returns the Action back as it came, beside the Message, where the text is such.
func echoesRaw(condition schemas.Condition, such func(action string, format schemas.Format) bool) func(*server.Server) {
	return vary.Both(
		vary.RefusalsFor(condition, func(_ *server.Server, c *server.Call, r *server.Reply) {
			if such(sentAction(c), r.Format) {
				r.Set("Action", echoMark)
			}
		}),
		vary.Writes(func(c *server.Call, out *server.Sent) {
			out.Body = bytes.Replace(out.Body, []byte(echoMark), []byte(sentAction(c)), 1)
		}))
}

var actionSent = regexp.MustCompile(`(?:^|[?&])Action=([^& \r\n]*)`)

// sentAction returns the bytes of Action whether or not they could be read as text.
func sentAction(c *server.Call) string {
	if action, there := c.Public["Action"]; there {
		return action
	}
	for _, text := range [][]byte{c.Head(), c.Body} {
		if found := actionSent.FindSubmatch(text); found != nil {
			if action, err := url.QueryUnescape(string(found[1])); err == nil {
				return action
			}
		}
	}
	return ""
}

func unescapedMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "markup-unescaped-in-xml", Clause: "ROBUST-3", Profiles: vary.WithXML, Styles: vary.ByAction, Description: "escapes what it echoes in JSON and not in XML",
			Apply: echoesRaw(server.UnknownAction, func(action string, format schemas.Format) bool {
				return format == schemas.XML && strings.Contains(action, "<")
			})},
		{Name: "quotes-unescaped", Clause: "ROBUST-3", Styles: vary.ByAction, Description: "escapes what it echoes only where there is markup in it",
			Apply: echoesRaw(server.UnknownAction, func(action string, _ schemas.Format) bool {
				return strings.Contains(action, `"`) && !strings.Contains(action, "<")
			})},
		{Name: "backslash-unescaped", Clause: "ROBUST-3", Styles: vary.ByAction, Description: "escapes quotation marks in what it echoes and no backslash",
			Apply: echoesRaw(server.UnknownAction, func(action string, _ schemas.Format) bool {
				return strings.Contains(action, `\`) && !strings.Contains(action, `"`)
			})},
		{Name: "control-characters-let-through", Clause: "ROBUST-3", Styles: vary.RPCOnly, Description: "echoes the colours of a terminal",
			Apply: echoesRaw(server.Hostile, func(action string, _ schemas.Format) bool { return strings.Contains(action, "\x1b[") })},
		{Name: "invalid-utf-8-let-through", Clause: "ROBUST-3", Styles: vary.RPCOnly, Description: "echoes bytes that are no text in any encoding of Unicode",
			Apply: echoesRaw(server.Hostile, func(action string, _ schemas.Format) bool { return strings.HasPrefix(action, "\xff\xfe") })},
		{Name: "region-in-a-header", Clause: "ROBUST-3", Styles: vary.RPCOnly, Description: "writes the region into a header as it came",
			Apply: vary.Writes(func(c *server.Call, out *server.Sent) {
				if lines, _, broken := strings.Cut(c.Param("RegionId"), "\r\n\r\n"); broken {
					out.Header["X-Acs-Region-Id"] = []string{lines}
					out.Proto = "HTTP/1.1"
				}
			})},
	}
}

// fails makes a server that takes such a call, where it refuses it for that condition, for a failure of its own.
func fails(condition schemas.Condition, such func(*server.Call) bool) func(*server.Server) {
	return vary.RefusalsFor(condition, func(s *server.Server, c *server.Call, r *server.Reply) {
		if such(c) {
			r.SetRow(serverRow(s))
		}
	})
}

func stumblingMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "fails-on-nul", Clause: "ROBUST-2", Styles: vary.RPCOnly, Description: "fails on a NUL in Version",
			Apply: fails(server.Hostile, func(c *server.Call) bool { return strings.Contains(c.Value("Version"), "\x00") })},
		{Name: "fails-on-surrogates", Clause: "ROBUST-2", Styles: vary.RPCOnly, Description: "fails on surrogates in UTF-8",
			Apply: fails(server.Hostile, func(c *server.Call) bool { return strings.Contains(sentAction(c), "\xed\xa0") })},
		{Name: "fails-on-a-verb", Clause: "ROBUST-2", Styles: vary.ByAction, Description: "fails on what is a verb to a formatter",
			Apply: fails(server.UnknownAction, func(c *server.Call) bool { return strings.Contains(c.Value("Action"), "%n") })},
		{Name: "fails-to-unpack", Clause: "ROBUST-2", Styles: vary.RPCOnly, Description: "fails where it cannot unpack a body",
			Apply: fails(server.Hostile, func(c *server.Call) bool { return c.Header.Get("Content-Encoding") == "gzip" })},
		{Name: "statement-broken", Clause: "ROBUST-4", Styles: vary.ByAction, Description: "tells of the SQL statement that an odd number of quotes has broken",
			Apply: vary.RefusalsFor(server.UnknownAction, func(_ *server.Server, c *server.Call, r *server.Reply) {
				if strings.Count(c.Value("Action"), "'")%2 == 1 {
					r.Set("Message", r.Get("Message")+" (syntax error at or near \"OR\")")
				}
			})},
		{Name: "long-action-page", Clause: "ROBUST-1", Styles: vary.RPCOnly, Description: "has a proxy before it that lets no value of 8 KiB through",
			Apply: page(414, func(c *server.Call, _ *server.Sent) bool { return len(c.Value("Action")) > server.MaxValue })},
		{Name: "overlong-slash-page", Clause: "ROBUST-1", Styles: vary.RPCOnly, Description: "has a proxy before it that refuses overlong slashes",
			Apply: page(400, func(c *server.Call, _ *server.Sent) bool { return strings.Contains(sentAction(c), "\xc0\xaf") })},
		firewall("Version"),
		firewall("AccessKeyId"),
		firewall("Timestamp"),
		firewall("SignatureMethod"),
	}
}

// firewall makes a mutant that does not see a call with markup in one parameter.
func firewall(parameter string) vary.Variant {
	return vary.Variant{Name: "firewall-for-" + server.Kebab[parameter], Clause: "ROBUST-1", Styles: vary.RPCOnly, Description: "has a firewall before it that looks for markup in " + parameter,
		Apply: page(403, func(c *server.Call, _ *server.Sent) bool { return strings.Contains(c.Value(parameter), "</") })}
}
