package oddities

import (
	"strings"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
)

// unsignedOddities refuse what comes in a place that the signature does not cover, or pass over it.
func unsignedOddities() []vary.Variant {
	passes := func(over func(*server.Call) bool) vary.Change {
		return func(s *server.Server) {
			s.OnCall = append(s.OnCall, func(c *server.Call) *server.Call {
				if !over(c) {
					return c
				}
				of := *c
				of.Body, of.Form = nil, nil
				of.Open(s.Profile)
				of.Format = s.FormatOf(of.Params())
				return &of
			})
		}
	}
	return []vary.Variant{
		{Name: "cookies-refused", Description: "refuses calls with a cookie that is a parameter's name", Apply: refuses(func(c *server.Call) (string, bool) {
			return "Cookie", strings.HasPrefix(c.Header.Get("Cookie"), "Action=")
		})},
		{Name: "headers-of-other-styles-refused", Styles: vary.RPCOnly, Description: "refuses x-acs- headers of other styles in style rpc", Apply: refuses(func(c *server.Call) (string, bool) {
			return "x-acs-action", c.Style == schemas.RPC && c.Header.Get("X-Acs-Action")+c.Header.Get("X-Acs-Region-Id") != ""
		})},
		{Name: "underscored-headers-refused", Styles: vary.ACS3Only, Description: "refuses header fields with an underscore in their name", Apply: refuses(func(c *server.Call) (string, bool) {
			for name := range c.Header {
				if strings.Contains(name, "_") {
					return name, true
				}
			}
			return "", false
		})},
		{Name: "parameters-in-another-body-passed-over", Styles: vary.RPCOnly, Description: "passes over a JSON, multipart or text/plain body that names an Action, where the query has all", Apply: passes(func(c *server.Call) bool {
			return c.Style == schemas.RPC && len(c.Query) > 0 && !server.IsForm(c.Header) && c.Header.Get("Content-Encoding") == "" && strings.Contains(string(c.Body), "Action")
		})},
		{Name: "bodies-of-gets-passed-over", Styles: vary.ACS3Only, Description: "passes over the body of a GET", Apply: passes(func(c *server.Call) bool { return c.Style == schemas.ACS3 && c.Method == "GET" })},
	}
}
