package mutants

import (
	"slices"
	"time"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
)

func parameterMutants() []vary.Variant { return slices.Concat(publicMutants(), timeMutants()) }

func publicMutants() []vary.Variant {
	served := func(clause, name string, styles []schemas.Style) vary.Variant {
		return vary.Variant{Name: string(server.Missing(name)) + "-served", Clause: clause, Styles: styles, Description: "does without " + name, Apply: vary.Accepts(server.Missing(name))}
	}
	absent := func(name string, styles []schemas.Style) vary.Variant {
		v := served("PARAM-2", name, styles)
		v.Apply = vary.AcceptsIf(func(c *server.Call, f *server.Fault) bool {
			_, there := c.Public[name]
			return f.Condition == server.Missing(name) && !there
		})
		return v
	}
	emptied := func(name string, styles []schemas.Style) vary.Variant {
		return vary.Variant{Name: string(server.Empty(name)) + "-served", Clause: "PARAM-3", Styles: styles, Description: "serves a call with an empty " + name, Apply: vary.Accepts(server.Empty(name))}
	}
	return []vary.Variant{
		served("PARAM-1", "Action", vary.ByAction),
		served("PARAM-1", "Version", nil),
		served("PARAM-1", "AccessKeyId", vary.ByAction),
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

func window(d time.Duration) func(*server.Server) {
	return func(s *server.Server) { s.Window = d }
}
