package oddities

import (
	"net/http"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
)

func wireOddities() []vary.Variant {
	return []vary.Variant{
		{Name: "chunked", Description: "sends every body in chunks", Apply: vary.Writes(func(_ *server.Call, out *server.Sent) { out.Chunked = true })},
		{Name: "closes-after-every-answer", Description: "closes the connection after every answer", Apply: vary.Writes(func(c *server.Call, _ *server.Sent) { c.Close = true })},
		{Name: "http-1.0", Description: "answers in HTTP/1.0", Apply: vary.Writes(func(_ *server.Call, out *server.Sent) { out.Proto = "HTTP/1.0" })},
		{Name: "gzip-when-asked", Description: "packs its answers for clients that say they can unpack them", Apply: vary.Writes(vary.Gzip)},
		{Name: "headers-of-practice", Description: "sends the headers that are seen live", Apply: vary.Writes(traceHeaders)},
		{Name: "json-content-type-with-a-blank", Description: "spells it application/json; charset=UTF-8", Apply: vary.ContentType(schemas.JSON, "application/json; charset=UTF-8")},
		{Name: "json-without-charset", Description: "sends application/json and no charset", Apply: vary.ContentType(schemas.JSON, "application/json")},
		{Name: "created", Description: "answers 201 to a POST that succeeds",
			Apply: vary.Successes(func(_ *server.Server, c *server.Call, r *server.Reply) {
				if c.Method == http.MethodPost {
					r.Status = http.StatusCreated
				}
			})},
		{Name: "refusals-of-one-status", Profiles: vary.GatewayOnly, Description: "answers 400 to whatever a client does wrong",
			Apply: vary.Refusals(func(_ *server.Server, _ *server.Call, r *server.Reply) {
				if r.Status < 500 {
					r.SetStatus(http.StatusBadRequest)
				}
			})},
	}
}

// codeOddities give another code that passes for the same condition.
func codeOddities() []vary.Variant {
	prefers := func(name, says string, profiles []string, codes map[schemas.Condition]string) vary.Variant {
		return vary.Variant{Name: name, Description: says, Profiles: profiles, Apply: func(s *server.Server) {
			for condition, code := range codes {
				s.Service.Prefers[condition] = code
			}
		}}
	}
	missingSignature := server.Missing("Signature")
	return []vary.Variant{
		prefers("one-code-for-what-is-missing", "answers MissingParameter for whatever is missing", vary.GatewayOnly, map[schemas.Condition]string{
			server.Missing("Action"): "MissingParameter", server.Missing("Version"): "MissingParameter", server.Missing("AccessKeyId"): "MissingParameter",
			missingSignature: "MissingParameter", server.Missing("Timestamp"): "MissingParameter", server.Missing("SignatureNonce"): "MissingParameter",
		}),
		prefers("signature-incomplete", "answers IncompleteSignature for any signature that is not right", vary.GatewayOnly, map[schemas.Condition]string{
			missingSignature: "IncompleteSignature", server.WrongSignature: "IncompleteSignature", server.SignatureNotBase64: "IncompleteSignature",
		}),
		prefers("access-key-disabled", "has the other code for a disabled key, and for an unknown Action and Version", vary.GatewayOnly, map[schemas.Condition]string{
			server.DisabledAccessKey: "Forbidden.AccessKeyDisabled", server.UnknownAction: "Invalid{ParameterName}", server.UnknownVersion: "InvalidApi.NotFound",
			server.Throttled: "Throttling",
		}),
		prefers("codes-of-the-later-rows", "has the other code of every pair (X1, X10, X11)", vary.ECSOnly, map[schemas.Condition]string{
			server.UnknownAction: "InvalidParameter", server.UnknownSignatureMethod: "InvalidParameter", server.UnknownSignatureVersion: "InvalidParameter",
			server.Missing("Timestamp"): "IllegalTimestamp", server.InvalidOwnerAccount: "InvalidParameter.OwnerAccount", server.UnknownFormat: "UnsupportedParameter",
			server.ClientTokenMismatch: "InvalidIdempotenceParameter.Mismatch", missingSignature: "IncompleteSignature",
		}),
		prefers("time-and-token-otherwise", "has the other code for a missing Timestamp and an expired token", vary.BothKMS, map[schemas.Condition]string{
			server.Missing("Timestamp"): "IllegalTimestamp", server.MalformedTimestamp: "IllegalTimestamp", server.ExpiredToken: "Forbidden.AccessKey",
			server.UnknownFormat: "ParseRequestParameterException", missingSignature: "IncompleteSignature",
		}),
		prefers("empty-is-invalid", "takes an empty value for an invalid one", vary.ESSOnly, map[schemas.Condition]string{
			server.Empty("Action"): "UnsupportedOperation", server.Empty("Version"): "NoSuchVersion", server.Empty("Timestamp"): "InvalidParameter",
			server.UnknownRegion: "InvalidParameter",
		}),
	}
}

// todaysOddities answer with codes that are spelt like those of a family, each in the words that products of today have for
// it.
func todaysOddities() []vary.Variant {
	gateway := func(name, says string, apply vary.Change) vary.Variant {
		return vary.Variant{Name: name, Profiles: vary.GatewayOnly, Description: says, Apply: apply}
	}
	return []vary.Variant{
		gateway("unknown-version-in-words-of-today", "answers an unknown Version in the words of today's gateways",
			vary.RefusesWith(server.UnknownVersion, "InvalidVersion", "Specified parameter Version is not valid, see the API overview.")),
		gateway("unknown-version-in-short-words", "answers an unknown Version with InvalidVersion and a sentence of its own",
			vary.RefusesWith(server.UnknownVersion, "InvalidVersion", "No such version.")),
		gateway("missing-key-in-words-of-today", "answers a missing AccessKeyId in the words of today's gateways",
			vary.RefusesWith(server.Missing("AccessKeyId"), "MissingAccessKeyId", "The request has no AccessKeyId.")),
		gateway("empty-key-in-words-of-today", "answers an empty AccessKeyId in the words of today's gateways",
			vary.RefusesWith(server.Empty("AccessKeyId"), "InvalidAccessKeyId", "Specified access key is not found or invalid.")),
		gateway("unknown-action-in-words-of-ecs", "answers an unknown Action in the words of the document for ecs",
			vary.RefusesWith(server.UnknownAction, "InvalidAction", "Specified action is not valid.")),
	}
}
