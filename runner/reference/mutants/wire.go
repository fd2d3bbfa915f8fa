package mutants

import (
	"bytes"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
)

func formPages() []vary.Variant {
	rpc := func(name, says string, apply func(*server.Server)) vary.Variant {
		return vary.Variant{Name: name, Clause: "ROBUST-1", Styles: vary.RPCOnly, Description: says, Apply: apply}
	}
	typed := func(kind string) func(*server.Call, *server.Sent) bool {
		return func(c *server.Call, _ *server.Sent) bool {
			return strings.HasPrefix(c.Header.Get("Content-Type"), kind)
		}
	}
	return []vary.Variant{
		rpc("plain-text-in-plain-text", "refuses a body of text/plain in kind", plain(415, typed("text/plain"))),
		rpc("untyped-body-page", "has a page for a body of which nobody says what it is",
			page(415, func(c *server.Call, _ *server.Sent) bool {
				return len(c.Body) > 0 && c.Header.Get("Content-Type") == ""
			})),
		rpc("json-body-page", "has a page for a body of JSON", page(415, typed("application/json"))),
		rpc("multipart-page", "has a page for a whole form in parts", page(415, func(c *server.Call, out *server.Sent) bool {
			return typed("multipart/")(c, out) && bytes.HasSuffix(bytes.TrimSpace(c.Body), []byte("--"))
		})),
		rpc("chunked-page", "has a proxy before it that wants a Content-Length",
			page(411, func(c *server.Call, out *server.Sent) bool {
				return c.Field("Transfer-Encoding") == "chunked" && (out.Reply.Fault == nil || out.Reply.Fault.Parameter != "body")
			})),
		rpc("broken-chunk-in-plain-text", "lets its library answer where a chunk is broken",
			plain(400, func(c *server.Call, out *server.Sent) bool {
				return c.Field("Transfer-Encoding") == "chunked" && out.Reply.Fault != nil && out.Reply.Fault.Parameter == "body"
			})),
		rpc("expect-continue-in-plain-text", "lets its library answer clients that expect to be told to go on",
			plain(417, func(c *server.Call, _ *server.Sent) bool { return c.Field("Expect") == "100-continue" })),
		rpc("expectation-in-plain-text", "lets its library answer an expectation that it cannot meet",
			plain(417, func(c *server.Call, _ *server.Sent) bool {
				return c.Field("Expect") != "" && c.Field("Expect") != "100-continue"
			})),
	}
}

var (
	badMethod = regexp.MustCompile(`^[A-Z]*[^A-Z ]`)
	colonless = regexp.MustCompile(`\r\n[^:\r\n]+\r\n`)
	hostLines = regexp.MustCompile(`(?i)\r\nhost:`)
)

// wireMutants each leave one kind of HTTP to the library or the proxy that reads it.
func wireMutants() []vary.Variant {
	wire := func(name, says string, apply func(*server.Server)) vary.Variant {
		return vary.Variant{Name: name, Clause: "ROBUST-1", Description: says, Apply: apply}
	}
	return []vary.Variant{
		wire("http-1.0-page", "has a proxy before it that does not speak HTTP/1.0",
			page(505, func(c *server.Call, _ *server.Sent) bool { return strings.HasSuffix(c.Line(), " HTTP/1.0") })),
		wire("upgrade-in-plain-text", "lets its library refuse an offer of HTTP/2",
			plain(400, func(c *server.Call, _ *server.Sent) bool { return c.Field("Upgrade") != "" })),
		wire("http-9-in-plain-text", "lets its library answer a version of HTTP that is none",
			plain(505, func(c *server.Call, _ *server.Sent) bool { return strings.HasSuffix(c.Line(), " HTTP/9.9") })),
		wire("unknown-method-page", "has a proxy before it that lets only known methods through",
			page(405, func(c *server.Call, _ *server.Sent) bool {
				return c.Method != "" && !slices.Contains([]string{"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"}, c.Method)
			})),
		wire("method-that-is-no-word-in-plain-text", "lets its library answer a method that is no word",
			plain(400, func(c *server.Call, _ *server.Sent) bool {
				return badMethod.MatchString(c.Line()) && strings.Contains(c.Line(), " HTTP/")
			})),
		wire("line-without-colon-in-plain-text", "lets its library answer a header line without a colon",
			plain(400, func(c *server.Call, _ *server.Sent) bool { return colonless.Match(c.Head()) })),
		wire("long-header-page", "has a proxy before it that takes no header of 16 KiB",
			page(http.StatusRequestHeaderFieldsTooLarge, func(c *server.Call, _ *server.Sent) bool {
				for _, values := range c.Header {
					if len(strings.Join(values, ", ")) > 16<<10 {
						return true
					}
				}
				return false
			})),
		wire("two-hosts-page", "has a proxy before it that does not know which of two hosts is meant",
			page(400, func(c *server.Call, _ *server.Sent) bool { return len(hostLines.FindAll(c.Head(), 2)) > 1 })),
		wire("no-host-page", "has a proxy before it that does not know where to send what names no host",
			page(400, func(c *server.Call, _ *server.Sent) bool {
				return strings.HasSuffix(c.Line(), " HTTP/1.1") && !hostLines.Match(c.Head())
			})),
		wire("length-that-is-no-number-in-plain-text", "lets its library answer a Content-Length that is no number",
			plain(400, func(c *server.Call, _ *server.Sent) bool {
				_, err := strconv.Atoi(c.Field("Content-Length"))
				return err != nil && c.Field("Content-Length") != ""
			})),
		wire("unknown-coding-in-plain-text", "lets its library answer a Transfer-Encoding that nobody knows",
			plain(501, func(c *server.Call, _ *server.Sent) bool {
				coding := c.Field("Transfer-Encoding")
				return coding != "" && coding != "chunked"
			})),
		wire("packed-unsaid", "packs its answers for clients that can unpack them, and does not say so",
			vary.Writes(func(c *server.Call, out *server.Sent) {
				vary.Gzip(c, out)
				out.Header.Del("Content-Encoding")
			})),
	}
}
