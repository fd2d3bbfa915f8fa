package mutants

import (
	"net/http"

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
