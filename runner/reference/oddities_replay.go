package reference

import (
	"cmp"
	"net/http"
	"strings"
)

// replayOddities are right where a replay may be mistaken.
func replayOddities() []Variant {
	return []Variant{
		{Name: "one-address-only", Description: "has one address, and no balancer before it", apply: func(s *Server) { s.Behind = nil }},
		{Name: "one-region-only", Profiles: []string{"gateway", "ess"}, Description: "has its own region and no other",
			apply: replaces("region", func(s *Server, c *call) *fault {
				own := cmp.Or(s.service.sound.Params["RegionId"], "cn-hangzhou")
				if region, there := c.public["RegionId"]; there && region != own {
					return &fault{condition: unknownRegion, parameter: "RegionId"}
				}
				return nil
			})},
		{Name: "other-hosts-served-a-page", Styles: acs3Only, Description: "has a page of somebody else for another address in Host", apply: onOtherHosts(http.StatusOK)},
		{Name: "other-hosts-misdirected", Styles: acs3Only, Description: "refuses another address in Host with a page", apply: onOtherHosts(http.StatusMisdirectedRequest)},
	}
}

// onOtherHosts answers a page to what names another address of the balancer in Host than it came to.
func onOtherHosts(status int) func(*Server) {
	return writes(func(c *call, out *sent) {
		if strings.HasPrefix(c.authority, "127.0.0.2:") {
			out.status, out.body = status, []byte("<html><body>Welcome</body></html>")
			out.header = http.Header{"Content-Type": {"text/html"}}
		}
	})
}
