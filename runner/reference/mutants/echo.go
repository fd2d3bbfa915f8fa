package mutants

import (
	"bytes"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
	"golang.org/x/text/encoding/charmap"
)

// echoMutants each stumble over one kind of text.
func echoMutants() []vary.Variant {
	return slices.Concat(unescapedMutants(), stumblingMutants())
}

// echoesRaw returns the Action back as it came, beside the Message, where the text is such.
func echoesRaw(condition schemas.Condition, such func(action string, format schemas.Format) bool) vary.Change {
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
			Apply: intoHeader("X-Acs-Region-Id", func(c *server.Call) string { return c.Param("RegionId") })},
	}
}

// fails makes a server that takes such a call, where it refuses it for that condition, for a failure of its own.
func fails(condition schemas.Condition, such func(*server.Call) bool) vary.Change {
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

// echoedMutants each repeat something of the request as it came, or in another encoding.
func echoedMutants() []vary.Variant { return slices.Concat(repeatingMutants(), nearRouteMutants()) }

// repeats puts text of the request into every refusal, unescaped, where it has marks of XML or JSON in it.
func repeats(text func(*server.Call) string) vary.Change {
	return repeatsAs(func(c *server.Call) []byte {
		if raw := text(c); strings.ContainsAny(raw, `<"&`) {
			return []byte(raw)
		}
		return nil
	})
}

// repeatsIn is repeats for answers in one format.
func repeatsIn(format schemas.Format, text func(*server.Call) string) vary.Change {
	return repeats(func(c *server.Call) string {
		if c.Format == format {
			return text(c)
		}
		return ""
	})
}

// repeatsAs puts bytes that are made of the request into every refusal.
func repeatsAs(made func(*server.Call) []byte) vary.Change {
	return vary.Both(
		vary.Refusals(func(_ *server.Server, c *server.Call, r *server.Reply) {
			if made(c) != nil {
				r.Set("Requested", echoMark)
			}
		}),
		vary.Writes(func(c *server.Call, out *server.Sent) {
			out.Body = bytes.Replace(out.Body, []byte(echoMark), made(c), 1)
		}))
}

func repeatingMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "format-unescaped", Clause: "ROBUST-3", Styles: vary.RPCOnly, Description: "repeats a Format as it came", Apply: repeats(func(c *server.Call) string { return c.Value("Format") })},
		{Name: "path-unescaped", Clause: "ROBUST-3", Styles: vary.ROAOnly, Description: "repeats a path as it came, decoded",
			Apply: repeats(func(c *server.Call) string { path, _ := url.PathUnescape(c.Path); return path })},
		{Name: "accept-unescaped", Clause: "ROBUST-3", Profiles: vary.GatewayOnly, Description: "repeats an Accept as it came", Apply: repeats(func(c *server.Call) string { return c.Header.Get("Accept") })},
		{Name: "host-unescaped-in-xml", Clause: "ROBUST-3", Profiles: vary.WithXML, Description: "repeats a Host as it came",
			Apply: repeatsIn(schemas.XML, func(c *server.Call) string { return c.Authority })},
		{Name: "names-unescaped", Clause: "ROBUST-3", Styles: vary.RPCOnly, Description: "refuses a name with markup in it, and repeats it as it came",
			Apply: vary.Both(
				vary.Precedes("business", func(_ *server.Server, c *server.Call) *server.Fault {
					if vary.NameWithMarkup(c) != "" {
						return &server.Fault{Condition: server.Hostile, Parameter: "request"}
					}
					return nil
				}),
				repeats(vary.NameWithMarkup))},
		encodes("action-in-latin-1", "repeats an Action in Latin 1, where that has its letters", func(action string) (string, error) {
			return charmap.ISO8859_1.NewEncoder().String(action)
		}),
		encodes("action-in-surrogates", "repeats a character beyond 16 bits as two surrogates of three bytes", func(action string) (string, error) {
			var b strings.Builder
			for _, c := range action {
				if high, low := utf16.EncodeRune(c); c > 0xffff {
					b.Write([]byte{0xed, byte(0x80 | high>>6&0x3f), byte(0x80 | high&0x3f), 0xed, byte(0x80 | low>>6&0x3f), byte(0x80 | low&0x3f)})
				}
			}
			return b.String(), nil
		}),
	}
}

// encodes makes a mutant that repeats an Action beyond ASCII in another encoding, where that has its characters.
func encodes(name, says string, to func(action string) (string, error)) vary.Variant {
	return vary.Variant{Name: name, Clause: "ROBUST-3", Styles: vary.RPCOnly, Description: says, Apply: repeatsAs(func(c *server.Call) []byte {
		action := sentAction(c)
		encoded, err := to(action)
		if err != nil || encoded == action || encoded == "" || !utf8.ValidString(action) {
			return nil
		}
		return []byte(encoded)
	})}
}

// nearRouteMutants take what begins as the right value does.
func nearRouteMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "version-by-its-beginning", Clause: "ROUTE-2", Profiles: []string{"gateway", "ecs", "ess"}, Description: "takes a Version with more behind it for the one without",
			Apply: acceptsSome("Version", `^[0-9]{4}-[0-9]{2}-[0-9]{2}-`, server.UnknownVersion)},
		{Name: "region-by-its-beginning", Clause: "ROUTE-3", Profiles: vary.GatewayOnly, Description: "takes a region with more behind it for the one without",
			Apply: acceptsCalls(server.UnknownRegion, regionWithMore)},
		{Name: "region-by-its-beginning-in-ess", Clause: "ROUTE-4", Profiles: vary.ESSOnly, Description: "takes a region with more behind it for the one without",
			Apply: acceptsCalls(server.UnknownRegion, regionWithMore)},
		{Name: "accept-by-its-beginning", Clause: "ACCEPT-3", Profiles: vary.GatewayOnly, Description: "takes for JSON what begins so", Apply: acceptsHeader("Accept", `^application/json.`, server.AcceptUnsupported)},
	}
}

func regionWithMore(c *server.Call) bool {
	return strings.HasSuffix(c.Param("RegionId"), "-acsconform") || strings.HasSuffix(c.Header.Get("X-Acs-Region-Id"), "-acsconform")
}
