package reference

import (
	"slices"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

func parameterMutants() []Variant { return slices.Concat(publicMutants(), timeMutants()) }

func publicMutants() []Variant {
	served := func(clause, name string, styles []schemas.Style) Variant {
		return Variant{Name: string(missing(name)) + "-served", Clause: clause, Styles: styles, Says: "does without " + name, apply: forgives(missing(name))}
	}
	absent := func(name string, styles []schemas.Style) Variant {
		v := served("PARAM-2", name, styles)
		v.apply = forgivesIf(func(c *call, f *fault) bool {
			_, there := c.public[name]
			return f.condition == missing(name) && !there
		})
		return v
	}
	emptied := func(name string, styles []schemas.Style) Variant {
		return Variant{Name: string(empty(name)) + "-served", Clause: "PARAM-3", Styles: styles, Says: "serves a call with an empty " + name, apply: forgives(empty(name))}
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
		{Name: "signature-version-optional", Clause: "PARAM-2", Styles: byParameters, Says: "does without SignatureVersion, and with an empty one", apply: forgives(missing("SignatureVersion"))},
		{Name: "signature-nonce-optional", Clause: "PARAM-2", Says: "does without SignatureNonce, and with an empty one", apply: forgives(missing("SignatureNonce"))},
		emptied("Action", byAction),
		emptied("Version", nil),
		emptied("AccessKeyId", byAction),
		emptied("Signature", nil),
		emptied("Timestamp", nil),
		{Name: "missing-names-another", Clause: "PARAM-4", Profiles: gatewayOnly, Says: "names Action where Version is missing",
			apply: refusalsFor(missing("Version"), func(_ *Server, _ *call, r *reply) { r.set("Code", "MissingAction") })},
		{Name: "malformed-timestamp-served", Clause: "TIME-1", Profiles: gatewayOnly, Says: "serves a time in any spelling",
			apply: forgivesPlain("Timestamp", malformedTimestamp)},
		{Name: "window-of-20-minutes", Clause: "TIME-2", Profiles: gatewayOnly, Says: "takes times up to 20 minutes off", apply: window(20 * time.Minute)},
		{Name: "window-of-10-minutes", Clause: "TIME-2", Profiles: gatewayOnly, Says: "takes times up to 10 minutes off only", apply: window(10 * time.Minute)},
		{Name: "future-served", Clause: "TIME-2", Profiles: gatewayOnly, Says: "takes any time that is still to come",
			apply: forgivesIf(func(c *call, f *fault) bool {
				when, _ := c.timestamp(c.value("Timestamp"))
				return f.condition == staleTimestamp && when.After(c.now)
			})},
		{Name: "any-time-served", Clause: "TIME-3", Profiles: []string{"ecs", "kms", "kms-legacy"}, Says: "does not look at the clock", apply: forgives(staleTimestamp)},
		{Name: "any-spelling-of-time-served", Clause: "TIME-3", Profiles: []string{"ecs", "kms", "kms-legacy"}, Says: "serves a time in any spelling",
			apply: forgivesPlain("Timestamp", malformedTimestamp)},
	}
}

func window(d time.Duration) func(*Server) {
	return func(s *Server) { s.window = d }
}
