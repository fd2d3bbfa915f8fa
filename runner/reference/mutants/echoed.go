package mutants

import (
	"bytes"
	"net/url"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
	"golang.org/x/text/encoding/charmap"
)

// echoedMutants each repeat something of the request as it came, or in another encoding.
func echoedMutants() []vary.Variant { return slices.Concat(repeatingMutants(), nearRouteMutants()) }

// repeats puts text of the request into every refusal, unescaped, where it has marks of XML or JSON in it.
func repeats(text func(*server.Call) string) func(*server.Server) {
	return repeatsAs(func(c *server.Call) []byte {
		if raw := text(c); strings.ContainsAny(raw, `<"&`) {
			return []byte(raw)
		}
		return nil
	})
}

// repeatsIn is repeats for answers in one format.
func repeatsIn(format schemas.Format, text func(*server.Call) string) func(*server.Server) {
	return repeats(func(c *server.Call) string {
		if c.Format == format {
			return text(c)
		}
		return ""
	})
}

// repeatsAs puts bytes that are made of the request into every refusal.
func repeatsAs(made func(*server.Call) []byte) func(*server.Server) {
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
