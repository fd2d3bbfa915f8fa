package reference

import (
	"slices"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

func parameterMutants() []Variant { return slices.Concat(publicMutants(), timeMutants()) }

func publicMutants() []Variant {
	served := func(clause, name string, styles []schemas.Style) Variant {
		return Variant{Name: string(missing(name)) + "-served", Clause: clause, Styles: styles, Description: "does without " + name, apply: accepts(missing(name))}
	}
	absent := func(name string, styles []schemas.Style) Variant {
		v := served("PARAM-2", name, styles)
		v.apply = acceptsIf(func(c *call, f *fault) bool {
			_, there := c.public[name]
			return f.condition == missing(name) && !there
		})
		return v
	}
	emptied := func(name string, styles []schemas.Style) Variant {
		return Variant{Name: string(empty(name)) + "-served", Clause: "PARAM-3", Styles: styles, Description: "serves a call with an empty " + name, apply: accepts(empty(name))}
	}
	return []Variant{
		served("PARAM-1", "Action", byAction),
		served("PARAM-1", "Version", nil),
		served("PARAM-1", "AccessKeyId", byAction),
		served("PARAM-1", "Signature", nil),
		served("PARAM-1", "Timestamp", nil),
		absent("SignatureMethod", byParameters),
		absent("SignatureVersion", byParameters),
		absent("SignatureNonce", nil),
		{Name: "signature-version-optional", Clause: "PARAM-2", Styles: byParameters, Description: "does without SignatureVersion, and with an empty one", apply: accepts(missing("SignatureVersion"))},
		{Name: "signature-nonce-optional", Clause: "PARAM-2", Description: "does without SignatureNonce, and with an empty one", apply: accepts(missing("SignatureNonce"))},
		emptied("Action", byAction),
		emptied("Version", nil),
		emptied("AccessKeyId", byAction),
		emptied("Signature", nil),
		emptied("Timestamp", nil),
		{Name: "missing-names-another", Clause: "PARAM-4", Profiles: gatewayOnly, Description: "names Action where Version is missing",
			apply: refusalsFor(missing("Version"), func(_ *Server, _ *call, r *reply) { r.set("Code", "MissingAction") })},
		{Name: "malformed-timestamp-served", Clause: "TIME-1", Profiles: gatewayOnly, Description: "serves a time in any spelling",
			apply: acceptsPlain("Timestamp", malformedTimestamp)},
		{Name: "window-of-20-minutes", Clause: "TIME-2", Profiles: gatewayOnly, Description: "takes times up to 20 minutes off", apply: window(20 * time.Minute)},
		{Name: "window-of-10-minutes", Clause: "TIME-2", Profiles: gatewayOnly, Description: "takes times up to 10 minutes off only", apply: window(10 * time.Minute)},
		{Name: "future-served", Clause: "TIME-2", Profiles: gatewayOnly, Description: "takes any time that is still to come",
			apply: acceptsIf(func(c *call, f *fault) bool {
				when, _ := c.timestamp(c.value("Timestamp"))
				return f.condition == staleTimestamp && when.After(c.now)
			})},
		{Name: "any-time-served", Clause: "TIME-3", Profiles: []string{"ecs", "kms", "kms-legacy"}, Description: "does not look at the clock", apply: accepts(staleTimestamp)},
		{Name: "any-spelling-of-time-served", Clause: "TIME-3", Profiles: []string{"ecs", "kms", "kms-legacy"}, Description: "serves a time in any spelling",
			apply: acceptsPlain("Timestamp", malformedTimestamp)},
	}
}

func window(d time.Duration) func(*Server) {
	return func(s *Server) { s.Window = d }
}
