package mutants

import (
	"encoding/json"
	"maps"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// unsignedMutants act on what the signature does not cover: on a place that it leaves out, or on another reading of one that
// it covers.
func unsignedMutants() []vary.Variant {
	inRPC := func(name, says string, apply vary.Change) vary.Variant {
		return vary.Variant{Name: name, Clause: "SIGN-2", Profiles: []string{"gateway", "ecs"}, Styles: vary.RPCOnly, Description: says, Apply: apply}
	}
	region := inRPC("region-header-wins", "takes x-acs-region-id for the region in style rpc, whatever RegionId says", merges(true, header("X-Acs-Region-Id", "RegionId")))
	region.Profiles = vary.GatewayOnly // whose document has a row for unknown regions
	return append(coveredMutants(), []vary.Variant{
		region,
		inRPC("action-header-wins", "takes x-acs-action for the Action in style rpc, whatever its parameter says", merges(true, header("X-Acs-Action", "Action"))),
		inRPC("action-header-for-want-of-one", "takes x-acs-action for the Action in style rpc where there is no such parameter", merges(false, header("X-Acs-Action", "Action"))),
		inRPC("cookies-are-parameters", "takes cookies for parameters that are missing", merges(false, cookies)),
		inRPC("json-members-are-parameters", "takes the members of a JSON body for parameters that are missing", merges(false, members)),
		inRPC("json-members-win", "takes the members of a JSON body for parameters, before those of the query", merges(true, members)),
		inRPC("parts-are-parameters", "takes the parts of a multipart body for parameters that are missing", merges(false, parts)),
		inRPC("any-body-is-a-form", "reads a body as a form whatever its type, and signs what is called one", merges(false, anyForm)),
	}...)
}

// merges makes a server of style rpc that takes parameters from somewhere else, once it has read those that are signed: in the
// place of those that are there, or for those that are missing.
func merges(wins bool, from func(*server.Call) map[string]string) vary.Change {
	return func(s *server.Server) {
		s.OnCall = append(s.OnCall, func(c *server.Call) *server.Call {
			more := map[string]string{}
			if c.Style == schemas.RPC {
				more = from(c)
			}
			if len(more) == 0 {
				return c
			}
			of := *c
			if of.Public = maps.Clone(c.Public); !server.IsForm(c.Header) {
				of.Body = nil
			}
			for name, value := range more {
				if _, there := of.Public[name]; there == wins {
					of.Public[name] = value
				}
			}
			return &of
		})
	}
}

func header(name, parameter string) func(*server.Call) map[string]string {
	return func(c *server.Call) map[string]string {
		if value := c.Header.Get(name); value != "" {
			return map[string]string{parameter: value}
		}
		return nil
	}
}

func cookies(c *server.Call) map[string]string {
	found := map[string]string{}
	r := http.Request{Header: c.Header}
	for _, one := range r.Cookies() {
		found[one.Name] = one.Value
	}
	return found
}

func members(c *server.Call) (found map[string]string) {
	if !withJSON(c) || json.Unmarshal(c.Body, &found) != nil {
		return nil
	}
	return found
}

func parts(c *server.Call) map[string]string {
	_, more, _ := mime.ParseMediaType(c.Header.Get("Content-Type"))
	if more["boundary"] == "" {
		return nil
	}
	form, err := multipart.NewReader(strings.NewReader(string(c.Body)), more["boundary"]).ReadForm(int64(len(c.Body)))
	if err != nil {
		return nil
	}
	return firsts(form.Value)
}

func anyForm(c *server.Call) map[string]string {
	if form, err := url.ParseQuery(string(c.Body)); err == nil && !server.IsForm(c.Header) {
		return firsts(form)
	}
	return nil
}

func firsts(values map[string][]string) map[string]string {
	found := map[string]string{}
	for name, all := range values {
		found[name] = all[0]
	}
	return found
}

// coveredMutants verify another reading of what they act on.
func coveredMutants() []vary.Variant {
	const actionHeader = "X-Acs-Action"
	acs3 := func(name, says string, reread func(of *server.Call)) vary.Variant {
		return vary.Variant{Name: name, Clause: "SIGN-2", Styles: vary.ACS3Only, Description: says, Apply: func(s *server.Server) {
			s.OnCall = append(s.OnCall, func(c *server.Call) *server.Call {
				if c.Style != schemas.ACS3 {
					return c
				}
				of := c.Copy()
				of.Broken, of.Public = c.Broken, maps.Clone(c.Public)
				reread(of)
				return of
			})
		}}
	}
	signedWithoutBody := func(c *server.Call) bool {
		return strings.EqualFold(c.Header.Get("X-Acs-Content-Sha256"), sign.ContentSHA256(nil))
	}
	return []vary.Variant{
		{Name: "last-of-two-used", Clause: "SIGN-2", Profiles: vary.GatewayOnly, Styles: vary.RPCOnly, Description: "signs the first of two parameters of one name, and uses the last",
			Apply: vary.Both(lastUsed, verifies(func(_ *server.Server, c *server.Call, signature string) bool {
				return signature == c.Signature(c.Method, firstOfEach(c.Params()))
			}))},
		acs3("last-action-header-used", "signs the first of two fields x-acs-action, and calls the last", func(of *server.Call) {
			if all := of.Header[actionHeader]; len(all) > 1 {
				of.Public["Action"], of.Header[actionHeader] = all[len(all)-1], all[:1]
			}
		}),
		acs3("first-action-header-used", "signs the last of two fields x-acs-action, and calls the first", func(of *server.Call) {
			if all := of.Header[actionHeader]; len(all) > 1 {
				of.Header[actionHeader] = all[len(all)-1:]
			}
		}),
		acs3("underscored-headers-merged", "takes x_acs_action for x-acs-action, as what runs behind CGI does, and covers the latter", func(of *server.Call) {
			for name, all := range of.Header {
				if strings.EqualFold(name, "x_acs_action") {
					of.Public["Action"] = all[0]
				}
			}
		}),
		acs3("any-body-for-none", "takes any body by POST where x-acs-content-sha256 is that of none", func(of *server.Call) {
			if of.Method == "POST" && signedWithoutBody(of) {
				of.Body = nil
			}
		}),
		acs3("bodies-of-gets-unsigned", "does not hold the body of a GET against x-acs-content-sha256, and reads it", func(of *server.Call) {
			if of.Method == "GET" && signedWithoutBody(of) {
				of.Body = nil
			}
		}),
	}
}

// lastUsed returns a change after which the server uses the last of several values of RegionId.
func lastUsed(s *server.Server) {
	s.OnCall = append(s.OnCall, func(c *server.Call) *server.Call {
		for _, p := range c.Params() {
			if p.Name == "RegionId" && c.Style == schemas.RPC {
				c.Public["RegionId"] = p.Value
			}
		}
		return c
	})
}

// firstOfEach leaves of each name the first parameter.
func firstOfEach(params []sign.Param) []sign.Param {
	seen := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(params), func(p sign.Param) bool {
		twice := seen[p.Name]
		seen[p.Name] = true
		return twice
	})
}
