package reference

import "strings"

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
			RefusesWith(missing("Version"), "Missing{ParameterName}", "")),
		gateway("placeholder-in-the-code-for-empty", "ERROR-9", "leaves the placeholder of the table in the code for an empty Version",
			RefusesWith(empty("Version"), "Invalid{ParameterName}", "")),
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
			RefusesWith(missing("Signature"), "InvalidOwner", "OwnerId and OwnerAccount can’t be used at one API access.")),
		gateway("missing-version-by-the-code-for-a-wrong-one", "ERROR-9", "answers a missing Version with the code that all products have for a missing key",
			RefusesWith(missing("Version"), "MissingAccessKeyId", "AccessKeyId is mandatory for this action.")),
	}
}
