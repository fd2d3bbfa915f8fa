package mutants

import (
	"bytes"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// signedMutants each take one wrong signature for a right one, or the other way.
func signedMutants() []vary.Variant { return slices.Concat(comparingMutants(), coveringMutants()) }

// acceptsSignature serves a signature that is not right, in whatever way, where it is such.
func acceptsSignature(such func(signature, right string) bool) func(*server.Server) {
	return vary.AcceptsIf(func(c *server.Call, f *server.Fault) bool {
		return (f.Condition == server.WrongSignature || f.Condition == server.SignatureNotBase64) && c.Key != nil &&
			such(c.Value("Signature"), c.Signature(c.Method, c.Params()))
	})
}

func comparingMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "signature-by-its-ends", Clause: "SIGN-1", Description: "compares the first and the last eight characters of a signature",
			Apply: acceptsSignature(func(signature, right string) bool {
				return len(signature) == len(right) && signature[:8] == right[:8] && signature[len(right)-8:] == right[len(right)-8:]
			})},
		{Name: "signature-with-more-behind-served", Clause: "SIGN-1", Description: "compares a signature as far as the right one goes",
			Apply: acceptsSignature(strings.HasPrefix)},
		{Name: "signature-of-zeroes-served", Clause: "SIGN-1", Description: "takes zeroes for a signature that need not be compared",
			Apply: acceptsSignature(func(signature, _ string) bool {
				return strings.Trim(signature, "A=") == "" || strings.Trim(signature, "0") == ""
			})},
	}
}

// signedAs computes the signature that the call would have if its own parameters were others.
func signedAs(c *server.Call, edit func([]sign.Param) []sign.Param) string {
	as := *c
	as.Query, as.Form = edit(slices.Clone(c.Query)), edit(slices.Clone(c.Form))
	return as.Signature(as.Method, as.Params())
}

// reads makes a server that also takes a signature over the action's own values as it reads them.
func reads(value func(string) string) func(*server.Server) {
	return verifies(func(_ *server.Server, c *server.Call, signature string) bool {
		return signature == signedAs(c, func(params []sign.Param) []sign.Param {
			for i, p := range params {
				if !slices.Contains(server.PublicNames, p.Name) {
					params[i].Value = value(p.Value)
				}
			}
			return params
		})
	})
}

func coveringMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "unknown-query-unsigned", Clause: "SIGN-2", Description: "leaves what it does not know in the query out of the signature",
			Apply: verifies(func(s *server.Server, c *server.Call, signature string) bool {
				known := *c
				known.Query = knownParams(s, c.Query)
				return signature == known.Signature(c.Method, known.Params())
			})},
		{Name: "numbers-for-flags", Clause: "SIGN-2", Description: "takes every digit but 0 for 1 before it compares",
			Apply: reads(func(value string) string {
				if len(value) == 1 && value > "1" && value <= "9" {
					return "1"
				}
				return value
			})},
		{Name: "values-in-lower-case", Clause: "SIGN-2", Description: "compares values without regard to case", Apply: reads(strings.ToLower)},
		{Name: "values-decoded-twice", Clause: "SIGN-2", Styles: vary.RPCOnly, Description: "decodes %20 twice", Apply: reads(func(value string) string { return strings.ReplaceAll(value, "%20", " ") })},
		{Name: "plus-kept", Clause: "SIGN-2", Styles: vary.RPCOnly, Description: "takes a bare + for a plus sign too", Apply: reads(func(value string) string { return strings.ReplaceAll(value, " ", "+") })},
		{Name: "signature-before-action-refused", Clause: "SIGN-2", Styles: vary.RPCOnly, Description: "computes another signature where Signature comes before the Action",
			Apply: vary.Precedes("signature", func(_ *server.Server, c *server.Call) *server.Fault {
				at := func(name string) int {
					return slices.IndexFunc(c.Params(), func(p sign.Param) bool { return p.Name == name })
				}
				if at("Signature") < at("Action") {
					return &server.Fault{Condition: server.WrongSignature, Parameter: "Signature"}
				}
				return nil
			})},
		{Name: "plus-in-a-form-refused", Clause: "SIGN-2", Styles: vary.RPCOnly, Description: "does not take + in a form for a blank",
			Apply: vary.Precedes("signature", func(_ *server.Server, c *server.Call) *server.Fault {
				if c.Style == schemas.RPC && server.IsForm(c.Header) && bytes.Contains(c.Body, []byte("+")) {
					return &server.Fault{Condition: server.WrongSignature, Parameter: "Signature"}
				}
				return nil
			})},
	}
}
