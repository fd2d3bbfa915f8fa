package reference

import (
	"net/http"

	"github.com/acsconform/acsconform/schemas"
)

// serverRow is the row of the server's own fault.
func serverRow(s *Server) *schemas.Row { return s.RowFor(&fault{condition: failed}) }

func statusMutants() []Variant {
	return []Variant{
		{Name: "success-answered-404", Clause: "STATUS-1", Styles: byAction, Description: "answers 404 with a success to a call without Format",
			apply: successes(func(_ *Server, c *call, r *reply) {
				if c.value("Format") == "" {
					r.status = http.StatusNotFound
				}
			})},
		{Name: "error-with-200", Clause: "STATUS-2", Description: "tells that a key is unknown with a 200",
			apply: oneRefusal(func(_ *Server, _ *call, r *reply) { r.SetStatus(http.StatusOK) })},
		{Name: "error-with-302", Clause: "STATUS-2", Description: "redirects clients with an unknown key",
			apply: oneRefusal(func(_ *Server, _ *call, r *reply) {
				r.SetStatus(http.StatusFound)
				r.header.Set("Location", "/login")
			})},
		{Name: "status-of-another-row", Clause: "STATUS-3", Profiles: withXML, Description: "answers 401 for an unknown key",
			apply: oneRefusal(func(_ *Server, _ *call, r *reply) { r.SetStatus(http.StatusUnauthorized) })},
		{Name: "server-fault-with-400", Clause: "STATUS-4", Profiles: gatewayOnly, Description: "answers its own faults with 400",
			apply: refusals(func(_ *Server, _ *call, r *reply) {
				if r.row.Status.Low >= 500 {
					r.SetStatus(http.StatusBadRequest)
				}
			})},
		{Name: "client-fault-with-503", Clause: "STATUS-4", Profiles: gatewayOnly, Description: "answers 503 when the key is unknown",
			apply: oneRefusal(func(_ *Server, _ *call, r *reply) { r.SetStatus(http.StatusServiceUnavailable) })},
		{Name: "unknown-action-is-a-failure", Clause: "STATUS-5", Profiles: bothKMS, Description: "takes an unknown Action for a failure of its own",
			apply: refusalsFor(unknownAction, func(s *Server, c *call, r *reply) {
				if actionForm.MatchString(c.value("Action")) && c.path == "/" {
					r.SetRow(serverRow(s))
				}
			})},
		{Name: "temporary-keys-refused", Clause: "SUCCESS-4", Description: "does not know temporary keys",
			apply: precedes("business", func(_ *Server, c *call) *fault {
				if c.key != nil && c.key.AccessKeyID == keys[schemas.STSKey].AccessKeyID {
					return &fault{condition: unknownAccessKey, parameter: "AccessKeyId"}
				}
				return nil
			})},
	}
}
