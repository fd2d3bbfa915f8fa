package reference

import (
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// acceptsSome accepts the conditions where the parameter's value matches the expression.
func acceptsSome(parameter, expression string, conditions ...schemas.Condition) func(*Server) {
	values := regexp.MustCompile(expression)
	return acceptsIf(func(c *call, f *fault) bool {
		return slices.Contains(conditions, f.condition) && values.MatchString(c.value(parameter))
	})
}

// acceptsHeader accepts a condition where the header's value matches the expression.
func acceptsHeader(name, expression string, condition schemas.Condition) func(*Server) {
	values := regexp.MustCompile(expression)
	return acceptsIf(func(c *call, f *fault) bool {
		return f.condition == condition && values.MatchString(c.header.Get(name))
	})
}

// rootAsAsked calls the root of a success after the Action that was asked for, whatever it was taken for.
func rootAsAsked() func(*Server) {
	return successes(func(_ *Server, c *call, r *reply) {
		if asked := c.Param("Action") + c.header.Get("X-Acs-Action"); r.format == schemas.XML && asked != "" {
			r.root = asked + "Response"
		}
	})
}

// valueMutants each take one kind of wrong value for a right one.
func valueMutants() []Variant {
	return slices.Concat(formatValueMutants(), keyValueMutants(), routeValueMutants(), methodValueMutants(), bodyValueMutants())
}

func formatValueMutants() []Variant {
	return []Variant{
		{Name: "html-served", Clause: "FORMAT-6", Profiles: gatewayOnly, Description: "serves JSON to a browser that asks for HTML", apply: acceptsSome("Format", `(?i)^html$`, unknownFormat)},
		{Name: "format-by-its-beginning", Clause: "FORMAT-6", Profiles: gatewayOnly, Description: "takes for JSON whatever begins so", apply: acceptsSome("Format", `^JSON.`, unknownFormat)},
		{Name: "xml-answered-in-json", Clause: "FORMAT-6", Profiles: gatewayOnly, Description: "serves JSON where XML was asked for", apply: accepts(formatXML)},
		{Name: "unknown-key-in-another-format", Clause: "FORMAT-1", Profiles: []string{"ecs", "kms-legacy", "ess"}, Description: "tells of an unknown key in another default format than of the rest",
			apply: oneRefusal(turnsDefault)},
		{Name: "missing-version-in-another-format", Clause: "FORMAT-1", Profiles: []string{"ecs", "kms-legacy", "ess"}, Description: "tells of a missing Version in another default format than of the rest",
			apply: refusalsFor(missing("Version"), turnsDefault)},
		{Name: "accept-json-refused", Clause: "ACCEPT-1", Profiles: gatewayOnly, Styles: byAction, Description: "knows */* and application/json-rpc, and not application/json",
			apply: precedes("missing", func(_ *Server, c *call) *fault {
				if c.header.Get("Accept") == "application/json" {
					return &fault{condition: acceptUnsupported, parameter: "Accept"}
				}
				return nil
			})},
		{Name: "accept-html-served", Clause: "ACCEPT-3", Profiles: gatewayOnly, Description: "serves JSON to a browser that accepts HTML", apply: acceptsHeader("Accept", `^text/`, acceptUnsupported)},
		{Name: "accept-png-served", Clause: "ACCEPT-3", Profiles: gatewayOnly, Description: "serves JSON to clients that accept a picture", apply: acceptsHeader("Accept", `^image/`, acceptUnsupported)},
		{Name: "accept-xml-served", Clause: "ACCEPT-3", Profiles: gatewayOnly, Description: "serves JSON to clients that accept XML", apply: acceptsHeader("Accept", `^application/xml`, acceptUnsupported)},
	}
}

// turnsDefault answers a call without Format in the other format.
func turnsDefault(_ *Server, c *call, r *reply) {
	if _, asked := c.public["Format"]; !asked {
		r.format = other(r.format)
	}
}

func keyValueMutants() []Variant {
	return []Variant{
		{Name: "unknown-ltai-key-served", Clause: "KEY-1", Description: "serves any key that begins as keys do", apply: acceptsSome("AccessKeyId", `^LTAI`, unknownAccessKey)},
		{Name: "token-without-prefix-served", Clause: "TOKEN-2", Profiles: gatewayOnly, Description: "looks only at tokens that begin as tokens do", apply: acceptsSome("SecurityToken", `^[a-z]+-`, malformedToken)},
		{Name: "token-by-its-prefix", Clause: "TOKEN-2", Profiles: gatewayOnly, Description: "takes a token for good by how it begins", apply: acceptsSome("SecurityToken", `^CAIS`, malformedToken)},
		{Name: "hmac-md5-served", Clause: "SIGN-3", Profiles: []string{"gateway", "ecs"}, Styles: byParameters, Description: "takes any HMAC for HMAC-SHA1", apply: acceptsSome("SignatureMethod", `^HMAC-`, unknownSignatureMethod)},
		{Name: "acs3-md5-served", Clause: "SIGN-3", Profiles: []string{"gateway", "ecs"}, Styles: acs3Only, Description: "takes MD5 in Authorization for SHA256",
			apply: acceptsHeader("Authorization", `^ACS3-HMAC-MD5 `, unknownSignatureMethod)},
		{Name: "later-signature-version-served", Clause: "SIGN-3", Profiles: []string{"gateway", "ecs"}, Styles: byParameters, Description: "serves any number for a SignatureVersion", apply: acceptsSome("SignatureVersion", `^[0-9.]+$`, unknownSignatureVersion)},
	}
}

func routeValueMutants() []Variant {
	versions := []string{"gateway", "ecs", "ess"}
	return []Variant{
		{Name: "action-in-camel-case-served", Clause: "ROUTE-1", Styles: byAction, Description: "serves any Action that looks like one", apply: acceptsSome("Action", `^([A-Z][a-z]+){2,8}$`, unknownAction)},
		{Name: "action-by-its-beginning", Clause: "ROUTE-1", Styles: byAction, Description: "takes an Action with a digit behind it for the one without",
			apply: both(acceptsSome("Action", `^[A-Za-z]+[0-9]+$`, unknownAction), rootAsAsked())},
		{Name: "any-path-served", Clause: "ROUTE-1", Profiles: gatewayOnly, Styles: roaOnly, Description: "serves any path", apply: accepts(unknownAction)},
		{Name: "earlier-version-served", Clause: "ROUTE-2", Profiles: versions, Description: "serves versions from before its own", apply: acceptsSome("Version", `^1[0-9]{3}-[0-9]{2}-[0-9]{2}$`, unknownVersion)},
		{Name: "latest-version-served", Clause: "ROUTE-2", Profiles: versions, Description: "takes a word for a version, such as latest", apply: acceptsSome("Version", `^[a-z]+$`, unknownVersion)},
		{Name: "later-version-served", Clause: "ROUTE-2", Profiles: versions, Description: "serves versions that are still to come", apply: acceptsSome("Version", `^2[1-9][0-9]{2}-[0-9]{2}-[0-9]{2}$`, unknownVersion)},
		{Name: "xml-only-refused", Clause: "SUCCESS-4", Profiles: withXML, Description: "serves nobody who asks for XML",
			apply: precedes("business", func(_ *Server, c *call) *fault {
				if c.value("Format") == "XML" {
					return &fault{condition: unknownFormat, parameter: "Format"}
				}
				return nil
			})},
	}
}

func methodValueMutants() []Variant {
	served := func(method string) Variant {
		return Variant{Name: strings.ToLower(method) + "-alone-served", Clause: "METHOD-1", Profiles: []string{"gateway", "ecs", "kms", "kms-legacy"}, Description: "serves " + method,
			apply: acceptsIf(func(c *call, f *fault) bool { return f.condition == unsupportedMethod && c.method == method })}
	}
	return []Variant{served(http.MethodPut), served(http.MethodDelete), served(http.MethodPatch)}
}

func bodyValueMutants() []Variant {
	return []Variant{
		{Name: "body-cut-short-served", Clause: "BODY-1", Profiles: gatewayOnly, Description: "serves a body that ends before its Content-Length",
			apply: acceptsIf(func(c *call, f *fault) bool { return f.condition == contentLengthMismatch && !c.HasMoreBody() })},
		{Name: "body-with-more-behind-served", Clause: "BODY-1", Profiles: gatewayOnly, Description: "drops what comes after the Content-Length",
			apply: acceptsIf(func(c *call, f *fault) bool { return f.condition == contentLengthMismatch && c.HasMoreBody() })},
		{Name: "another-md5-served", Clause: "BODY-2", Profiles: gatewayOnly, Description: "looks whether Content-MD5 is a digest, and not of what", apply: acceptsHeader("Content-MD5", `^[A-Za-z0-9+/]{22}==$`, contentMD5Mismatch)},
		{Name: "unreadable-md5-served", Clause: "BODY-2", Profiles: gatewayOnly, Description: "takes no notice of a Content-MD5 that it cannot decode", apply: acceptsHeader("Content-MD5", `-`, contentMD5Mismatch)},
	}
}
