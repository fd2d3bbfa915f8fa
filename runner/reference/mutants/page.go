package mutants

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/suites/sign"
)

// page answers such calls with a page of HTML, as what stands before a service does.
func page(status int, such func(*server.Call, *server.Sent) bool) func(*server.Server) {
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
func plain(status int, such func(*server.Call, *server.Sent) bool) func(*server.Server) {
	return vary.Writes(func(c *server.Call, out *server.Sent) {
		if such(c, out) {
			out.Status = status
			out.Header.Set("Content-Type", "text/plain; charset=utf-8")
			out.Body = fmt.Appendf(nil, "%d %s", status, http.StatusText(status))
		}
	})
}

// pageMutants each leave one kind of call to what stands before them.
func pageMutants() []vary.Variant {
	return slices.Concat(parameterPages(), pathPages(), formPages())
}

var brokenPercent = regexp.MustCompile(`%([^0-9A-Fa-f]|.[^0-9A-Fa-f])`)

func parameterPages() []vary.Variant {
	rpc := func(name, says string, apply func(*server.Server)) vary.Variant {
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
	rpc := func(name, says string, apply func(*server.Server)) vary.Variant {
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
func redirects(such func(path string) bool) func(*server.Server) {
	moved := func(c *server.Call, _ *server.Sent) bool { return such(c.Path) }
	return vary.Both(page(http.StatusMovedPermanently, moved), vary.Writes(func(c *server.Call, out *server.Sent) {
		if moved(c, out) {
			out.Header.Set("Location", "/")
		}
	}))
}
