package reference

import (
	"net/http"

	"github.com/acsconform/acsconform/schemas"
)

func wireOddities() []Variant {
	return []Variant{
		{Name: "chunked", Description: "sends every body in chunks", apply: writes(func(_ *call, out *sent) { out.chunked = true })},
		{Name: "closes-after-every-answer", Description: "closes the connection after every answer", apply: writes(func(c *call, _ *sent) { c.close = true })},
		{Name: "http-1.0", Description: "answers in HTTP/1.0", apply: writes(func(_ *call, out *sent) { out.proto = "HTTP/1.0" })},
		{Name: "gzip-when-asked", Description: "packs its answers for clients that say they can unpack them", apply: writes(Gzip)},
		{Name: "headers-of-practice", Description: "sends the headers that are seen live", apply: writes(traceHeaders)},
		{Name: "json-content-type-with-a-blank", Description: "spells it application/json; charset=UTF-8", apply: contentType(schemas.JSON, "application/json; charset=UTF-8")},
		{Name: "json-without-charset", Description: "sends application/json and no charset", apply: contentType(schemas.JSON, "application/json")},
		{Name: "created", Description: "answers 201 to a POST that succeeds",
			apply: successes(func(_ *Server, c *call, r *reply) {
				if c.method == http.MethodPost {
					r.status = http.StatusCreated
				}
			})},
		{Name: "refusals-of-one-status", Profiles: gatewayOnly, Description: "answers 400 to whatever a client does wrong",
			apply: refusals(func(_ *Server, _ *call, r *reply) {
				if r.status < 500 {
					r.SetStatus(http.StatusBadRequest)
				}
			})},
	}
}

// codeOddities give another code that passes for the same condition.
func codeOddities() []Variant {
	prefers := func(name, says string, profiles []string, codes map[schemas.Condition]string) Variant {
		return Variant{Name: name, Description: says, Profiles: profiles, apply: func(s *Server) {
			for condition, code := range codes {
				s.service.prefers[condition] = code
			}
		}}
	}
	missingSignature := missing("Signature")
	return []Variant{
		prefers("one-code-for-what-is-missing", "answers MissingParameter for whatever is missing", gatewayOnly, map[schemas.Condition]string{
			missing("Action"): "MissingParameter", missing("Version"): "MissingParameter", missing("AccessKeyId"): "MissingParameter",
			missingSignature: "MissingParameter", missing("Timestamp"): "MissingParameter", missing("SignatureNonce"): "MissingParameter",
		}),
		prefers("signature-incomplete", "answers IncompleteSignature for any signature that is not right", gatewayOnly, map[schemas.Condition]string{
			missingSignature: "IncompleteSignature", wrongSignature: "IncompleteSignature", signatureNotBase64: "IncompleteSignature",
		}),
		prefers("access-key-disabled", "has the other code for a disabled key, and for an unknown Action and Version", gatewayOnly, map[schemas.Condition]string{
			disabledAccessKey: "Forbidden.AccessKeyDisabled", unknownAction: "Invalid{ParameterName}", unknownVersion: "InvalidApi.NotFound",
			throttled: "Throttling",
		}),
		prefers("codes-of-the-later-rows", "has the other code of every pair (X1, X10, X11)", ecsOnly, map[schemas.Condition]string{
			unknownAction: "InvalidParameter", unknownSignatureMethod: "InvalidParameter", unknownSignatureVersion: "InvalidParameter",
			missing("Timestamp"): "IllegalTimestamp", invalidOwnerAccount: "InvalidParameter.OwnerAccount", unknownFormat: "UnsupportedParameter",
			clientTokenMismatch: "InvalidIdempotenceParameter.Mismatch", missingSignature: "IncompleteSignature",
		}),
		prefers("time-and-token-otherwise", "has the other code for a missing Timestamp and an expired token", bothKMS, map[schemas.Condition]string{
			missing("Timestamp"): "IllegalTimestamp", malformedTimestamp: "IllegalTimestamp", expiredToken: "Forbidden.AccessKey",
			unknownFormat: "ParseRequestParameterException", missingSignature: "IncompleteSignature",
		}),
		prefers("empty-is-invalid", "takes an empty value for an invalid one", essOnly, map[schemas.Condition]string{
			empty("Action"): "UnsupportedOperation", empty("Version"): "NoSuchVersion", empty("Timestamp"): "InvalidParameter",
			unknownRegion: "InvalidParameter",
		}),
	}
}

// todaysOddities answer with codes that are spelt like those of a family, each in the words that products of today have for
// it.
func todaysOddities() []Variant {
	gateway := func(name, says string, apply func(*Server)) Variant {
		return Variant{Name: name, Profiles: gatewayOnly, Description: says, apply: apply}
	}
	return []Variant{
		gateway("unknown-version-in-words-of-today", "answers an unknown Version in the words of today's gateways",
			RefusesWith(unknownVersion, "InvalidVersion", "Specified parameter Version is not valid, see the API overview.")),
		gateway("unknown-version-in-short-words", "answers an unknown Version with InvalidVersion and a sentence of its own",
			RefusesWith(unknownVersion, "InvalidVersion", "No such version.")),
		gateway("missing-key-in-words-of-today", "answers a missing AccessKeyId in the words of today's gateways",
			RefusesWith(missing("AccessKeyId"), "MissingAccessKeyId", "The request has no AccessKeyId.")),
		gateway("empty-key-in-words-of-today", "answers an empty AccessKeyId in the words of today's gateways",
			RefusesWith(empty("AccessKeyId"), "InvalidAccessKeyId", "Specified access key is not found or invalid.")),
		gateway("unknown-action-in-words-of-ecs", "answers an unknown Action in the words of the document for ecs",
			RefusesWith(unknownAction, "InvalidAction", "Specified action is not valid.")),
	}
}
