package mutants

import (
	"bytes"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/suites/sign"
)

// page answers such calls with a page of HTML, as a program in front of a service does.
func page(status int, such func(*server.Call, *server.Sent) bool) vary.Change {
	return vary.Writes(func(c *server.Call, out *server.Sent) {
		if !such(c, out) {
			return
		}
		out.Status = status
		out.Header.Set("Content-Type", "text/html")
		out.Header.Set("Server", "nginx")
		out.Body = fmt.Appendf(nil, "<html><head><title>%d %s</title></head><body><h1>%[2]s</h1></body></html>", status, http.StatusText(status))
	})
}

// plain answers such calls in plain text, as an HTTP library does by itself.
func plain(status int, such func(*server.Call, *server.Sent) bool) vary.Change {
	return vary.Writes(func(c *server.Call, out *server.Sent) {
		if such(c, out) {
			out.Status = status
			out.Header.Set("Content-Type", "text/plain; charset=utf-8")
			out.Body = fmt.Appendf(nil, "%d %s", status, http.StatusText(status))
		}
	})
}

// pageMutants each leave one kind of call to the program in front of them.
func pageMutants() []vary.Variant {
	return slices.Concat(parameterPages(), pathPages(), formPages())
}

var brokenPercent = regexp.MustCompile(`%([^0-9A-Fa-f]|.[^0-9A-Fa-f])`)

func parameterPages() []vary.Variant {
	rpc := func(name, says string, apply vary.Change) vary.Variant {
		return vary.Variant{Name: name, Clause: "ROBUST-1", Styles: vary.RPCOnly, Description: says, Apply: apply}
	}
	return []vary.Variant{
		rpc("broken-percent-in-plain-text", "lets its library answer where an escape in the query is broken",
			plain(400, func(c *server.Call, _ *server.Sent) bool { return brokenPercent.MatchString(c.Line()) })),
		rpc("long-line-page", "has a proxy before it that takes no request line of 32 KiB",
			page(414, func(c *server.Call, _ *server.Sent) bool {
				return slices.ContainsFunc(c.Query, func(p sign.Param) bool { return len(p.Value) > 32<<10 })
			})),
		rpc("many-parameters-in-plain-text", "lets its library answer where there are too many parameters",
			plain(400, func(c *server.Call, _ *server.Sent) bool { return len(c.Params()) > server.MaxParams })),
		rpc("no-known-parameter-page", "has a page for a call of which it knows no parameter",
			page(400, func(c *server.Call, _ *server.Sent) bool { return c.Param("accesskeyid") != "" })),
	}
}

func pathPages() []vary.Variant {
	rpc := func(name, says string, apply vary.Change) vary.Variant {
		return vary.Variant{Name: name, Clause: "ROBUST-1", Styles: vary.RPCOnly, Description: says, Apply: apply}
	}
	return []vary.Variant{
		rpc("unknown-path-page", "has a page for paths that it does not know",
			page(404, func(c *server.Call, _ *server.Sent) bool {
				return strings.HasPrefix(c.Path, "/") && c.Path != "/" && !strings.Contains(c.Path, "//") && !strings.Contains(c.Path, "..") && !strings.Contains(c.Path, "%")
			})),
		{Name: "two-slashes-redirected", Clause: "ROBUST-1", Description: "redirects a path with two slashes",
			Apply: redirects(func(path string) bool { return strings.HasPrefix(path, "//") })},
		{Name: "dots-redirected", Clause: "ROBUST-1", Description: "redirects a path with dots to the one without",
			Apply: redirects(func(path string) bool { return strings.Contains(path, "/../") && !strings.HasPrefix(path, "/../") })},
		{Name: "path-out-of-the-root-page", Clause: "ROBUST-1", Description: "has a web server before it that refuses paths out of its root",
			Apply: page(400, func(c *server.Call, _ *server.Sent) bool { return strings.HasPrefix(c.Path, "/../") })},
		rpc("welcome-page", "welcomes a client that sends nothing at all",
			page(200, func(c *server.Call, _ *server.Sent) bool {
				return c.Method == http.MethodGet && c.Path == "/" && len(c.Params()) == 0 && len(c.Body) == 0
			})),
	}
}

// redirects answers calls for such paths with another place to look.
func redirects(such func(path string) bool) vary.Change {
	moved := func(c *server.Call, _ *server.Sent) bool { return such(c.Path) }
	return vary.Both(page(http.StatusMovedPermanently, moved), vary.Writes(func(c *server.Call, out *server.Sent) {
		if moved(c, out) {
			out.Header.Set("Location", "/")
		}
	}))
}

func formPages() []vary.Variant {
	rpc := func(name, says string, apply vary.Change) vary.Variant {
		return vary.Variant{Name: name, Clause: "ROBUST-1", Styles: vary.RPCOnly, Description: says, Apply: apply}
	}
	typed := func(kind string) func(*server.Call, *server.Sent) bool {
		return func(c *server.Call, _ *server.Sent) bool {
			return strings.HasPrefix(c.Header.Get("Content-Type"), kind)
		}
	}
	plainText := rpc("plain-text-in-plain-text", "refuses a body of text/plain in kind", plain(415, typed("text/plain")))
	plainText.Also = []string{"ERROR-1"} // a PUT with a body has it too
	return []vary.Variant{
		plainText,
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
	badMethod = regexp.MustCompile(`^[A-Za-z]*[^A-Za-z ]`)
	colonless = regexp.MustCompile(`\r\n[^:\r\n]+\r\n`)
	hostLines = regexp.MustCompile(`(?i)\r\nhost:`)
)

// wireMutants each leave one kind of HTTP to the library or the proxy that reads it.
func wireMutants() []vary.Variant {
	wire := func(name, says string, apply vary.Change) vary.Variant {
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
				return c.Method != "" && !slices.Contains([]string{"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"}, strings.ToUpper(c.Method))
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

// behindMutants send more than the answer that was asked for.
func behindMutants() []vary.Variant {
	behind := func(name, says, text string) vary.Variant {
		return vary.Variant{Name: name, Clause: "ROBUST-1", Description: says, Apply: func(s *server.Server) { s.Trailer = []byte(text) }}
	}
	const second = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
	return []vary.Variant{
		behind("second-answer", "sends a second answer behind each", second),
		behind("line-break-behind-the-body", "ends each answer with a line break that its Content-Length does not count", "\r\n"),
		behind("one-byte-too-many", "sends a byte more than its Content-Length says", "\x00"),
	}
}
