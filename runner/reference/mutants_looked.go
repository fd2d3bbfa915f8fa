package reference

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// lookedMutants take for a known value what only looks like it, or look only at part of what they should.
func lookedMutants() []Variant {
	return slices.Concat(looseMutants(), looseTimeMutants(), partlySignedMutants(), rememberingMutants(), lookedAtMutants(), fieldMutants(), blankMutants())
}

// takesFor makes a server that reads another value in the place of a public parameter's, once the signature is another
// matter. What cannot be read because of the value alone is read then.
func takesFor(parameter, like, with string) func(*Server) {
	pattern := regexp.MustCompile(`(?s)` + like)
	return func(s *Server) {
		s.rereads = append(s.rereads, func(c *call) *call {
			if value, there := c.public[parameter]; there && pattern.MatchString(value) {
				c.public[parameter] = pattern.ReplaceAllString(value, with)
				c.broken = nil
			}
			return c
		})
	}
}

// loose is a mutant of the values of one parameter.
func loose(name, clause, says, parameter, like, with string, profiles []string, styles []schemas.Style) Variant {
	return Variant{Name: name, Clause: clause, Description: says, Profiles: profiles, Styles: styles, apply: takesFor(parameter, like, with)}
}

func looseMutants() []Variant {
	versioned := []string{"gateway", "ecs", "ess"}
	nul, blank, line := "\x00acsconform$", ` $`, `\n$`
	list := []Variant{
		loose("key-that-ends-at-nul", "KEY-1", "reads an AccessKeyId as far as its first NUL", "AccessKeyId", nul, "", nil, rpcOnly),
		loose("key-trimmed", "KEY-1", "trims an AccessKeyId", "AccessKeyId", blank, "", nil, rpcOnly),
		loose("key-that-ends-with-its-line", "KEY-1", "matches an AccessKeyId to the end of its line", "AccessKeyId", line, "", nil, rpcOnly),
		loose("action-that-ends-at-nul", "ROUTE-1", "reads an Action as far as its first NUL", "Action", nul, "", nil, rpcOnly),
		loose("action-trimmed", "ROUTE-1", "trims an Action", "Action", blank, "", nil, rpcOnly),
		loose("action-without-its-namespace", "ROUTE-1", "takes what stands behind the last dot for the Action", "Action", `^.*\.(\w+)$`, "$1", nil, byAction),
		loose("action-without-its-prefix", "ROUTE-1", "takes what stands behind a colon for the Action", "Action", `^.*:(\w+)$`, "$1", nil, byAction),
		loose("version-trimmed", "ROUTE-2", "trims a Version", "Version", blank, "", versioned, rpcOnly),
		loose("version-by-its-digits", "ROUTE-2", "reads the digits of a Version", "Version", `^(\d{4})(\d\d)(\d\d)$`, "$1-$2-$3", versioned, nil),
		loose("version-with-slashes", "ROUTE-2", "takes slashes in a Version for hyphens", "Version", `^(\d{4})/(\d\d)/(\d\d)$`, "$1-$2-$3", versioned, nil),
		loose("signature-version-1.1", "SIGN-3", "takes any SignatureVersion that begins with 1.", "SignatureVersion", `^1\.1$`, "1.0", []string{"gateway", "ecs"}, byParameters),
		loose("signature-version-of-three-numbers", "SIGN-3", "takes SignatureVersion 1.0.0 for 1.0", "SignatureVersion", `^1\.0\.0$`, "1.0", []string{"gateway", "ecs"}, byParameters),
		loose("signature-method-by-its-beginning", "SIGN-3", "takes for HMAC-SHA1 what begins so", "SignatureMethod", `^HMAC-SHA1.+$`, "HMAC-SHA1", []string{"gateway", "ecs"}, byParameters),
		loose("token-trimmed", "TOKEN-2", "trims a SecurityToken", "SecurityToken", blank, "", gatewayOnly, rpcOnly),
		loose("region-trimmed", "ROUTE-3", "trims a RegionId", "RegionId", blank, "", gatewayOnly, rpcOnly),
		loose("region-that-ends-at-nul", "ROUTE-4", "reads a RegionId as far as its first NUL", "RegionId", nul, "", essOnly, rpcOnly),
		loose("format-by-its-first-letter", "FORMAT-7", "takes for XML what begins with X", "Format", `^Xhtml$`, "XML", withXML, byAction),
		{Name: "xml-in-lower-case-answered-in-json", Clause: "FORMAT-6", Profiles: gatewayOnly, Description: "serves JSON where xml was asked for", apply: acceptsSome("Format", `^xml$`, formatXML)},
		{Name: "path-by-its-beginning", Clause: "ROUTE-1", Profiles: gatewayOnly, Styles: roaOnly, Description: "serves a path with more behind it",
			apply: replaces("action", func(s *Server, c *call) *fault {
				at := *c
				at.path = strings.TrimSuffix(c.path, "/acsconform")
				f := actionKnown(s, &at)
				c.action = at.action
				return f
			})},
	}
	return append(list, patternMutants()...)
}

// blankMutants write what is mandatory, with nothing in it.
func blankMutants() []Variant {
	return []Variant{{Name: "host-id-empty", Clause: "ERROR-2", Also: []string{"ERROR-11"}, Profiles: essOnly, Description: "writes an empty HostId into errors",
		apply: refusals(func(_ *Server, _ *call, r *reply) { r.set("HostId", "") })}}
}

// patternMutants look a value up as a pattern.
func patternMutants() []Variant {
	var list []Variant
	for _, p := range []struct{ sign, name, says string }{{"%", "like", "by LIKE"}, {"*", "wildcard", "by a wildcard"}, {".", "expression", "by a regular expression"}} {
		list = append(list,
			Variant{Name: "key-by-" + p.name, Clause: "KEY-1", Description: "looks an AccessKeyId up " + p.says, apply: func(s *Server) {
				old := s.keyOf
				s.keyOf = func(id string) *key {
					if begin, like := strings.CutSuffix(id, p.sign); like && old(id) == nil {
						for _, k := range keys {
							if len(begin) > 0 && len(k.AccessKeyID) == len(begin)+1 && strings.HasPrefix(k.AccessKeyID, begin) {
								return old(k.AccessKeyID)
							}
						}
					}
					return old(id)
				}
			}},
			Variant{Name: "action-by-" + p.name, Clause: "ROUTE-1", Styles: byAction, Description: "looks an Action up " + p.says,
				apply: rereadsAction(func(s *Server, action string) string {
					if begin, like := strings.CutSuffix(action, p.sign); like && begin != "" && strings.HasPrefix(s.service.sound.Action, begin) {
						return s.service.sound.Action
					}
					return action
				})})
	}
	return list
}

// rereadsAction makes a server that reads another Action than the one that was sent.
func rereadsAction(as func(s *Server, action string) string) func(*Server) {
	return func(s *Server) {
		s.rereads = append(s.rereads, func(c *call) *call {
			if action, there := c.public["Action"]; there {
				c.public["Action"] = as(s, action)
			}
			return c
		})
	}
}

func looseTimeMutants() []Variant {
	now := func(name, clause, says, like string, profiles []string) Variant {
		pattern := regexp.MustCompile(like)
		return Variant{Name: name, Clause: clause, Profiles: profiles, Description: says, apply: acceptsIf(func(c *call, f *fault) bool {
			return f.condition == malformedTimestamp && pattern.MatchString(c.value("Timestamp"))
		})}
	}
	hours := func(name, says string, hours time.Duration) Variant {
		return Variant{Name: name, Clause: "TIME-2", Profiles: gatewayOnly, Description: says, apply: acceptsIf(func(c *call, f *fault) bool {
			when, ok := c.timestamp(c.value("Timestamp"))
			return f.condition == staleTimestamp && ok && (c.now.Sub(when)-hours*time.Hour).Abs() < time.Minute
		})}
	}
	return []Variant{
		now("time-with-more-behind-served", "TIME-1", "reads a time as far as its zone", `(Z|GMT).+$`, gatewayOnly),
		now("day-32-served", "TIME-1", "counts on from the 32nd of a month", `-32T`, gatewayOnly),
		now("day-32-served-by-kms", "TIME-3", "counts on from the 32nd of a month", `-32T`, []string{"ecs", "kms", "kms-legacy"}),
		now("hour-25-served", "TIME-1", "counts on from the 25th hour of a day", `T25:`, gatewayOnly),
		now("minute-60-served", "TIME-1", "counts on from the 60th minute of an hour", `T\d\d:60`, gatewayOnly),
		hours("time-of-beijing-served", "takes the time of its own zone for the time of UTC", -8),
		hours("time-of-california-served", "takes the time of a zone in the west for the time of UTC", 8),
	}
}
