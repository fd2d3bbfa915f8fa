package oddities

import (
	"cmp"
	"net/http"
	"strings"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
)

// replayOddities are right where a replay may be mistaken.
func replayOddities() []vary.Variant {
	return []vary.Variant{
		{Name: "one-address-only", Description: "has one address, and no balancer before it", Apply: func(s *server.Server) { s.Behind = nil }},
		{Name: "one-region-only", Profiles: []string{"gateway", "ess"}, Description: "has its own region and no other",
			Apply: vary.Replaces("region", func(s *server.Server, c *server.Call) *server.Fault {
				own := cmp.Or(s.Service.Sound.Params["RegionId"], "cn-hangzhou")
				if region, there := c.Public["RegionId"]; there && region != own {
					return &server.Fault{Condition: server.UnknownRegion, Parameter: "RegionId"}
				}
				return nil
			})},
		{Name: "other-hosts-served-a-page", Styles: vary.ACS3Only, Description: "has a page of somebody else for another address in Host", Apply: onOtherHosts(http.StatusOK)},
		{Name: "other-hosts-misdirected", Styles: vary.ACS3Only, Description: "refuses another address in Host with a page", Apply: onOtherHosts(http.StatusMisdirectedRequest)},
	}
}

// onOtherHosts answers a page to what names another address of the balancer in Host than it came to.
func onOtherHosts(status int) func(*server.Server) {
	return vary.Writes(func(c *server.Call, out *server.Sent) {
		if strings.HasPrefix(c.Authority, "127.0.0.2:") {
			out.Status, out.Body = status, []byte("<html><body>Welcome</body></html>")
			out.Header = http.Header{"Content-Type": {"text/html"}}
		}
	})
}
