package mutants

import (
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
)

func routeMutants() []vary.Variant { return slices.Concat(placeMutants(), valueMutants()) }

func placeMutants() []vary.Variant {
	// The root of a success is named after the action as it was asked for, which no rule is to find.
	alike := func(name, says string, same func(known, asked string) bool) vary.Variant {
		return vary.Variant{Name: name, Clause: "ROUTE-1", Styles: vary.ByAction, Description: says, Apply: vary.Both(
			vary.Precedes("action", func(s *server.Server, c *server.Call) *server.Fault {
				for _, a := range s.Service.Actions {
					if same(a.Name, c.Value("Action")) {
						c.Public["Action"] = a.Name
					}
				}
				return nil
			}),
			vary.Successes(func(_ *server.Server, c *server.Call, r *server.Reply) {
				if asked := c.Param("Action") + c.Header.Get("X-Acs-Action"); r.Format == schemas.XML && asked != "" {
					r.Root = asked + "Response"
				}
			}))}
	}
	return []vary.Variant{
		{Name: "put-served", Clause: "METHOD-1", Profiles: []string{"gateway", "ecs", "kms", "kms-legacy"}, Description: "serves PUT, DELETE and PATCH",
			Apply: vary.AcceptsIf(func(c *server.Call, f *server.Fault) bool {
				return f.Condition == server.UnsupportedMethod && slices.Contains([]string{"PUT", "DELETE", "PATCH"}, c.Method)
			})},
		{Name: "unknown-action-served", Clause: "ROUTE-1", Description: "serves any Action and any path",
			Apply: vary.AcceptsIf(func(c *server.Call, f *server.Fault) bool {
				return f.Condition == server.UnknownAction && (server.ActionForm.MatchString(c.Value("Action")) || c.ByPath())
			})},
		{Name: "any-action-served", Clause: "ROUTE-1", Also: []string{"ROBUST-1"}, Styles: vary.ByAction, Description: "serves any Action, whatever it is spelt like", Apply: vary.Accepts(server.UnknownAction)},
		alike("action-in-any-case", "looks actions up without regard to case", strings.EqualFold),
		alike("action-with-either-first-letter", "looks actions up without regard to the case of their first letter", func(known, asked string) bool {
			return asked != "" && known[1:] == asked[1:] && strings.EqualFold(known[:1], asked[:1])
		}),
		{Name: "unknown-version-served", Clause: "ROUTE-2", Profiles: []string{"gateway", "ecs", "ess"}, Description: "does not look at Version",
			Apply: vary.AcceptsPlain("Version", server.UnknownVersion)},
		{Name: "unknown-region-served", Clause: "ROUTE-3", Profiles: vary.GatewayOnly, Description: "does not look at the region", Apply: vary.Accepts(server.UnknownRegion)},
		{Name: "unknown-host-served", Clause: "ROUTE-3", Profiles: vary.GatewayOnly, Description: "does not look at Host", Apply: vary.Accepts(server.UnknownHost)},
		{Name: "service-in-every-region", Clause: "ROUTE-4", Profiles: vary.ESSOnly, Description: "is in every region there is not", Apply: vary.Accepts(server.UnknownRegion)},
		{Name: "content-length-ignored", Clause: "BODY-1", Profiles: vary.GatewayOnly, Description: "serves a body that is not as long as its Content-Length",
			Apply: vary.Accepts(server.ContentLengthMismatch)},
		{Name: "content-md5-ignored", Clause: "BODY-2", Profiles: vary.GatewayOnly, Description: "does not look at Content-MD5", Apply: vary.Accepts(server.ContentMD5Mismatch)},
		{Name: "content-md5-refused", Clause: "BODY-2", Profiles: vary.GatewayOnly, Styles: vary.ByAction, Description: "refuses every Content-MD5",
			Apply: vary.Replaces("digest", func(_ *server.Server, c *server.Call) *server.Fault {
				if c.Header.Get("Content-MD5") != "" {
					return &server.Fault{Condition: server.ContentMD5Mismatch, Parameter: "Content-MD5"}
				}
				return nil
			})},
		{Name: "tls-not-asked-for", Clause: "TLS-1", Profiles: vary.GatewayOnly, Description: "serves over plain HTTP what is for HTTPS only", Apply: vary.Accepts(server.PlainHTTP)},
		{Name: "another-row-of-the-code", Clause: "ROW-1", Profiles: vary.ECSOnly, Description: "answers what has a row of its own with another row of the same code and status",
			Apply: vary.RefusalsFor(server.Recipe, func(s *server.Server, _ *server.Call, r *server.Reply) {
				for i := range s.Profile.Codes {
					if other := &s.Profile.Codes[i]; other != r.Row && other.Key() == r.Row.Key() {
						r.SetRow(other)
						return
					}
				}
			})},
		{Name: "row-code-with-a-slip", Clause: "ROW-1", Profiles: vary.ECSOnly, Description: "misspells the codes of rows that calls of its own lead to, by one letter",
			Apply: vary.RefusalsFor(server.Recipe, func(_ *server.Server, _ *server.Call, r *server.Reply) {
				if code := r.Get("Code"); len(code) > 3 {
					r.Set("Code", code[:len(code)-1]+"x")
				}
			})},
		{Name: "another-row", Clause: "ROW-1", Description: "answers with a failure of its own what has a row with 403",
			Apply: vary.RefusalsFor(server.Recipe, func(s *server.Server, _ *server.Call, r *server.Reply) {
				if server.StatusOf(r.Row) == 403 {
					r.SetRow(serverRow(s))
				}
			})},
	}
}

func stateMutants() []vary.Variant {
	throttling := []string{"gateway", "ecs", "ess"}
	return []vary.Variant{
		{Name: "never-throttled", Clause: "THROTTLE-1", Profiles: throttling, Styles: vary.ByAction, Description: "throttles nobody", Apply: vary.Accepts(server.Throttled)},
		{Name: "both-owners-served", Clause: "OWNER-1", Profiles: vary.ECSOnly, Description: "takes OwnerId and OwnerAccount together", Apply: vary.Accepts(server.OwnerIDAndAccount)},
		{Name: "any-owner-account-served", Clause: "OWNER-1", Profiles: vary.ECSOnly, Description: "does not look at OwnerAccount", Apply: vary.Accepts(server.InvalidOwnerAccount)},
		{Name: "any-owner-id-served", Clause: "OWNER-1", Profiles: vary.ECSOnly, Description: "does not look at OwnerId", Apply: vary.Accepts(server.InvalidOwnerID)},
		{Name: "any-resource-owner-served", Clause: "OWNER-1", Profiles: vary.ECSOnly, Description: "does not look at ResourceOwnerAccount", Apply: vary.Accepts(server.InvalidResourceOwnerAccount)},
		{Name: "client-token-for-anything", Clause: "IDEMPOTENT-1", Profiles: vary.ECSOnly, Description: "serves a ClientToken again with other parameters", Apply: vary.Accepts(server.ClientTokenMismatch)},
		{Name: "client-token-in-progress-served", Clause: "IDEMPOTENT-1", Profiles: vary.ECSOnly, Description: "serves a ClientToken that is still in progress", Apply: vary.Accepts(server.ClientTokenInProgress)},
		{Name: "client-token-only-once", Clause: "IDEMPOTENT-1", Profiles: vary.ECSOnly, Description: "refuses a ClientToken that comes again, whatever the parameters",
			Apply: onceOnly},
	}
}

// onceOnly refuses a ClientToken whose call is done.
func onceOnly(s *server.Server) {
	var done sync.Map
	vary.Replaces("business", func(s *server.Server, c *server.Call) *server.Fault {
		token := c.Param("ClientToken")
		if _, again := done.Load(token); again {
			return &server.Fault{Condition: server.ClientTokenMismatch, Parameter: "ClientToken"}
		}
		f := server.RunAction(s, c)
		if f == nil && token != "" {
			done.Store(token, true)
		}
		return f
	})(s)
}

// methodMutants answer methods that are of HTTP alone as no server should.
func methodMutants() []vary.Variant {
	by := func(name, says, method string, edit func(*server.Sent)) vary.Variant {
		return vary.Variant{Name: name, Clause: "ROBUST-1", Description: says, Apply: vary.Writes(func(c *server.Call, out *server.Sent) {
			if c.Method == method {
				edit(out)
			}
		})}
	}
	options := func(status int) vary.Change {
		return page(status, func(c *server.Call, _ *server.Sent) bool { return c.Method == http.MethodOptions })
	}
	return []vary.Variant{
		by("head-redirected", "redirects HEAD", http.MethodHead, func(out *server.Sent) {
			out.Status = http.StatusFound
			out.Header.Set("Location", "/login")
		}),
		by("head-with-a-body", "sends a body in answer to HEAD", http.MethodHead, func(out *server.Sent) { out.HeadBody = true }),
		{Name: "page-for-options", Clause: "ROBUST-1", Description: "has a page for OPTIONS", Apply: options(http.StatusOK)},
		{Name: "page-against-options", Clause: "ROBUST-1", Description: "refuses OPTIONS with a page", Apply: options(http.StatusMethodNotAllowed)},
		by("options-refused-without-a-word", "refuses OPTIONS with a status and nothing else", http.MethodOptions, func(out *server.Sent) {
			out.Status, out.Body = http.StatusMethodNotAllowed, nil
		}),
	}
}
