package reference

import (
	"slices"
	"strings"
	"sync"

	"github.com/acsconform/acsconform/schemas"
)

func routeMutants() []Variant { return slices.Concat(placeMutants(), valueMutants()) }

func placeMutants() []Variant {
	return []Variant{
		{Name: "put-served", Clause: "METHOD-1", Profiles: []string{"gateway", "ecs", "kms", "kms-legacy"}, Description: "serves PUT, DELETE and PATCH",
			apply: acceptsIf(func(c *call, f *fault) bool {
				return f.condition == unsupportedMethod && slices.Contains([]string{"PUT", "DELETE", "PATCH"}, c.method)
			})},
		{Name: "unknown-action-served", Clause: "ROUTE-1", Description: "serves any Action and any path",
			apply: acceptsIf(func(c *call, f *fault) bool {
				return f.condition == unknownAction && (actionForm.MatchString(c.value("Action")) || c.byPath())
			})},
		{Name: "action-in-any-case", Clause: "ROUTE-1", Styles: byAction, Description: "looks actions up without regard to case",
			apply: both(
				precedes("action", func(s *Server, c *call) *fault {
					for _, a := range s.service.actions {
						if strings.EqualFold(a.name, c.value("Action")) {
							c.public["Action"] = a.name
						}
					}
					return nil
				}),
				successes(func(_ *Server, c *call, r *reply) {
					if asked := c.Param("Action") + c.header.Get("X-Acs-Action"); r.format == schemas.XML && asked != "" {
						r.root = asked + "Response"
					}
				}))},
		{Name: "unknown-version-served", Clause: "ROUTE-2", Profiles: []string{"gateway", "ecs", "ess"}, Description: "does not look at Version",
			apply: acceptsPlain("Version", unknownVersion)},
		{Name: "unknown-region-served", Clause: "ROUTE-3", Profiles: gatewayOnly, Description: "does not look at the region", apply: accepts(unknownRegion)},
		{Name: "unknown-host-served", Clause: "ROUTE-3", Profiles: gatewayOnly, Description: "does not look at Host", apply: accepts(unknownHost)},
		{Name: "service-in-every-region", Clause: "ROUTE-4", Profiles: essOnly, Description: "is in every region there is not", apply: accepts(unknownRegion)},
		{Name: "content-length-ignored", Clause: "BODY-1", Profiles: gatewayOnly, Description: "serves a body that is not as long as its Content-Length",
			apply: accepts(contentLengthMismatch)},
		{Name: "content-md5-ignored", Clause: "BODY-2", Profiles: gatewayOnly, Description: "does not look at Content-MD5", apply: accepts(contentMD5Mismatch)},
		{Name: "content-md5-refused", Clause: "BODY-2", Profiles: gatewayOnly, Styles: byAction, Description: "refuses every Content-MD5",
			apply: replaces("digest", func(_ *Server, c *call) *fault {
				if c.header.Get("Content-MD5") != "" {
					return &fault{condition: contentMD5Mismatch, parameter: "Content-MD5"}
				}
				return nil
			})},
		{Name: "tls-not-asked-for", Clause: "TLS-1", Profiles: gatewayOnly, Description: "serves over plain HTTP what is for HTTPS only", apply: accepts(plainHTTP)},
		{Name: "another-row-of-the-code", Clause: "ROW-1", Profiles: ecsOnly, Description: "answers what has a row of its own with another row of the same code and status",
			apply: refusalsFor(recipe, func(s *Server, _ *call, r *reply) {
				for i := range s.profile.Codes {
					if other := &s.profile.Codes[i]; other != r.row && other.Key() == r.row.Key() {
						r.SetRow(other)
						return
					}
				}
			})},
		{Name: "another-row", Clause: "ROW-1", Description: "answers with a failure of its own what has a row with 403",
			apply: refusalsFor(recipe, func(s *Server, _ *call, r *reply) {
				if StatusOf(r.row) == 403 {
					r.SetRow(serverRow(s))
				}
			})},
	}
}

func stateMutants() []Variant {
	throttling := []string{"gateway", "ecs", "ess"}
	return []Variant{
		{Name: "never-throttled", Clause: "THROTTLE-1", Profiles: throttling, Styles: byAction, Description: "throttles nobody", apply: accepts(throttled)},
		{Name: "both-owners-served", Clause: "OWNER-1", Profiles: ecsOnly, Description: "takes OwnerId and OwnerAccount together", apply: accepts(ownerIDAndAccount)},
		{Name: "any-owner-account-served", Clause: "OWNER-1", Profiles: ecsOnly, Description: "does not look at OwnerAccount", apply: accepts(invalidOwnerAccount)},
		{Name: "any-owner-id-served", Clause: "OWNER-1", Profiles: ecsOnly, Description: "does not look at OwnerId", apply: accepts(invalidOwnerID)},
		{Name: "any-resource-owner-served", Clause: "OWNER-1", Profiles: ecsOnly, Description: "does not look at ResourceOwnerAccount", apply: accepts(invalidResourceOwnerAccount)},
		{Name: "client-token-for-anything", Clause: "IDEMPOTENT-1", Profiles: ecsOnly, Description: "serves a ClientToken again with other parameters", apply: accepts(clientTokenMismatch)},
		{Name: "client-token-in-progress-served", Clause: "IDEMPOTENT-1", Profiles: ecsOnly, Description: "serves a ClientToken that is still in progress", apply: accepts(clientTokenInProgress)},
		{Name: "client-token-only-once", Clause: "IDEMPOTENT-1", Profiles: ecsOnly, Description: "refuses a ClientToken that comes again, whatever the parameters",
			apply: onceOnly},
	}
}

// onceOnly refuses a ClientToken whose call is done.
func onceOnly(s *Server) {
	var done sync.Map
	replaces("business", func(s *Server, c *call) *fault {
		token := c.Param("ClientToken")
		if _, again := done.Load(token); again {
			return &fault{condition: clientTokenMismatch, parameter: "ClientToken"}
		}
		f := RunAction(s, c)
		if f == nil && token != "" {
			done.Store(token, true)
		}
		return f
	})(s)
}
