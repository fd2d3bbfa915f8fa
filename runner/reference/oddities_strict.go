package reference

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// strictOddities are servers that refuse more than they must, in another order, or that read what is there twice in one
// way throughout.
func strictOddities() []Variant {
	return slices.Concat(refusingOddities(), readingOddities())
}

// refuses makes a server that refuses such a call before it looks at the signature.
func refuses(such func(*call) (parameter string, ok bool)) func(*Server) {
	return precedes("missing", func(_ *Server, c *call) *fault {
		if parameter, ok := such(c); ok {
			return &fault{condition: hostile, parameter: parameter}
		}
		return nil
	})
}

var nonceForm = regexp.MustCompile(`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`)

func refusingOddities() []Variant {
	unknown := func(c *call) (string, bool) {
		for _, p := range c.params() {
			if name := strings.ToLower(p.Name); strings.HasPrefix(name, "acsconform") || strings.HasPrefix(name, "bcsconform") || strings.HasPrefix(name, "tag.") {
				return p.Name, true
			}
		}
		return "", false
	}
	return []Variant{
		{Name: "unknown-parameters-refused", Description: "refuses parameters that it does not know", apply: refuses(unknown)},
		{Name: "unknown-headers-refused", Styles: []schemas.Style{schemas.ROA, schemas.ACS3}, Description: "refuses x-acs- headers that it does not know", apply: refuses(func(c *call) (string, bool) {
			return "x-acs-credentials-provider", c.header.Get("X-Acs-Credentials-Provider") != "" || c.header.Get("X-Acs-Acsconform") != ""
		})},
		{Name: "repeated-names-refused", Description: "refuses parameters whose name is there twice", apply: refuses(func(c *call) (string, bool) {
			seen := map[string]bool{}
			for _, p := range c.params() {
				if seen[p.Name] {
					return p.Name, true
				}
				seen[p.Name] = true
			}
			return "", false
		})},
		{Name: "repeated-headers-refused", Description: "refuses header fields that are there twice", apply: refuses(func(c *call) (string, bool) {
			for name, values := range c.header {
				if len(values) > 1 {
					return name, true
				}
			}
			return "", false
		})},
		{Name: "uri-of-4-kib", Description: "answers 414 to a request target of more than 4 KiB", apply: both(refuses(func(c *call) (string, bool) {
			return "uri", c.method == http.MethodGet && targetLength(c) > 4<<10
		}), refusals(func(_ *Server, _ *call, r *reply) {
			if r.fault.parameter == "uri" {
				r.set("Code", "RequestURITooLong")
				r.set("Message", "The request target is too long.")
				r.SetStatus(http.StatusRequestURITooLong)
			}
		}))},
		{Name: "nonces-of-40-characters-at-most", Description: "refuses a nonce of more than 40 characters", apply: refuses(func(c *call) (string, bool) { return "SignatureNonce", len(c.value("SignatureNonce")) > 40 })},
		{Name: "nonces-are-uuids", Description: "refuses a nonce that is no UUID", apply: refuses(func(c *call) (string, bool) {
			nonce := c.value("SignatureNonce")
			return "SignatureNonce", nonce != "" && !nonceForm.MatchString(nonce)
		})},
		{Name: "empty-values-refused", Styles: rpcOnly, Description: "refuses parameters without a value, those that it must have aside", apply: refuses(func(c *call) (string, bool) {
			for _, p := range c.params() {
				if p.Value == "" && (p.Name == "Format" || p.Name == "RegionId") {
					return p.Name, true
				}
			}
			return "", false
		})},
		{Name: "content-type-to-the-letter", Styles: []schemas.Style{schemas.ROA, schemas.ACS3}, Description: "refuses a Content-Type with parameters", apply: refuses(func(c *call) (string, bool) {
			return "Content-Type", strings.Contains(c.header.Get("Content-Type"), "charset")
		})},
		{Name: "signature-type-not-known", Styles: rpcOnly, Description: "refuses a SignatureType other than the empty one", apply: refuses(func(c *call) (string, bool) { return "SignatureType", c.value("SignatureType") != "" })},
	}
}

func targetLength(c *call) int {
	n := len(c.path)
	for _, p := range c.query {
		n += len(sign.PercentEncode(p.Name)) + len(sign.PercentEncode(p.Value)) + 2
	}
	return n
}

func readingOddities() []Variant {
	return []Variant{
		{Name: "first-of-two-parameters", Description: "takes the first of two parameters of a name, and drops the other", apply: takesOne(true)},
		{Name: "last-of-two-parameters", Description: "takes the last of two parameters of a name, and drops the other", apply: takesOne(false)},
		{Name: "first-of-two-headers", Styles: []schemas.Style{schemas.ROA, schemas.ACS3}, Description: "takes the first of two header fields of a name, and drops the other", apply: takesOneHeader(func(v []string) string { return v[0] })},
		{Name: "last-of-two-headers", Styles: []schemas.Style{schemas.ROA, schemas.ACS3}, Description: "takes the last of two header fields of a name, and drops the other", apply: takesOneHeader(func(v []string) string { return v[len(v)-1] })},
		{Name: "region-before-signature", Description: "looks for the region before it looks at the key", apply: moves("region", "key")},
		{Name: "digest-before-everything", Description: "holds Content-MD5 against the body before it looks at anything else", apply: moves("digest", "missing")},
		{Name: "timestamp-after-signature", Description: "looks at the time after the nonce", apply: moves("timestamp", "action")},
		{Name: "empty-told-as-invalid", Profiles: []string{"ecs", "kms", "kms-legacy"}, Styles: byParameters, Description: "calls an empty SignatureMethod or SignatureVersion invalid, not missing",
			apply: refusals(func(s *Server, c *call, r *reply) {
				for _, name := range []string{"SignatureMethod", "SignatureVersion"} {
					if value, there := c.public[name]; there && value == "" && r.fault.condition == missing(name) {
						r.SetRow(s.RowByCode("InvalidParameter"))
						r.set("Message", fmt.Sprintf("The specified parameter %q is not valid.", name))
					}
				}
			})},
	}
}

// takesOne makes a server that has one parameter of each name.
func takesOne(first bool) func(*Server) {
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
	return func(s *Server) {
		s.OnCall = append(s.OnCall, func(c *call) *call {
			of := c.Copy()
			if of.query, of.form = one(of.query), one(of.form); len(of.query)+len(of.form) == len(c.query)+len(c.form) {
				return c
			}
			of.broken = ParamFault(of.params())
			of.open(s.profile)
			of.format = s.formatOf(of.params())
			return of
		})
	}
}

// takesOneHeader makes a server that has one field of each name.
func takesOneHeader(one func([]string) string) func(*Server) {
	return func(s *Server) {
		s.OnCall = append(s.OnCall, func(c *call) *call {
			of := c.Copy()
			of.broken = c.broken
			for name, values := range of.header {
				of.header[name] = []string{one(values)}
			}
			of.open(s.profile)
			return of
		})
	}
}
