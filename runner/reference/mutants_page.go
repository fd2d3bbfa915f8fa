package reference

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/suites/sign"
)

// page answers such calls with a page of HTML, as what stands before a service does.
func page(status int, such func(*call, *sent) bool) func(*Server) {
	return writes(func(c *call, out *sent) {
		if !such(c, out) {
			return
		}
		out.status = status
		out.header.Set("Content-Type", "text/html")
		out.header.Set("Server", "nginx")
		out.body = fmt.Appendf(nil, "<html><head><title>%d %s</title></head><body><h1>%[2]s</h1></body></html>", status, http.StatusText(status))
	})
}

// plain answers such calls in plain text, as an HTTP library does by itself.
func plain(status int, such func(*call, *sent) bool) func(*Server) {
	return writes(func(c *call, out *sent) {
		if such(c, out) {
			out.status = status
			out.header.Set("Content-Type", "text/plain; charset=utf-8")
			out.body = fmt.Appendf(nil, "%d %s", status, http.StatusText(status))
		}
	})
}

// pageMutants each leave one kind of call to what stands before them.
func pageMutants() []Variant {
	return slices.Concat(parameterPages(), pathPages(), formPages())
}

var brokenPercent = regexp.MustCompile(`%([^0-9A-Fa-f]|.[^0-9A-Fa-f])`)

func parameterPages() []Variant {
	rpc := func(name, says string, apply func(*Server)) Variant {
		return Variant{Name: name, Clause: "ROBUST-1", Styles: rpcOnly, Description: says, apply: apply}
	}
	return []Variant{
		rpc("broken-percent-in-plain-text", "lets its library answer where an escape in the query is broken",
			plain(400, func(c *call, _ *sent) bool { return brokenPercent.MatchString(c.line()) })),
		rpc("long-line-page", "has a proxy before it that takes no request line of 32 KiB",
			page(414, func(c *call, _ *sent) bool {
				return slices.ContainsFunc(c.query, func(p sign.Param) bool { return len(p.Value) > 32<<10 })
			})),
		rpc("many-parameters-in-plain-text", "lets its library answer where there are too many parameters",
			plain(400, func(c *call, _ *sent) bool { return len(c.params()) > maxParams })),
		rpc("no-known-parameter-page", "has a page for a call of which it knows no parameter",
			page(400, func(c *call, _ *sent) bool { return c.Param("accesskeyid") != "" })),
	}
}

func pathPages() []Variant {
	rpc := func(name, says string, apply func(*Server)) Variant {
		return Variant{Name: name, Clause: "ROBUST-1", Styles: rpcOnly, Description: says, apply: apply}
	}
	return []Variant{
		rpc("unknown-path-page", "has a page for paths that it does not know",
			page(404, func(c *call, _ *sent) bool {
				return strings.HasPrefix(c.path, "/") && c.path != "/" && !strings.Contains(c.path, "//") && !strings.Contains(c.path, "..") && !strings.Contains(c.path, "%")
			})),
		{Name: "two-slashes-redirected", Clause: "ROBUST-1", Description: "redirects a path with two slashes",
			apply: redirects(func(path string) bool { return strings.HasPrefix(path, "//") })},
		{Name: "dots-redirected", Clause: "ROBUST-1", Description: "redirects a path with dots to the one without",
			apply: redirects(func(path string) bool { return strings.Contains(path, "/../") && !strings.HasPrefix(path, "/../") })},
		{Name: "path-out-of-the-root-page", Clause: "ROBUST-1", Description: "has a web server before it that refuses paths out of its root",
			apply: page(400, func(c *call, _ *sent) bool { return strings.HasPrefix(c.path, "/../") })},
		rpc("welcome-page", "welcomes a client that sends nothing at all",
			page(200, func(c *call, _ *sent) bool {
				return c.method == http.MethodGet && c.path == "/" && len(c.params()) == 0 && len(c.body) == 0
			})),
	}
}

// redirects answers calls for such paths with another place to look.
func redirects(such func(path string) bool) func(*Server) {
	moved := func(c *call, _ *sent) bool { return such(c.path) }
	return both(page(http.StatusMovedPermanently, moved), writes(func(c *call, out *sent) {
		if moved(c, out) {
			out.header.Set("Location", "/")
		}
	}))
}
