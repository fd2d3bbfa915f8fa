package reference

import (
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// says makes refusals for one condition tell another code, in words that may be the service's own. With no words the
// Message stays.
func says(condition schemas.Condition, code, message string) func(*Server) {
	return refusalsFor(condition, func(_ *Server, _ *call, r *reply) {
		r.set("Code", code)
		if message != "" {
			r.set("Message", message)
		}
	})
}

// codeMutants leave the place of the parameter's name in a code as the table has it, or write the name in another case, or
// answer with a code of today's gateways that is not the condition's.
func codeMutants() []Variant {
	gateway := func(name, clause, says string, apply func(*Server)) Variant {
		return Variant{Name: name, Clause: clause, Profiles: gatewayOnly, Description: says, apply: apply}
	}
	byName := func(edit func(string) string) func(*Server) {
		return refusalsFor(missing("Version"), func(_ *Server, _ *call, r *reply) {
			prefix, name := "Missing", strings.TrimPrefix(r.get("Code"), "Missing")
			r.set("Code", prefix+edit(name))
		})
	}
	return []Variant{
		gateway("placeholder-in-the-code", "ERROR-9", "leaves the placeholder of the table in the code for a missing Version",
			says(missing("Version"), "Missing{ParameterName}", "")),
		gateway("placeholder-in-the-code-for-empty", "ERROR-9", "leaves the placeholder of the table in the code for an empty Version",
			says(empty("Version"), "Invalid{ParameterName}", "")),
		gateway("placeholder-in-the-code-of-rows", "ROW-1", "leaves the placeholder in the codes of all rows that have one",
			refusalsFor(recipe, func(_ *Server, _ *call, r *reply) {
				if strings.Contains(r.row.Code, "{") {
					r.set("Code", r.row.Code)
				}
			})),
		gateway("parameter-in-lower-case-in-the-code", "PARAM-4", "writes the name in the code for a missing Version in lower case", byName(strings.ToLower)),
		gateway("parameter-in-upper-case-in-the-code", "PARAM-4", "writes the name in the code for a missing Version in upper case", byName(strings.ToUpper)),
		gateway("parameter-in-camel-case-in-the-code", "PARAM-4", "begins the name in the code for a missing Version with a small letter",
			byName(func(name string) string { return strings.ToLower(name[:1]) + name[1:] })),
		gateway("unknown-key-by-the-code-for-its-form", "ERROR-9", "answers an unknown key with the code that other products have for a malformed one",
			oneRefusal(func(_ *Server, _ *call, r *reply) {
				r.set("Code", "InvalidAccessKeyId")
				r.set("Message", "Specified access key is not valid.")
			})),
		gateway("missing-signature-by-a-siblings-code", "ERROR-9", "answers a missing Signature with the code that ecs has for owners",
			says(missing("Signature"), "InvalidOwner", "OwnerId and OwnerAccount can’t be used at one API access.")),
		gateway("missing-version-by-the-code-for-a-wrong-one", "ERROR-9", "answers a missing Version with the code that all products have for a missing key",
			says(missing("Version"), "MissingAccessKeyId", "AccessKeyId is mandatory for this action.")),
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
			says(unknownVersion, "InvalidVersion", "Specified parameter Version is not valid, see the API overview.")),
		gateway("unknown-version-in-short-words", "answers an unknown Version with InvalidVersion and a sentence of its own",
			says(unknownVersion, "InvalidVersion", "No such version.")),
		gateway("missing-key-in-words-of-today", "answers a missing AccessKeyId in the words of today's gateways",
			says(missing("AccessKeyId"), "MissingAccessKeyId", "The request has no AccessKeyId.")),
		gateway("empty-key-in-words-of-today", "answers an empty AccessKeyId in the words of today's gateways",
			says(empty("AccessKeyId"), "InvalidAccessKeyId", "Specified access key is not found or invalid.")),
		gateway("unknown-action-in-words-of-ecs", "answers an unknown Action in the words of the document for ecs",
			says(unknownAction, "InvalidAction", "Specified action is not valid.")),
	}
}
