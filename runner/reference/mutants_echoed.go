package reference

import (
	"bytes"
	"net/url"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/acsconform/acsconform/schemas"
	"golang.org/x/text/encoding/charmap"
)

// echoedMutants each repeat something of the request as it came, or in another encoding.
func echoedMutants() []Variant { return slices.Concat(repeatingMutants(), nearRouteMutants()) }

// repeats puts text of the request into every refusal, unescaped, where it has marks of XML or JSON in it.
func repeats(text func(*call) string) func(*Server) {
	return repeatsAs(func(c *call) []byte {
		if raw := text(c); strings.ContainsAny(raw, `<"&`) {
			return []byte(raw)
		}
		return nil
	})
}

// repeatsIn is repeats for answers in one format.
func repeatsIn(format schemas.Format, text func(*call) string) func(*Server) {
	return repeats(func(c *call) string {
		if c.format == format {
			return text(c)
		}
		return ""
	})
}

// repeatsAs puts bytes that are made of the request into every refusal.
func repeatsAs(made func(*call) []byte) func(*Server) {
	return both(
		refusals(func(_ *Server, c *call, r *reply) {
			if made(c) != nil {
				r.set("Requested", echoMark)
			}
		}),
		writes(func(c *call, out *sent) { out.body = bytes.Replace(out.body, []byte(echoMark), made(c), 1) }))
}

func repeatingMutants() []Variant {
	return []Variant{
		{Name: "format-unescaped", Clause: "ROBUST-3", Styles: rpcOnly, Description: "repeats a Format as it came", apply: repeats(func(c *call) string { return c.value("Format") })},
		{Name: "path-unescaped", Clause: "ROBUST-3", Styles: roaOnly, Description: "repeats a path as it came, decoded",
			apply: repeats(func(c *call) string { path, _ := url.PathUnescape(c.path); return path })},
		{Name: "accept-unescaped", Clause: "ROBUST-3", Profiles: gatewayOnly, Description: "repeats an Accept as it came", apply: repeats(func(c *call) string { return c.header.Get("Accept") })},
		{Name: "host-unescaped-in-xml", Clause: "ROBUST-3", Profiles: withXML, Description: "repeats a Host as it came",
			apply: repeatsIn(schemas.XML, func(c *call) string { return c.authority })},
		{Name: "names-unescaped", Clause: "ROBUST-3", Styles: rpcOnly, Description: "refuses a name with markup in it, and repeats it as it came",
			apply: both(
				precedes("business", func(_ *Server, c *call) *fault {
					if nameWithMarkup(c) != "" {
						return &fault{condition: hostile, parameter: "request"}
					}
					return nil
				}),
				repeats(nameWithMarkup))},
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
func encodes(name, says string, to func(action string) (string, error)) Variant {
	return Variant{Name: name, Clause: "ROBUST-3", Styles: rpcOnly, Description: says, apply: repeatsAs(func(c *call) []byte {
		action := sentAction(c)
		encoded, err := to(action)
		if err != nil || encoded == action || encoded == "" || !utf8.ValidString(action) {
			return nil
		}
		return []byte(encoded)
	})}
}

// nearRouteMutants take what begins as the right value does.
func nearRouteMutants() []Variant {
	return []Variant{
		{Name: "version-by-its-beginning", Clause: "ROUTE-2", Profiles: []string{"gateway", "ecs", "ess"}, Description: "takes a Version with more behind it for the one without",
			apply: acceptsSome("Version", `^[0-9]{4}-[0-9]{2}-[0-9]{2}-`, unknownVersion)},
		{Name: "region-by-its-beginning", Clause: "ROUTE-3", Profiles: gatewayOnly, Description: "takes a region with more behind it for the one without",
			apply: acceptsCalls(unknownRegion, regionWithMore)},
		{Name: "region-by-its-beginning-in-ess", Clause: "ROUTE-4", Profiles: essOnly, Description: "takes a region with more behind it for the one without",
			apply: acceptsCalls(unknownRegion, regionWithMore)},
		{Name: "accept-by-its-beginning", Clause: "ACCEPT-3", Profiles: gatewayOnly, Description: "takes for JSON what begins so", apply: acceptsHeader("Accept", `^application/json.`, acceptUnsupported)},
	}
}

func regionWithMore(c *call) bool {
	return strings.HasSuffix(c.Param("RegionId"), "-acsconform") || strings.HasSuffix(c.header.Get("X-Acs-Region-Id"), "-acsconform")
}
