package mutants

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// shapeMutants each compute another signature for a sound request of one shape, and so refuse it.
func shapeMutants() []vary.Variant {
	return slices.Concat(valueShapeMutants(), layoutShapeMutants(), crowdMutants())
}

// mistakes makes a server that refuses the signature of such a call.
func mistakes(name, says string, styles []schemas.Style, such func(*server.Call) bool) vary.Variant {
	return vary.Variant{Name: name, Clause: "SUCCESS-4", Styles: styles, Description: says, Apply: vary.Precedes("nonce", func(_ *server.Server, c *server.Call) *server.Fault {
		if such(c) {
			return &server.Fault{Condition: server.WrongSignature, Parameter: "Signature"}
		}
		return nil
	})}
}

// plainUUID matches the nonces of some SDKs, and not of all.
var plainUUID = regexp.MustCompile(`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`)

// value matches calls with such a value of a parameter of their own.
func ownValue(such func(string) bool) func(*server.Call) bool {
	return func(c *server.Call) bool {
		return slices.ContainsFunc(ownPairs(c), func(p sign.Param) bool { return such(p.Value) })
	}
}

// ownPairs are the parameters of the action's own, of a form that is a body too.
func ownPairs(c *server.Call) []sign.Param {
	return slices.DeleteFunc(c.Params(), func(p sign.Param) bool { return slices.Contains(server.PublicNames, p.Name) })
}

func holds(text string) func(*server.Call) bool {
	return ownValue(func(value string) bool { return strings.Contains(value, text) })
}

func valueShapeMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "nonces-are-uuids", Clause: "SUCCESS-4", Description: "refuses a nonce that is no UUID", Apply: vary.Precedes("nonce", func(_ *server.Server, c *server.Call) *server.Fault {
			if nonce := c.Value("SignatureNonce"); nonce != "" && !plainUUID.MatchString(nonce) {
				return &server.Fault{Condition: server.Hostile, Parameter: "SignatureNonce"}
			}
			return nil
		})},
		mistakes("empty-values-not-signed", "leaves empty parameters out where it signs", vary.ByAction, ownValue(func(value string) bool { return value == "" })),
		mistakes("blanks-trimmed-before-signing", "trims values before it signs", vary.ByAction, ownValue(func(value string) bool { return strings.TrimSpace(value) != value })),
		mistakes("exclamation-not-encoded", "leaves ! as it is where it encodes", vary.ByAction, holds("!")),
		mistakes("quote-not-encoded", "leaves ' as it is where it encodes", vary.ByAction, holds("'")),
		mistakes("parentheses-not-encoded", "leaves ( and ) as they are where it encodes", vary.ByAction, holds("(")),
		mistakes("tilde-encoded", "encodes ~", vary.ByAction, holds("~")),
		mistakes("slash-not-encoded", "leaves / as it is where it encodes", vary.ByAction, holds("+b/c")),
		mistakes("percent-not-encoded", "takes %25 for encoded already", vary.ByAction, holds("%")),
		mistakes("at-not-encoded", "leaves @ as it is where it encodes", vary.ByAction, holds("/first@example")),
		mistakes("ampersand-splits-values", "splits a value at &", vary.ByAction, holds("&")),
		mistakes("braces-not-encoded", "leaves { and } as they are where it encodes", vary.ByAction, holds("{")),
		mistakes("equals-ends-values", "cuts a value at its last =", vary.ByAction, ownValue(func(value string) bool { return strings.HasSuffix(value, "=") })),
		mistakes("latin-1-signed", "signs values in Latin 1", vary.ByAction, ownValue(func(value string) bool { return len(value) != utf8.RuneCountInString(value) })),
		mistakes("surrogates-signed", "signs characters beyond 16 bits as two", vary.ByAction, ownValue(func(value string) bool { return strings.ContainsFunc(value, func(c rune) bool { return c > 0xffff }) })),
		mistakes("empty-signature-type-not-signed", "leaves an empty SignatureType out where it signs", vary.RPCOnly, func(c *server.Call) bool {
			value, there := c.Public["SignatureType"]
			return there && value == ""
		}),
	}
}

func layoutShapeMutants() []vary.Variant {
	name := func(such func(string) bool) func(*server.Call) bool {
		return func(c *server.Call) bool {
			return slices.ContainsFunc(ownPairs(c), func(p sign.Param) bool { return such(p.Name) })
		}
	}
	small := name(func(name string) bool { return name == "acsconform" })
	return []vary.Variant{
		mistakes("names-sorted-by-numbers", "sorts Tag.2 before Tag.10 where it signs", vary.ByAction, name(func(name string) bool { return strings.HasPrefix(name, "Tag.10.") })),
		mistakes("names-sorted-without-case", "sorts names without regard to case where it signs", vary.ByAction, func(c *server.Call) bool {
			return small(c) && name(func(name string) bool { return name == "Bcsconform" })(c)
		}),
		mistakes("first-forty-parameters-signed", "signs the first forty parameters", vary.ByAction, func(c *server.Call) bool { return len(c.Query) > 45 && len(c.Query) < 100 }),
		mistakes("query-or-form-signed", "signs the form where there is one, and else the query", vary.RPCOnly, func(c *server.Call) bool {
			return has(c.Query, "Action") && len(c.Form) > 0
		}),
		mistakes("chinese-signed-as-sent", "signs Chinese in a query as it was sent", vary.ROAOnly, ownValue(func(value string) bool { return strings.HasPrefix(value, "中文") })),
		mistakes("small-escapes-signed-as-sent", "signs escapes as they were sent", vary.RPCOnly, func(c *server.Call) bool {
			return smallEscape.MatchString(c.Line() + string(c.Body))
		}),
		mistakes("form-of-every-post-signed", "signs nothing but the form of a POST", vary.RPCOnly, func(c *server.Call) bool {
			return has(c.Query, "Action") && c.Method == "POST" && len(c.Body) == 0
		}),
		mistakes("known-headers-signed", "signs the x-acs- headers that it knows", []schemas.Style{schemas.ROA, schemas.ACS3}, func(c *server.Call) bool {
			return c.Header.Get("X-Acs-Credentials-Provider") != ""
		}),
		{Name: "json-bodies-not-signed", Clause: "SUCCESS-4", Profiles: vary.GatewayOnly, Styles: vary.ACS3Only, Description: "computes another digest of a body in JSON that comes without Content-MD5",
			Apply: vary.Precedes("nonce", func(_ *server.Server, c *server.Call) *server.Fault {
				if bytes.HasPrefix(c.Body, []byte("{")) && c.Header.Get("Content-MD5") == "" {
					return &server.Fault{Condition: server.WrongSignature, Parameter: "Signature"}
				}
				return nil
			})},
	}
}

// crowdMutants refuse what they serve at other times.
func crowdMutants() []vary.Variant {
	return []vary.Variant{{Name: "signatures-mixed-up-in-a-crowd", Many: true, Clause: "SUCCESS-4", Description: "refuses the signature of every tenth call once a hundred of one kind have come", Apply: func(s *server.Server) {
		var mu sync.Mutex
		like := map[string]int{}
		vary.Precedes("nonce", func(_ *server.Server, c *server.Call) *server.Fault {
			nonce := c.Value("SignatureNonce")
			begin := nonce[:max(0, len(nonce)-4)]
			mu.Lock()
			defer mu.Unlock()
			if like[begin]++; like[begin] > 100 && like[begin]%10 == 0 {
				return &server.Fault{Condition: server.WrongSignature, Parameter: "Signature"}
			}
			return nil
		})(s)
	}}}
}

var smallEscape = regexp.MustCompile("%(3a|2b|2f|3d)")

func has(params []sign.Param, name string) bool {
	return slices.ContainsFunc(params, func(p sign.Param) bool { return p.Name == name })
}

// actionMutants do not hold the Action against the signature.
func actionMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "action-of-any-signature", Clause: "SIGN-2", Profiles: vary.BothKMS, Styles: vary.ByAction, Description: "takes the signature of a call for that of any other action",
			Apply: verifies(func(s *server.Server, c *server.Call, signature string) bool {
				return slices.ContainsFunc(s.Service.Actions, func(a server.Action) bool {
					of := c.Copy()
					for _, params := range [][]sign.Param{of.Query, of.Form} {
						for i := range params {
							if params[i].Name == "Action" {
								params[i].Value = a.Name
							}
						}
					}
					if of.Style == schemas.ACS3 {
						of.Header.Set("X-Acs-Action", a.Name)
					}
					return signature == of.Signature(of.Method, of.Params())
				})
			})},
		{Name: "action-signed-or-not", Clause: "SIGN-2", Styles: vary.RPCOnly, Description: "takes a signature with the Action or without it", Apply: verifies(without("Action"))},
		mistakes("query-signed-as-it-came", "signs the query in the order in which it came", vary.ROAOnly, func(c *server.Call) bool {
			return !slices.IsSortedFunc(c.Query, func(a, b sign.Param) int { return cmp.Compare(a.Name, b.Name) })
		}),
		mistakes("lists-signed-as-they-came", "signs the items of a list in the query in the order in which they came", vary.ROAOnly, func(c *server.Call) bool {
			items := slices.DeleteFunc(slices.Clone(c.Query), func(p sign.Param) bool { return !strings.Contains(p.Name, ".") })
			return !slices.IsSortedFunc(items, func(a, b sign.Param) int { return cmp.Compare(a.Name, b.Name) })
		}),
	}
}
