package mutants

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
)

// acceptsSome accepts the conditions where the parameter's value matches the expression.
func acceptsSome(parameter, expression string, conditions ...schemas.Condition) vary.Change {
	values := regexp.MustCompile(expression)
	return vary.AcceptsIf(func(c *server.Call, f *server.Fault) bool {
		return slices.Contains(conditions, f.Condition) && values.MatchString(c.Value(parameter))
	})
}

// acceptsHeader accepts a condition where the header's value matches the expression.
func acceptsHeader(name, expression string, condition schemas.Condition) vary.Change {
	values := regexp.MustCompile(expression)
	return vary.AcceptsIf(func(c *server.Call, f *server.Fault) bool {
		return f.Condition == condition && values.MatchString(c.Header.Get(name))
	})
}

// rootAsAsked calls the root of a success after the Action that was asked for, whatever it was taken for.
func rootAsAsked() vary.Change {
	return vary.Successes(func(_ *server.Server, c *server.Call, r *server.Reply) {
		if asked := c.Param("Action") + c.Header.Get("X-Acs-Action"); r.Format == schemas.XML && asked != "" {
			r.Root = asked + "Response"
		}
	})
}

// valueMutants each take one kind of wrong value for a right one.
func valueMutants() []vary.Variant {
	return slices.Concat(formatValueMutants(), keyValueMutants(), routeValueMutants(), methodValueMutants(), bodyValueMutants())
}

func formatValueMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "html-served", Clause: "FORMAT-6", Profiles: vary.GatewayOnly, Description: "serves JSON to a browser that asks for HTML", Apply: acceptsSome("Format", `(?i)^html$`, server.UnknownFormat)},
		{Name: "format-by-its-beginning", Clause: "FORMAT-6", Profiles: vary.GatewayOnly, Description: "takes for JSON whatever begins so", Apply: acceptsSome("Format", `^JSON.`, server.UnknownFormat)},
		{Name: "xml-answered-in-json", Clause: "FORMAT-6", Profiles: vary.GatewayOnly, Description: "serves JSON where XML was asked for", Apply: vary.Accepts(server.FormatXML)},
		{Name: "unknown-key-in-another-format", Clause: "FORMAT-1", Profiles: []string{"ecs", "kms-legacy", "ess"}, Description: "tells of an unknown key in another default format than of the rest",
			Apply: vary.OneRefusal(turnsDefault)},
		{Name: "missing-version-in-another-format", Clause: "FORMAT-1", Profiles: []string{"ecs", "kms-legacy", "ess"}, Description: "tells of a missing Version in another default format than of the rest",
			Apply: vary.RefusalsFor(server.Missing("Version"), turnsDefault)},
		{Name: "accept-json-refused", Clause: "ACCEPT-1", Profiles: vary.GatewayOnly, Styles: vary.ByAction, Description: "knows */* and application/json-rpc, and not application/json",
			Apply: vary.Precedes("missing", func(_ *server.Server, c *server.Call) *server.Fault {
				if c.Header.Get("Accept") == "application/json" {
					return &server.Fault{Condition: server.AcceptUnsupported, Parameter: "Accept"}
				}
				return nil
			})},
		{Name: "accept-html-served", Clause: "ACCEPT-3", Profiles: vary.GatewayOnly, Description: "serves JSON to a browser that accepts HTML", Apply: acceptsHeader("Accept", `^text/`, server.AcceptUnsupported)},
		{Name: "accept-png-served", Clause: "ACCEPT-3", Profiles: vary.GatewayOnly, Description: "serves JSON to clients that accept a picture", Apply: acceptsHeader("Accept", `^image/`, server.AcceptUnsupported)},
		{Name: "accept-xml-served", Clause: "ACCEPT-3", Profiles: vary.GatewayOnly, Description: "serves JSON to clients that accept XML", Apply: acceptsHeader("Accept", `^application/xml`, server.AcceptUnsupported)},
	}
}

// turnsDefault answers a call without Format in the other format.
func turnsDefault(_ *server.Server, c *server.Call, r *server.Reply) {
	if _, asked := c.Public["Format"]; !asked {
		r.Format = other(r.Format)
	}
}

func keyValueMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "unknown-ltai-key-served", Clause: "KEY-1", Description: "serves any key that begins as keys do", Apply: acceptsSome("AccessKeyId", `^LTAI`, server.UnknownAccessKey)},
		{Name: "token-without-prefix-served", Clause: "TOKEN-2", Profiles: vary.GatewayOnly, Description: "looks only at tokens that begin as tokens do", Apply: acceptsSome("SecurityToken", `^[a-z]+-`, server.MalformedToken)},
		{Name: "token-by-its-prefix", Clause: "TOKEN-2", Profiles: vary.GatewayOnly, Description: "takes a token for good by how it begins", Apply: acceptsSome("SecurityToken", `^CAIS`, server.MalformedToken)},
		{Name: "hmac-md5-served", Clause: "SIGN-3", Profiles: []string{"gateway", "ecs"}, Styles: vary.ByParameters, Description: "takes any HMAC for HMAC-SHA1", Apply: acceptsSome("SignatureMethod", `^HMAC-`, server.UnknownSignatureMethod)},
		{Name: "acs3-md5-served", Clause: "SIGN-3", Profiles: []string{"gateway", "ecs"}, Styles: vary.ACS3Only, Description: "takes MD5 in Authorization for SHA256",
			Apply: acceptsHeader("Authorization", `^ACS3-HMAC-MD5 `, server.UnknownSignatureMethod)},
		{Name: "later-signature-version-served", Clause: "SIGN-3", Profiles: []string{"gateway", "ecs"}, Styles: vary.ByParameters, Description: "serves any number for a SignatureVersion", Apply: acceptsSome("SignatureVersion", `^[0-9.]+$`, server.UnknownSignatureVersion)},
	}
}

func routeValueMutants() []vary.Variant {
	versions := []string{"gateway", "ecs", "ess"}
	return []vary.Variant{
		{Name: "action-in-camel-case-served", Clause: "ROUTE-1", Styles: vary.ByAction, Description: "serves any Action that looks like one", Apply: acceptsSome("Action", `^([A-Z][a-z]+){2,8}$`, server.UnknownAction)},
		{Name: "action-by-its-beginning", Clause: "ROUTE-1", Styles: vary.ByAction, Description: "takes an Action with a digit behind it for the one without",
			Apply: vary.Both(acceptsSome("Action", `^[A-Za-z]+[0-9]+$`, server.UnknownAction), rootAsAsked())},
		{Name: "any-path-served", Clause: "ROUTE-1", Profiles: vary.GatewayOnly, Styles: vary.ROAOnly, Description: "serves any path", Apply: vary.Accepts(server.UnknownAction)},
		{Name: "earlier-version-served", Clause: "ROUTE-2", Profiles: versions, Description: "serves versions from before its own", Apply: acceptsSome("Version", `^1[0-9]{3}-[0-9]{2}-[0-9]{2}$`, server.UnknownVersion)},
		{Name: "latest-version-served", Clause: "ROUTE-2", Profiles: versions, Description: "takes a word for a version, such as latest", Apply: acceptsSome("Version", `^[a-z]+$`, server.UnknownVersion)},
		{Name: "later-version-served", Clause: "ROUTE-2", Profiles: versions, Description: "serves versions that are still to come", Apply: acceptsSome("Version", `^2[1-9][0-9]{2}-[0-9]{2}-[0-9]{2}$`, server.UnknownVersion)},
		{Name: "xml-only-refused", Clause: "SUCCESS-4", Profiles: vary.WithXML, Description: "serves nobody who asks for XML",
			Apply: vary.Precedes("business", func(_ *server.Server, c *server.Call) *server.Fault {
				if c.Value("Format") == "XML" {
					return &server.Fault{Condition: server.UnknownFormat, Parameter: "Format"}
				}
				return nil
			})},
	}
}

func methodValueMutants() []vary.Variant {
	served := func(method string) vary.Variant {
		return vary.Variant{Name: strings.ToLower(method) + "-alone-served", Clause: "METHOD-1", Profiles: []string{"gateway", "ecs", "kms", "kms-legacy"}, Description: "serves " + method,
			Apply: vary.AcceptsIf(func(c *server.Call, f *server.Fault) bool {
				return f.Condition == server.UnsupportedMethod && c.Method == method
			})}
	}
	return []vary.Variant{served(http.MethodPut), served(http.MethodDelete), served(http.MethodPatch)}
}

func bodyValueMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "body-cut-short-served", Clause: "BODY-1", Profiles: vary.GatewayOnly, Description: "serves a body that ends before its Content-Length",
			Apply: vary.AcceptsIf(func(c *server.Call, f *server.Fault) bool {
				return f.Condition == server.ContentLengthMismatch && !c.HasMoreBody()
			})},
		{Name: "body-with-more-behind-served", Clause: "BODY-1", Profiles: vary.GatewayOnly, Description: "drops what comes after the Content-Length",
			Apply: vary.AcceptsIf(func(c *server.Call, f *server.Fault) bool {
				return f.Condition == server.ContentLengthMismatch && c.HasMoreBody()
			})},
		{Name: "another-md5-served", Clause: "BODY-2", Profiles: vary.GatewayOnly, Description: "looks whether Content-MD5 is a digest, and not of what", Apply: acceptsHeader("Content-MD5", `^[A-Za-z0-9+/]{22}==$`, server.ContentMD5Mismatch)},
		{Name: "unreadable-md5-served", Clause: "BODY-2", Profiles: vary.GatewayOnly, Description: "takes no notice of a Content-MD5 that it cannot decode", Apply: acceptsHeader("Content-MD5", `-`, server.ContentMD5Mismatch)},
	}
}

func parameterMutants() []vary.Variant { return slices.Concat(publicMutants(), timeMutants()) }

func publicMutants() []vary.Variant {
	served := func(clause, name string, styles []schemas.Style) vary.Variant {
		return vary.Variant{Name: string(server.Missing(name)) + "-served", Clause: clause, Styles: styles, Description: "does without " + name, Apply: vary.Accepts(server.Missing(name))}
	}
	keyless := served("PARAM-1", "AccessKeyId", vary.ByAction)
	keyless.Also = []string{"SIGN-1"} // where it is left out after signing, a wrong signature is served too
	absent := func(name string, styles []schemas.Style) vary.Variant {
		v := served("PARAM-2", name, styles)
		v.Apply = vary.AcceptsIf(func(c *server.Call, f *server.Fault) bool {
			_, there := c.Public[name]
			return f.Condition == server.Missing(name) && !there
		})
		return v
	}
	emptied := func(name string, styles []schemas.Style) vary.Variant {
		// A parameter that is emptied after signing is served too.
		return vary.Variant{Name: string(server.Empty(name)) + "-served", Also: []string{"SIGN-1", "SIGN-2"}, Clause: "PARAM-3", Styles: styles, Description: "serves a call with an empty " + name, Apply: vary.Accepts(server.Empty(name))}
	}
	return []vary.Variant{
		served("PARAM-1", "Action", vary.ByAction),
		served("PARAM-1", "Version", nil),
		keyless,
		served("PARAM-1", "Signature", nil),
		served("PARAM-1", "Timestamp", nil),
		absent("SignatureMethod", vary.ByParameters),
		absent("SignatureVersion", vary.ByParameters),
		absent("SignatureNonce", nil),
		{Name: "signature-version-optional", Clause: "PARAM-2", Styles: vary.ByParameters, Description: "does without SignatureVersion, and with an empty one", Apply: vary.Accepts(server.Missing("SignatureVersion"))},
		{Name: "signature-nonce-optional", Clause: "PARAM-2", Description: "does without SignatureNonce, and with an empty one", Apply: vary.Accepts(server.Missing("SignatureNonce"))},
		emptied("Action", vary.ByAction),
		emptied("Version", nil),
		emptied("AccessKeyId", vary.ByAction),
		emptied("Signature", nil),
		emptied("Timestamp", nil),
		{Name: "missing-names-another", Clause: "PARAM-4", Profiles: vary.GatewayOnly, Description: "names Action where Version is missing",
			Apply: vary.RefusalsFor(server.Missing("Version"), func(_ *server.Server, _ *server.Call, r *server.Reply) { r.Set("Code", "MissingAction") })},
		{Name: "malformed-timestamp-served", Clause: "TIME-1", Profiles: vary.GatewayOnly, Description: "serves a time in any spelling",
			Apply: vary.AcceptsPlain("Timestamp", server.MalformedTimestamp)},
		{Name: "window-of-20-minutes", Clause: "TIME-2", Profiles: vary.GatewayOnly, Description: "takes times up to 20 minutes off", Apply: window(20 * time.Minute)},
		{Name: "window-of-10-minutes", Clause: "TIME-2", Profiles: vary.GatewayOnly, Description: "takes times up to 10 minutes off only", Apply: window(10 * time.Minute)},
		{Name: "future-served", Clause: "TIME-2", Profiles: vary.GatewayOnly, Description: "takes any time that is still to come",
			Apply: vary.AcceptsIf(func(c *server.Call, f *server.Fault) bool {
				when, _ := c.Timestamp(c.Value("Timestamp"))
				return f.Condition == server.StaleTimestamp && when.After(c.Now)
			})},
		{Name: "any-time-served", Clause: "TIME-3", Profiles: []string{"ecs", "kms", "kms-legacy"}, Description: "does not look at the clock", Apply: vary.Accepts(server.StaleTimestamp)},
		{Name: "any-spelling-of-time-served", Clause: "TIME-3", Profiles: []string{"ecs", "kms", "kms-legacy"}, Description: "serves a time in any spelling",
			Apply: vary.AcceptsPlain("Timestamp", server.MalformedTimestamp)},
	}
}

func window(d time.Duration) vary.Change {
	return func(s *server.Server) { s.Window = d }
}
