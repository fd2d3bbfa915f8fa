package reference

import (
	"bytes"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

func formPages() []Variant {
	rpc := func(name, says string, apply func(*Server)) Variant {
		return Variant{Name: name, Clause: "ROBUST-1", Styles: rpcOnly, Description: says, apply: apply}
	}
	typed := func(kind string) func(*call, *sent) bool {
		return func(c *call, _ *sent) bool { return strings.HasPrefix(c.header.Get("Content-Type"), kind) }
	}
	return []Variant{
		rpc("plain-text-in-plain-text", "refuses a body of text/plain in kind", plain(415, typed("text/plain"))),
		rpc("untyped-body-page", "has a page for a body of which nobody says what it is",
			page(415, func(c *call, _ *sent) bool { return len(c.body) > 0 && c.header.Get("Content-Type") == "" })),
		rpc("json-body-page", "has a page for a body of JSON", page(415, typed("application/json"))),
		rpc("multipart-page", "has a page for a whole form in parts", page(415, func(c *call, out *sent) bool {
			return typed("multipart/")(c, out) && bytes.HasSuffix(bytes.TrimSpace(c.body), []byte("--"))
		})),
		rpc("chunked-page", "has a proxy before it that wants a Content-Length",
			page(411, func(c *call, out *sent) bool {
				return c.field("Transfer-Encoding") == "chunked" && (out.reply.fault == nil || out.reply.fault.parameter != "body")
			})),
		rpc("broken-chunk-in-plain-text", "lets its library answer where a chunk is broken",
			plain(400, func(c *call, out *sent) bool {
				return c.field("Transfer-Encoding") == "chunked" && out.reply.fault != nil && out.reply.fault.parameter == "body"
			})),
		rpc("expect-continue-in-plain-text", "lets its library answer clients that expect to be told to go on",
			plain(417, func(c *call, _ *sent) bool { return c.field("Expect") == "100-continue" })),
		rpc("expectation-in-plain-text", "lets its library answer an expectation that it cannot meet",
			plain(417, func(c *call, _ *sent) bool { return c.field("Expect") != "" && c.field("Expect") != "100-continue" })),
	}
}

var (
	badMethod = regexp.MustCompile(`^[A-Z]*[^A-Z ]`)
	colonless = regexp.MustCompile(`\r\n[^:\r\n]+\r\n`)
	hostLines = regexp.MustCompile(`(?i)\r\nhost:`)
)

// wireMutants each leave one kind of HTTP to the library or the proxy that reads it.
func wireMutants() []Variant {
	wire := func(name, says string, apply func(*Server)) Variant {
		return Variant{Name: name, Clause: "ROBUST-1", Description: says, apply: apply}
	}
	return []Variant{
		wire("http-1.0-page", "has a proxy before it that does not speak HTTP/1.0",
			page(505, func(c *call, _ *sent) bool { return strings.HasSuffix(c.line(), " HTTP/1.0") })),
		wire("upgrade-in-plain-text", "lets its library refuse an offer of HTTP/2",
			plain(400, func(c *call, _ *sent) bool { return c.field("Upgrade") != "" })),
		wire("http-9-in-plain-text", "lets its library answer a version of HTTP that is none",
			plain(505, func(c *call, _ *sent) bool { return strings.HasSuffix(c.line(), " HTTP/9.9") })),
		wire("unknown-method-page", "has a proxy before it that lets only known methods through",
			page(405, func(c *call, _ *sent) bool {
				return c.method != "" && !slices.Contains([]string{"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"}, c.method)
			})),
		wire("method-that-is-no-word-in-plain-text", "lets its library answer a method that is no word",
			plain(400, func(c *call, _ *sent) bool {
				return badMethod.MatchString(c.line()) && strings.Contains(c.line(), " HTTP/")
			})),
		wire("line-without-colon-in-plain-text", "lets its library answer a header line without a colon",
			plain(400, func(c *call, _ *sent) bool { return colonless.Match(c.head()) })),
		wire("long-header-page", "has a proxy before it that takes no header of 16 KiB",
			page(http.StatusRequestHeaderFieldsTooLarge, func(c *call, _ *sent) bool {
				for _, values := range c.header {
					if len(strings.Join(values, ", ")) > 16<<10 {
						return true
					}
				}
				return false
			})),
		wire("two-hosts-page", "has a proxy before it that does not know which of two hosts is meant",
			page(400, func(c *call, _ *sent) bool { return len(hostLines.FindAll(c.head(), 2)) > 1 })),
		wire("no-host-page", "has a proxy before it that does not know where to send what names no host",
			page(400, func(c *call, _ *sent) bool {
				return strings.HasSuffix(c.line(), " HTTP/1.1") && !hostLines.Match(c.head())
			})),
		wire("length-that-is-no-number-in-plain-text", "lets its library answer a Content-Length that is no number",
			plain(400, func(c *call, _ *sent) bool {
				_, err := strconv.Atoi(c.field("Content-Length"))
				return err != nil && c.field("Content-Length") != ""
			})),
		wire("unknown-coding-in-plain-text", "lets its library answer a Transfer-Encoding that nobody knows",
			plain(501, func(c *call, _ *sent) bool {
				coding := c.field("Transfer-Encoding")
				return coding != "" && coding != "chunked"
			})),
		wire("packed-unsaid", "packs its answers for clients that can unpack them, and does not say so",
			writes(func(c *call, out *sent) {
				Gzip(c, out)
				out.header.Del("Content-Encoding")
			})),
	}
}
