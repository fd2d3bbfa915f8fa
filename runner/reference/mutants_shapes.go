package reference

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// shapeMutants each compute another signature for a sound request of one shape, and so refuse it.
func shapeMutants() []Variant { return slices.Concat(valueShapeMutants(), layoutShapeMutants()) }

// mistakes makes a server that refuses the signature of such a call.
func mistakes(name, says string, styles []schemas.Style, such func(*call) bool) Variant {
	return Variant{Name: name, Clause: "SUCCESS-4", Styles: styles, Description: says, apply: precedes("nonce", func(_ *Server, c *call) *fault {
		if such(c) {
			return &fault{condition: wrongSignature, parameter: "Signature"}
		}
		return nil
	})}
}

// value matches calls with such a value of a parameter of their own.
func ownValue(such func(string) bool) func(*call) bool {
	return func(c *call) bool {
		return slices.ContainsFunc(ownPairs(c), func(p sign.Param) bool { return such(p.Value) })
	}
}

// ownPairs are the parameters of the action's own, of a form that is a body too.
func ownPairs(c *call) []sign.Param {
	return slices.DeleteFunc(c.params(), func(p sign.Param) bool { return slices.Contains(publicNames, p.Name) })
}

func holds(text string) func(*call) bool {
	return ownValue(func(value string) bool { return strings.Contains(value, text) })
}

func valueShapeMutants() []Variant {
	return []Variant{
		mistakes("empty-values-not-signed", "leaves empty parameters out where it signs", byAction, ownValue(func(value string) bool { return value == "" })),
		mistakes("blanks-trimmed-before-signing", "trims values before it signs", byAction, ownValue(func(value string) bool { return strings.TrimSpace(value) != value })),
		mistakes("exclamation-not-encoded", "leaves ! as it is where it encodes", byAction, holds("!")),
		mistakes("quote-not-encoded", "leaves ' as it is where it encodes", byAction, holds("'")),
		mistakes("parentheses-not-encoded", "leaves ( and ) as they are where it encodes", byAction, holds("(")),
		mistakes("tilde-encoded", "encodes ~", byAction, holds("~")),
		mistakes("slash-not-encoded", "leaves / as it is where it encodes", byAction, holds("+b/c")),
		mistakes("percent-not-encoded", "takes %25 for encoded already", byAction, holds("%")),
		mistakes("at-not-encoded", "leaves @ as it is where it encodes", byAction, holds("/first@example")),
		mistakes("ampersand-splits-values", "splits a value at &", byAction, holds("&")),
		mistakes("braces-not-encoded", "leaves { and } as they are where it encodes", byAction, holds("{")),
		mistakes("equals-ends-values", "cuts a value at its last =", byAction, ownValue(func(value string) bool { return strings.HasSuffix(value, "=") })),
		mistakes("latin-1-signed", "signs values in Latin 1", byAction, ownValue(func(value string) bool { return len(value) != utf8.RuneCountInString(value) })),
		mistakes("surrogates-signed", "signs characters beyond 16 bits as two", byAction, ownValue(func(value string) bool { return strings.ContainsFunc(value, func(c rune) bool { return c > 0xffff }) })),
		mistakes("empty-signature-type-not-signed", "leaves an empty SignatureType out where it signs", rpcOnly, func(c *call) bool {
			value, there := c.public["SignatureType"]
			return there && value == ""
		}),
	}
}

func layoutShapeMutants() []Variant {
	name := func(such func(string) bool) func(*call) bool {
		return func(c *call) bool {
			return slices.ContainsFunc(ownPairs(c), func(p sign.Param) bool { return such(p.Name) })
		}
	}
	small := name(func(name string) bool { return name == "acsconform" })
	return []Variant{
		mistakes("names-sorted-by-numbers", "sorts Tag.2 before Tag.10 where it signs", byAction, name(func(name string) bool { return strings.HasPrefix(name, "Tag.10.") })),
		mistakes("names-sorted-without-case", "sorts names without regard to case where it signs", byAction, func(c *call) bool {
			return small(c) && name(func(name string) bool { return name == "Bcsconform" })(c)
		}),
		mistakes("first-forty-parameters-signed", "signs the first forty parameters", byAction, func(c *call) bool { return len(c.query) > 45 && len(c.query) < 100 }),
		mistakes("query-or-form-signed", "signs the form where there is one, and else the query", rpcOnly, func(c *call) bool {
			return has(c.query, "Action") && len(c.form) > 0
		}),
		mistakes("form-of-every-post-signed", "signs nothing but the form of a POST", rpcOnly, func(c *call) bool {
			return has(c.query, "Action") && c.method == "POST" && len(c.body) == 0
		}),
		mistakes("known-headers-signed", "signs the x-acs- headers that it knows", []schemas.Style{schemas.ROA, schemas.ACS3}, func(c *call) bool {
			return c.header.Get("X-Acs-Credentials-Provider") != ""
		}),
		{Name: "json-bodies-not-signed", Clause: "SUCCESS-4", Profiles: gatewayOnly, Styles: acs3Only, Description: "computes another digest of a body in JSON that comes without Content-MD5",
			apply: precedes("nonce", func(_ *Server, c *call) *fault {
				if bytes.HasPrefix(c.body, []byte("{")) && c.header.Get("Content-MD5") == "" {
					return &fault{condition: wrongSignature, parameter: "Signature"}
				}
				return nil
			})},
	}
}

func has(params []sign.Param, name string) bool {
	return slices.ContainsFunc(params, func(p sign.Param) bool { return p.Name == name })
}
