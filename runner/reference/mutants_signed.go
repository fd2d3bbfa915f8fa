package reference

import (
	"bytes"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// signedMutants each take one wrong signature for a right one, or the other way.
func signedMutants() []Variant { return slices.Concat(comparingMutants(), coveringMutants()) }

// acceptsSignature serves a signature that is not right, in whatever way, where it is such.
func acceptsSignature(such func(signature, right string) bool) func(*Server) {
	return acceptsIf(func(c *call, f *fault) bool {
		return (f.condition == wrongSignature || f.condition == signatureNotBase64) && c.key != nil &&
			such(c.value("Signature"), c.signature(c.method, c.params()))
	})
}

func comparingMutants() []Variant {
	return []Variant{
		{Name: "signature-by-its-ends", Clause: "SIGN-1", Description: "compares the first and the last eight characters of a signature",
			apply: acceptsSignature(func(signature, right string) bool {
				return len(signature) == len(right) && signature[:8] == right[:8] && signature[len(right)-8:] == right[len(right)-8:]
			})},
		{Name: "signature-with-more-behind-served", Clause: "SIGN-1", Description: "compares a signature as far as the right one goes",
			apply: acceptsSignature(strings.HasPrefix)},
		{Name: "signature-of-zeroes-served", Clause: "SIGN-1", Description: "takes zeroes for a signature that need not be compared",
			apply: acceptsSignature(func(signature, _ string) bool {
				return strings.Trim(signature, "A=") == "" || strings.Trim(signature, "0") == ""
			})},
	}
}

// signedAs computes the signature that the call would have if its own parameters were others.
func signedAs(c *call, edit func([]sign.Param) []sign.Param) string {
	as := *c
	as.query, as.form = edit(slices.Clone(c.query)), edit(slices.Clone(c.form))
	return as.signature(as.method, as.params())
}

// reads makes a server that also takes a signature over the action's own values as it reads them.
func reads(value func(string) string) func(*Server) {
	return verifies(func(_ *Server, c *call, signature string) bool {
		return signature == signedAs(c, func(params []sign.Param) []sign.Param {
			for i, p := range params {
				if !slices.Contains(publicNames, p.Name) {
					params[i].Value = value(p.Value)
				}
			}
			return params
		})
	})
}

func coveringMutants() []Variant {
	return []Variant{
		{Name: "unknown-query-unsigned", Clause: "SIGN-2", Description: "leaves what it does not know in the query out of the signature",
			apply: verifies(func(s *Server, c *call, signature string) bool {
				known := *c
				known.query = knownParams(s, c.query)
				return signature == known.signature(c.method, known.params())
			})},
		{Name: "numbers-for-flags", Clause: "SIGN-2", Description: "takes every digit but 0 for 1 before it compares",
			apply: reads(func(value string) string {
				if len(value) == 1 && value > "1" && value <= "9" {
					return "1"
				}
				return value
			})},
		{Name: "values-in-lower-case", Clause: "SIGN-2", Description: "compares values without regard to case", apply: reads(strings.ToLower)},
		{Name: "values-decoded-twice", Clause: "SIGN-2", Styles: rpcOnly, Description: "decodes %20 twice", apply: reads(func(value string) string { return strings.ReplaceAll(value, "%20", " ") })},
		{Name: "plus-kept", Clause: "SIGN-2", Styles: rpcOnly, Description: "takes a bare + for a plus sign too", apply: reads(func(value string) string { return strings.ReplaceAll(value, " ", "+") })},
		{Name: "signature-before-action-refused", Clause: "SIGN-2", Styles: rpcOnly, Description: "computes another signature where Signature comes before the Action",
			apply: precedes("signature", func(_ *Server, c *call) *fault {
				at := func(name string) int {
					return slices.IndexFunc(c.params(), func(p sign.Param) bool { return p.Name == name })
				}
				if at("Signature") < at("Action") {
					return &fault{condition: wrongSignature, parameter: "Signature"}
				}
				return nil
			})},
		{Name: "plus-in-a-form-refused", Clause: "SIGN-2", Styles: rpcOnly, Description: "does not take + in a form for a blank",
			apply: precedes("signature", func(_ *Server, c *call) *fault {
				if c.style == schemas.RPC && isForm(c.header) && bytes.Contains(c.body, []byte("+")) {
					return &fault{condition: wrongSignature, parameter: "Signature"}
				}
				return nil
			})},
	}
}
