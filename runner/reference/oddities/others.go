package oddities

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
)

// otherOddities refuse, for a reason of their own, what others do not look at.
func otherOddities() []vary.Variant {
	return []vary.Variant{
		{Name: "signature-type-unknown", Styles: vary.RPCOnly, Description: "knows no SignatureType, and refuses a signature that is said to be of one",
			Apply: vary.Precedes("signature", func(_ *server.Server, c *server.Call) *server.Fault {
				if c.Param("SignatureType") != "" {
					return &server.Fault{Condition: server.WrongSignature, Parameter: "Signature"}
				}
				return nil
			})},
		{Name: "empty-token-malformed", Profiles: vary.GatewayOnly, Description: "refuses an empty token as malformed",
			Apply: vary.Precedes("key", func(_ *server.Server, c *server.Call) *server.Fault {
				if token, there := c.Public["SecurityToken"]; there && token == "" && strings.HasPrefix(c.Value("AccessKeyId"), "STS.") {
					return &server.Fault{Condition: server.MalformedToken, Parameter: "SecurityToken"}
				}
				return nil
			})},
		{Name: "names-with-markup-refused", Styles: vary.RPCOnly, Description: "refuses names that have markup in them",
			Apply: vary.Precedes("business", func(_ *server.Server, c *server.Call) *server.Fault {
				if vary.NameWithMarkup(c) != "" {
					return &server.Fault{Condition: server.Hostile, Parameter: "request"}
				}
				return nil
			})},
		{Name: "path-repeated", Description: "repeats the path of a request that it refuses, and its Accept, escaped",
			Apply: vary.Refusals(func(_ *server.Server, c *server.Call, r *server.Reply) {
				r.Set("Requested", []server.Member{{Name: "Path", Value: c.Path}, {Name: "Accept", Value: strings.ToValidUTF8(c.Header.Get("Accept"), "")}, {Name: "Host", Value: c.Authority}})
			})},
	}
}

// sideOddities are right on both sides of a comparison, though not in the same words.
func sideOddities() []vary.Variant {
	other := func(name, says string, how func(*server.Sent)) vary.Variant {
		return vary.Variant{Name: name, Profiles: []string{"ecs", "kms", "kms-legacy", "ess"}, Description: says, Apply: vary.Writes(func(c *server.Call, out *server.Sent) {
			if strings.HasSuffix(c.Host, ".example.com") {
				how(out)
			}
		})}
	}
	return []vary.Variant{
		other("page-for-other-hosts", "has a page for hosts that it does not know", func(out *server.Sent) {
			out.Status = 404
			out.Header.Set("Content-Type", "text/html")
			out.Body = []byte("<html><body>No such site</body></html>")
		}),
		other("closes-for-other-hosts", "closes the connection of a client that addresses a host that it does not know", func(out *server.Sent) { out.Mute = server.Closes }),
		{Name: "trace-behind-the-message", Description: "writes a word of its own behind every Message", Apply: vary.Refusals(func(_ *server.Server, _ *server.Call, r *server.Reply) {
			r.Set("Message", r.Get("Message")+" (trace "+strings.ToLower(server.NewUUID()[24:])+")")
		})},
		{Name: "data-empty-in-errors", Description: "has Data in every answer, empty in errors", Apply: vary.Replies(func(_ *server.Server, _ *server.Call, r *server.Reply) {
			data := []server.Member{}
			if r.Fault == nil {
				data = []server.Member{{Name: "Total", Value: 1}}
			}
			r.Set("Data", data)
		})},
		{Name: "warnings-in-everything", Description: "has a list of Warnings in every answer", Apply: vary.Replies(func(_ *server.Server, _ *server.Call, r *server.Reply) {
			r.Set("Warnings", []server.Member{{Name: "Warning", Value: server.List{"this version is old"}}})
		})},
	}
}

// valuePlaceOddities are right where a hostile value, or a method that the target file does not name, may be mistaken.
func valuePlaceOddities() []vary.Variant {
	return []vary.Variant{
		{Name: "hostile-formats-refused-as-anything", Description: "refuses what is no plain word in Format as a failure to read the request",
			Apply: vary.Precedes("readable", func(_ *server.Server, c *server.Call) *server.Fault {
				if f := c.Param("Format"); f != "" && !vary.PlainValue.MatchString(f) {
					return &server.Fault{Condition: server.Hostile, Parameter: "query"}
				}
				return nil
			})},
		{Name: "hostile-formats-passed-over", Description: "answers what is no plain word in Format in its default format",
			Apply: vary.AcceptsIf(func(c *server.Call, f *server.Fault) bool {
				return (f.Condition == server.UnknownFormat || f.Condition == server.Hostile) && c.Param("Format") != "" && !vary.PlainValue.MatchString(c.Param("Format"))
			})},
		{Name: "bodies-passed-over", Styles: []schemas.Style{schemas.ACS3}, Profiles: vary.WithXML, Description: "passes over a body in JSON that a call does not take",
			Apply: vary.AcceptsIf(func(c *server.Call, f *server.Fault) bool {
				return f.Condition == server.Hostile && c.Header.Get("Content-Type") == "application/json"
			})},
		{Name: "rows-by-get-unsaid", Profiles: vary.ECSOnly, Styles: vary.ByAction, Description: "is led to its rows by GET, which its target file does not say", Apply: func(s *server.Server) {
			for i := range s.Service.Actions {
				if a := &s.Service.Actions[i]; a.Name == "Provoke" {
					s.Checks = slices.Insert(s.Checks, slices.IndexFunc(s.Checks, func(k server.Check) bool { return k.Name == "region" }), server.Check{Name: "unsaid", Objects: func(_ *server.Server, c *server.Call) *server.Fault {
						if c.Action != nil && c.Action.Name == "Provoke" && c.Method != http.MethodGet {
							return &server.Fault{Condition: server.UnsupportedMethod, Parameter: "Method"}
						}
						return nil
					}})
				}
			}
		}},
	}
}

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
func onOtherHosts(status int) vary.Change {
	return vary.Writes(func(c *server.Call, out *server.Sent) {
		if strings.HasPrefix(c.Authority, "127.0.0.2:") {
			out.Status, out.Body = status, []byte("<html><body>Welcome</body></html>")
			out.Header = http.Header{"Content-Type": {"text/html"}}
		}
	})
}
