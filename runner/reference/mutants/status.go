package mutants

import (
	"net/http"
	"strings"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
)

// serverRow is the row of the server's own fault.
func serverRow(s *server.Server) *schemas.Row {
	return s.RowFor(&server.Fault{Condition: server.Failed})
}

func statusMutants() []vary.Variant {
	return []vary.Variant{
		{Name: "success-answered-404", Clause: "STATUS-1", Styles: vary.ByAction, Description: "answers 404 with a success to a call without Format",
			Apply: vary.Successes(func(_ *server.Server, c *server.Call, r *server.Reply) {
				if c.Value("Format") == "" {
					r.Status = http.StatusNotFound
				}
			})},
		{Name: "error-with-200", Clause: "STATUS-2", Description: "tells that a key is unknown with a 200",
			Apply: vary.OneRefusal(func(_ *server.Server, _ *server.Call, r *server.Reply) { r.SetStatus(http.StatusOK) })},
		{Name: "error-with-302", Clause: "STATUS-2", Description: "redirects clients with an unknown key",
			Apply: vary.OneRefusal(func(_ *server.Server, _ *server.Call, r *server.Reply) {
				r.SetStatus(http.StatusFound)
				r.Header.Set("Location", "/login")
			})},
		{Name: "status-of-another-row", Clause: "STATUS-3", Profiles: vary.WithXML, Description: "answers 401 for an unknown key",
			Apply: vary.OneRefusal(func(_ *server.Server, _ *server.Call, r *server.Reply) { r.SetStatus(http.StatusUnauthorized) })},
		{Name: "server-fault-with-400", Clause: "STATUS-4", Profiles: vary.GatewayOnly, Description: "answers its own faults with 400",
			Apply: vary.Refusals(func(_ *server.Server, _ *server.Call, r *server.Reply) {
				if r.Row.Status.Low >= 500 {
					r.SetStatus(http.StatusBadRequest)
				}
			})},
		{Name: "client-fault-with-503", Clause: "STATUS-4", Profiles: vary.GatewayOnly, Description: "answers 503 when the key is unknown",
			Apply: vary.OneRefusal(func(_ *server.Server, _ *server.Call, r *server.Reply) { r.SetStatus(http.StatusServiceUnavailable) })},
		{Name: "unknown-action-is-a-failure", Clause: "STATUS-5", Profiles: vary.BothKMS, Description: "takes an unknown Action for a failure of its own",
			Apply: vary.RefusalsFor(server.UnknownAction, func(s *server.Server, c *server.Call, r *server.Reply) {
				if server.ActionForm.MatchString(c.Value("Action")) && c.Path == "/" {
					r.SetRow(serverRow(s))
				}
			})},
		{Name: "temporary-keys-refused", Clause: "SUCCESS-4", Description: "does not know temporary keys",
			Apply: vary.Precedes("business", func(_ *server.Server, c *server.Call) *server.Fault {
				if c.Key != nil && c.Key.AccessKeyID == server.Keys[schemas.STSKey].AccessKeyID {
					return &server.Fault{Condition: server.UnknownAccessKey, Parameter: "AccessKeyId"}
				}
				return nil
			})},
	}
}

// codeMutants leave the place of the parameter's name in a code as the table has it, or write the name in another case, or
// answer with a code of today's gateways that is not the condition's.
func codeMutants() []vary.Variant {
	gateway := func(name, clause, says string, apply vary.Change) vary.Variant {
		return vary.Variant{Name: name, Clause: clause, Profiles: vary.GatewayOnly, Description: says, Apply: apply}
	}
	byName := func(edit func(string) string) vary.Change {
		return vary.RefusalsFor(server.Missing("Version"), func(_ *server.Server, _ *server.Call, r *server.Reply) {
			prefix, name := "Missing", strings.TrimPrefix(r.Get("Code"), "Missing")
			r.Set("Code", prefix+edit(name))
		})
	}
	return []vary.Variant{
		gateway("placeholder-in-the-code", "ERROR-9", "leaves the placeholder of the table in the code for a missing Version",
			vary.RefusesWith(server.Missing("Version"), "Missing{ParameterName}", "")),
		gateway("placeholder-in-the-code-for-empty", "ERROR-9", "leaves the placeholder of the table in the code for an empty Version",
			vary.RefusesWith(server.Empty("Version"), "Invalid{ParameterName}", "")),
		gateway("placeholder-in-the-code-of-rows", "ROW-1", "leaves the placeholder in the codes of all rows that have one",
			vary.RefusalsFor(server.Recipe, func(_ *server.Server, _ *server.Call, r *server.Reply) {
				if strings.Contains(r.Row.Code, "{") {
					r.Set("Code", r.Row.Code)
				}
			})),
		gateway("parameter-in-lower-case-in-the-code", "PARAM-4", "writes the name in the code for a missing Version in lower case", byName(strings.ToLower)),
		gateway("parameter-in-upper-case-in-the-code", "PARAM-4", "writes the name in the code for a missing Version in upper case", byName(strings.ToUpper)),
		gateway("parameter-in-camel-case-in-the-code", "PARAM-4", "begins the name in the code for a missing Version with a small letter",
			byName(func(name string) string { return strings.ToLower(name[:1]) + name[1:] })),
		gateway("unknown-key-by-the-code-for-its-form", "ERROR-9", "answers an unknown key with the code that other products have for a malformed one",
			vary.OneRefusal(func(_ *server.Server, _ *server.Call, r *server.Reply) {
				r.Set("Code", "InvalidAccessKeyId")
				r.Set("Message", "Specified access key is not valid.")
			})),
		gateway("missing-signature-by-a-siblings-code", "ERROR-9", "answers a missing Signature with the code that ecs has for owners",
			vary.RefusesWith(server.Missing("Signature"), "InvalidOwner", "OwnerId and OwnerAccount can’t be used at one API access.")),
		gateway("missing-version-by-the-code-for-a-wrong-one", "ERROR-9", "answers a missing Version with the code that all products have for a missing key",
			vary.RefusesWith(server.Missing("Version"), "MissingAccessKeyId", "AccessKeyId is mandatory for this action.")),
	}
}
