package oddities

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// strictOddities are servers that refuse more than they must, in another order, or that read what is there twice in one
// way throughout.
func strictOddities() []vary.Variant {
	return slices.Concat(refusingOddities(), readingOddities())
}

// refuses makes a server that refuses such a call before it looks at the signature.
func refuses(such func(*server.Call) (parameter string, ok bool)) vary.Change {
	return vary.Precedes("missing", func(_ *server.Server, c *server.Call) *server.Fault {
		if parameter, ok := such(c); ok {
			return &server.Fault{Condition: server.Hostile, Parameter: parameter}
		}
		return nil
	})
}

// sdkNonces are those of the official SDKs: UUIDs, and 32 hexadecimal digits.
var sdkNonces = regexp.MustCompile(`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$|^[0-9A-Fa-f]{32}$`)

func refusingOddities() []vary.Variant {
	unknown := func(c *server.Call) (string, bool) {
		for _, p := range c.Params() {
			if name := strings.ToLower(p.Name); strings.HasPrefix(name, "acsconform") || strings.HasPrefix(name, "bcsconform") || strings.HasPrefix(name, "tag.") {
				return p.Name, true
			}
		}
		return "", false
	}
	return []vary.Variant{
		{Name: "unknown-parameters-refused", Description: "refuses parameters that it does not know", Apply: refuses(unknown)},
		{Name: "unknown-headers-refused", Styles: []schemas.Style{schemas.ROA, schemas.ACS3}, Description: "refuses x-acs- headers that it does not know", Apply: refuses(func(c *server.Call) (string, bool) {
			return "x-acs-credentials-provider", c.Header.Get("X-Acs-Credentials-Provider") != "" || c.Header.Get("X-Acs-Acsconform") != ""
		})},
		{Name: "repeated-names-refused", Description: "refuses parameters whose name is there twice", Apply: refuses(func(c *server.Call) (string, bool) {
			seen := map[string]bool{}
			for _, p := range c.Params() {
				if seen[p.Name] {
					return p.Name, true
				}
				seen[p.Name] = true
			}
			return "", false
		})},
		{Name: "repeated-headers-refused", Description: "refuses header fields that are there twice", Apply: refuses(func(c *server.Call) (string, bool) {
			for name, values := range c.Header {
				if len(values) > 1 {
					return name, true
				}
			}
			return "", false
		})},
		{Name: "uri-of-4-kib", Description: "answers 414 to a request target of more than 4 KiB", Apply: vary.Both(refuses(func(c *server.Call) (string, bool) {
			return "uri", c.Method == http.MethodGet && targetLength(c) > 4<<10
		}), vary.Refusals(func(_ *server.Server, _ *server.Call, r *server.Reply) {
			if r.Fault.Parameter == "uri" {
				r.Set("Code", "RequestURITooLong")
				r.Set("Message", "The request target is too long.")
				r.SetStatus(http.StatusRequestURITooLong)
			}
		}))},
		{Name: "nonces-of-40-characters-at-most", Description: "refuses a nonce of more than 40 characters", Apply: refuses(func(c *server.Call) (string, bool) { return "SignatureNonce", len(c.Value("SignatureNonce")) > 40 })},
		{Name: "misspelt-code-spelt-rightly", Profiles: vary.ECSOnly, Description: "writes InvalidParameter where InvalidParamater is published, with the message that stands beside it", Apply: vary.Refusals(func(_ *server.Server, _ *server.Call, r *server.Reply) {
			if r.Get("Code") == "InvalidParamater" {
				r.Set("Code", "InvalidParameter")
			}
		})},
		{Name: "acs-headers-refused-in-rpc", Styles: vary.RPCOnly, Description: "refuses x-acs- headers in style rpc, but for that of a request id", Apply: refuses(func(c *server.Call) (string, bool) {
			for name := range c.Header {
				if name != "X-Acs-Request-Id" && strings.HasPrefix(name, "X-Acs-") {
					return name, true
				}
			}
			return "", false
		})},
		{Name: "nonces-as-sdks-write-them", Description: "refuses a nonce that is neither a UUID nor 32 hexadecimal digits", Apply: refuses(func(c *server.Call) (string, bool) {
			nonce := c.Value("SignatureNonce")
			return "SignatureNonce", nonce != "" && !sdkNonces.MatchString(nonce)
		})},
		{Name: "empty-values-refused", Styles: vary.RPCOnly, Description: "refuses parameters without a value, those that it must have aside", Apply: refuses(func(c *server.Call) (string, bool) {
			for _, p := range c.Params() {
				if p.Value == "" && (p.Name == "Format" || p.Name == "RegionId") {
					return p.Name, true
				}
			}
			return "", false
		})},
		{Name: "content-type-to-the-letter", Styles: []schemas.Style{schemas.ROA, schemas.ACS3}, Description: "refuses a Content-Type with parameters", Apply: refuses(func(c *server.Call) (string, bool) {
			return "Content-Type", strings.Contains(c.Header.Get("Content-Type"), "charset")
		})},
		{Name: "signature-type-not-known", Styles: vary.RPCOnly, Description: "refuses a SignatureType other than the empty one", Apply: refuses(func(c *server.Call) (string, bool) { return "SignatureType", c.Value("SignatureType") != "" })},
	}
}

func targetLength(c *server.Call) int {
	n := len(c.Path)
	for _, p := range c.Query {
		n += len(sign.PercentEncode(p.Name)) + len(sign.PercentEncode(p.Value)) + 2
	}
	return n
}

func readingOddities() []vary.Variant {
	return []vary.Variant{
		{Name: "first-of-two-parameters", Description: "takes the first of two parameters of a name, and drops the other", Apply: takesOne(true)},
		{Name: "last-of-two-parameters", Description: "takes the last of two parameters of a name, and drops the other", Apply: takesOne(false)},
		{Name: "first-of-two-headers", Styles: []schemas.Style{schemas.ROA, schemas.ACS3}, Description: "takes the first of two header fields of a name, and drops the other", Apply: takesOneHeader(func(v []string) string { return v[0] })},
		{Name: "last-of-two-headers", Styles: []schemas.Style{schemas.ROA, schemas.ACS3}, Description: "takes the last of two header fields of a name, and drops the other", Apply: takesOneHeader(func(v []string) string { return v[len(v)-1] })},
		{Name: "region-before-signature", Description: "looks for the region before it looks at the key", Apply: moves("region", "key")},
		{Name: "digest-before-everything", Description: "holds Content-MD5 against the body before it looks at anything else", Apply: moves("digest", "missing")},
		{Name: "timestamp-after-signature", Description: "looks at the time after the nonce", Apply: moves("timestamp", "action")},
		{Name: "empty-told-as-invalid", Profiles: []string{"ecs", "kms", "kms-legacy"}, Styles: vary.ByParameters, Description: "calls an empty SignatureMethod or SignatureVersion invalid, not missing",
			Apply: vary.Refusals(func(s *server.Server, c *server.Call, r *server.Reply) {
				for _, name := range []string{"SignatureMethod", "SignatureVersion"} {
					if value, there := c.Public[name]; there && value == "" && r.Fault.Condition == server.Missing(name) {
						r.SetRow(s.RowByCode("InvalidParameter"))
						r.Set("Message", fmt.Sprintf("The specified parameter %q is not valid.", name))
					}
				}
			})},
	}
}

// takesOne makes a server that has one parameter of each name.
func takesOne(first bool) vary.Change {
	one := func(params []sign.Param) []sign.Param {
		var kept []sign.Param
		for _, p := range params {
			i := slices.IndexFunc(kept, func(k sign.Param) bool { return k.Name == p.Name })
			switch {
			case i < 0:
				kept = append(kept, p)
			case !first:
				kept[i] = p
			}
		}
		return kept
	}
	return func(s *server.Server) {
		s.OnCall = append(s.OnCall, func(c *server.Call) *server.Call {
			of := c.Copy()
			if of.Query, of.Form = one(of.Query), one(of.Form); len(of.Query)+len(of.Form) == len(c.Query)+len(c.Form) {
				return c
			}
			of.Broken = server.ParamFault(of.Params())
			of.Open(s.Profile)
			of.Format = s.FormatOf(of.Params())
			return of
		})
	}
}

// takesOneHeader makes a server that has one field of each name.
func takesOneHeader(one func([]string) string) vary.Change {
	return func(s *server.Server) {
		s.OnCall = append(s.OnCall, func(c *server.Call) *server.Call {
			of := c.Copy()
			of.Broken = c.Broken
			for name, values := range of.Header {
				of.Header[name] = []string{one(values)}
			}
			of.Open(s.Profile)
			return of
		})
	}
}
