package mutants

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

func signatureMutants() []vary.Variant { return slices.Concat(verifyingMutants(), signedMutants()) }

func verifyingMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "signature-in-any-case", Clause: "SIGN-1", Styles: vary.ByParameters, Description: "compares signatures without regard to case",
			Apply: verifies(func(_ *server.Server, c *server.Call, signature string) bool {
				return strings.EqualFold(signature, c.Signature(c.Method, c.Params()))
			})},
		{Name: "signature-cut-short", Clause: "SIGN-1", Description: "compares only as much of a signature as there is",
			Apply: verifies(func(_ *server.Server, c *server.Call, signature string) bool {
				return len(signature) >= 16 && strings.HasPrefix(c.Signature(c.Method, c.Params()), signature)
			})},
		{Name: "signature-for-any-method", Clause: "SIGN-1", Description: "takes a signature made for GET with a POST, and the other way",
			Apply: verifies(func(_ *server.Server, c *server.Call, signature string) bool {
				return signature == c.Signature("GET", c.Params()) || signature == c.Signature("POST", c.Params())
			})},
		{Name: "signature-not-base64-served", Clause: "SIGN-1", Also: []string{"ROBUST-1"}, Description: "serves a signature that it cannot decode",
			Apply: vary.AcceptsIf(func(c *server.Call, f *server.Fault) bool {
				return f.Condition == server.SignatureNotBase64 && strings.Contains(c.Value("Signature"), "!")
			})},
		{Name: "unknown-parameters-unsigned", Clause: "SIGN-2", Description: "leaves parameters that it does not know out of the signature",
			Apply: verifies(func(s *server.Server, c *server.Call, signature string) bool {
				known := *c
				known.Query = knownParams(s, c.Query)
				return signature == known.Signature(c.Method, knownParams(s, c.Params()))
			})},
		{Name: "form-unsigned", Clause: "SIGN-2", Styles: vary.RPCOnly, Description: "leaves the form out of the signature where there is a query",
			Apply: verifies(func(_ *server.Server, c *server.Call, signature string) bool {
				return c.Style == schemas.RPC && len(c.Query) > 0 && signature == c.Signature(c.Method, c.Query)
			})},
		{Name: "star-not-encoded", Clause: "SUCCESS-4", Styles: vary.ByAction, Description: "leaves * as it is where it encodes what is signed",
			Apply: func(s *server.Server) {
				s.Verify = func(c *server.Call, signature string) bool {
					return server.VerifySignature(c, signature) && !slices.ContainsFunc(c.Params(), func(p sign.Param) bool { return strings.Contains(p.Value, "*") })
				}
			}},
		{Name: "any-signature-method-served", Clause: "SIGN-3", Profiles: []string{"gateway", "ecs"}, Styles: vary.ByParameters, Description: "does not look at SignatureMethod",
			Apply: vary.AcceptsPlain("SignatureMethod", server.UnknownSignatureMethod)},
		{Name: "any-signature-version-served", Clause: "SIGN-3", Profiles: []string{"gateway", "ecs"}, Styles: vary.ByParameters, Description: "does not look at SignatureVersion",
			Apply: vary.AcceptsPlain("SignatureVersion", server.UnknownSignatureVersion)},
		{Name: "right-signature-told", Clause: "SIGN-4", Description: "discloses the right signature to a client that sends a wrong one",
			Apply: vary.RefusalsFor(server.WrongSignature, func(_ *server.Server, c *server.Call, r *server.Reply) {
				r.Set("Expected", c.Signature(c.Method, c.Params()))
			})},
		{Name: "secret-told", Clause: "SIGN-4", Description: "tells the secret that it computed the signature with",
			Apply: vary.RefusalsFor(server.WrongSignature, func(_ *server.Server, c *server.Call, r *server.Reply) {
				r.Set("Message", r.Get("Message")+" Computed with "+c.Key.AccessKeySecret+".")
			})},
	}
}

// knownParams leaves out the parameters that mean nothing to the service.
func knownParams(s *server.Server, params []sign.Param) []sign.Param {
	return slices.DeleteFunc(slices.Clone(params), func(p sign.Param) bool {
		_, sound := s.Service.Sound.Params[p.Name]
		return !sound && !slices.Contains(server.PublicNames, p.Name)
	})
}

func keyMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "unknown-key-served", Clause: "KEY-1", Description: "serves clients with a key that it does not know", Apply: vary.AcceptsPlain("AccessKeyId", server.UnknownAccessKey)},
		{Name: "key-in-any-case", Clause: "KEY-1", Description: "looks keys up without regard to case",
			Apply: func(s *server.Server) {
				s.KeyOf = func(id string) *server.Key {
					for _, k := range server.Keys {
						if strings.EqualFold(k.AccessKeyID, id) {
							return &k
						}
					}
					return nil
				}
			}},
		{Name: "disabled-key-served", Clause: "KEY-2", Profiles: []string{"gateway", "ecs", "kms", "kms-legacy"}, Description: "serves disabled keys", Apply: vary.Accepts(server.DisabledAccessKey)},
		{Name: "token-not-asked-for", Clause: "TOKEN-1", Profiles: vary.GatewayOnly, Description: "serves temporary keys without their token",
			Apply: acceptsCalls(server.STSWithoutToken, func(c *server.Call) bool { _, there := c.Public["SecurityToken"]; return !there })},
		{Name: "malformed-token-served", Clause: "TOKEN-2", Profiles: vary.GatewayOnly, Description: "serves any token", Apply: vary.Accepts(server.MalformedToken)},
		{Name: "expired-token-served", Clause: "TOKEN-2", Profiles: vary.GatewayOnly, Description: "serves tokens that have expired", Apply: vary.Accepts(server.ExpiredToken)},
		{Name: "mismatched-token-served", Clause: "TOKEN-2", Profiles: vary.GatewayOnly, Description: "serves the token of another key", Apply: vary.Accepts(server.MismatchedToken)},
		{Name: "tokens-always-malformed", Clause: "TOKEN-2", Profiles: vary.GatewayOnly, Description: "has one code for every token that is not good",
			Apply: vary.RefusalsFor(server.ExpiredToken, func(s *server.Server, _ *server.Call, r *server.Reply) {
				r.SetRow(s.RowByCode("InvalidSecurityToken.Malformed"))
			})},
	}
}

// verifies makes a server that also takes what the other way of verifying takes.
func verifies(also func(s *server.Server, c *server.Call, signature string) bool) vary.Change {
	return func(s *server.Server) {
		s.Verify = func(c *server.Call, signature string) bool {
			return server.VerifySignature(c, signature) || also(s, c, signature)
		}
	}
}

// signedMutants each accept one kind of wrong signature, or refuse one kind of right one.
func signedMutants() []vary.Variant { return slices.Concat(comparingMutants(), coveringMutants()) }

// acceptsSignature serves a signature that is not right, in whatever way, where it is such.
func acceptsSignature(such func(signature, right string) bool) vary.Change {
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
		{Name: "signature-of-zeroes-served", Clause: "SIGN-1", Also: []string{"ROBUST-1"}, Description: "takes zeroes for a signature that need not be compared",
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
func reads(value func(string) string) vary.Change {
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
		{Name: "numbers-by-their-value", Clause: "SIGN-2", Styles: vary.ByAction, Description: "compares 1.50 as 1.5", Apply: reads(func(value string) string {
			if n, err := strconv.ParseFloat(value, 64); err == nil && strings.Contains(value, ".") {
				return strconv.FormatFloat(n, 'f', -1, 64)
			}
			return value
		})},
		{Name: "items-of-lists-unsigned", Clause: "SIGN-2", Styles: vary.ByAction, Description: "leaves names that end in a number out of the signature where it does not know them",
			Apply: verifies(func(_ *server.Server, c *server.Call, signature string) bool {
				return signature == signedAs(c, func(params []sign.Param) []sign.Param {
					return slices.DeleteFunc(params, func(p sign.Param) bool { return strings.HasSuffix(p.Name, ".1") })
				})
			})},
		{Name: "empty-values-unsigned", Clause: "SIGN-2", Styles: vary.ByAction, Description: "takes a signature over the values that are not empty, too",
			Apply: verifies(func(_ *server.Server, c *server.Call, signature string) bool {
				return signature == signedAs(c, func(params []sign.Param) []sign.Param {
					return slices.DeleteFunc(params, func(p sign.Param) bool { return p.Value == "" })
				})
			})},
		{Name: "values-that-end-at-nul", Clause: "SIGN-2", Styles: vary.ByAction, Description: "reads a value as far as its first NUL before it signs", Apply: endsAtNUL},
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

// endsAtNUL reads the action's own values as a reader of C does, and so finds nothing wrong with a NUL.
func endsAtNUL(s *server.Server) {
	s.OnCall = append(s.OnCall, func(c *server.Call) *server.Call {
		for _, params := range [][]sign.Param{c.Query, c.Form} {
			for i, p := range params {
				if value, _, ends := strings.Cut(p.Value, "\x00"); ends && !slices.Contains(server.PublicNames, p.Name) {
					params[i].Value, c.Broken = value, nil
				}
			}
		}
		return c
	})
}
