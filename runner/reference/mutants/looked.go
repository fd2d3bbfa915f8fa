package mutants

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
)

// lookedMutants take for a known value what only looks like it, or look only at part of what they should.
func lookedMutants() []vary.Variant {
	return slices.Concat(looseMutants(), looseTimeMutants(), partlySignedMutants(), rememberingMutants(), lookedAtMutants(), fieldMutants(), blankMutants(), blamedMutants())
}

// takesFor makes a server that reads another value in the place of a public parameter's, once the signature is another
// matter. What cannot be read because of the value alone is read then.
func takesFor(parameter, like, with string) vary.Change {
	pattern := regexp.MustCompile(`(?s)` + like)
	return func(s *server.Server) {
		s.OnCall = append(s.OnCall, func(c *server.Call) *server.Call {
			if value, there := c.Public[parameter]; there && pattern.MatchString(value) {
				c.Public[parameter] = pattern.ReplaceAllString(value, with)
				c.Broken = nil
			}
			return c
		})
	}
}

// loose is a mutant of the values of one parameter.
func loose(name, clause, says, parameter, like, with string, profiles []string, styles []schemas.Style) vary.Variant {
	return vary.Variant{Name: name, Clause: clause, Description: says, Profiles: profiles, Styles: styles, Apply: takesFor(parameter, like, with)}
}

func looseMutants() []vary.Variant {
	versioned := []string{"gateway", "ecs", "ess"}
	nul, blank, line := "\x00acsconform$", ` $`, `\n$`
	list := []vary.Variant{
		loose("key-that-ends-at-nul", "KEY-1", "reads an AccessKeyId as far as its first NUL", "AccessKeyId", nul, "", nil, vary.RPCOnly),
		loose("key-trimmed", "KEY-1", "trims an AccessKeyId", "AccessKeyId", blank, "", nil, vary.RPCOnly),
		loose("key-that-ends-with-its-line", "KEY-1", "matches an AccessKeyId to the end of its line", "AccessKeyId", line, "", nil, vary.RPCOnly),
		loose("action-that-ends-at-nul", "ROUTE-1", "reads an Action as far as its first NUL", "Action", nul, "", nil, vary.RPCOnly),
		loose("action-trimmed", "ROUTE-1", "trims an Action", "Action", blank, "", nil, vary.RPCOnly),
		loose("action-without-its-namespace", "ROUTE-1", "takes what stands behind the last dot for the Action", "Action", `^.*\.(\w+)$`, "$1", nil, vary.ByAction),
		loose("action-without-its-prefix", "ROUTE-1", "takes what stands behind a colon for the Action", "Action", `^.*:(\w+)$`, "$1", nil, vary.ByAction),
		loose("version-trimmed", "ROUTE-2", "trims a Version", "Version", blank, "", versioned, vary.RPCOnly),
		loose("version-by-its-digits", "ROUTE-2", "reads the digits of a Version", "Version", `^(\d{4})(\d\d)(\d\d)$`, "$1-$2-$3", versioned, nil),
		loose("version-with-slashes", "ROUTE-2", "takes slashes in a Version for hyphens", "Version", `^(\d{4})/(\d\d)/(\d\d)$`, "$1-$2-$3", versioned, nil),
		loose("signature-version-1.1", "SIGN-3", "takes any SignatureVersion that begins with 1.", "SignatureVersion", `^1\.1$`, "1.0", []string{"gateway", "ecs"}, vary.ByParameters),
		loose("signature-version-of-three-numbers", "SIGN-3", "takes SignatureVersion 1.0.0 for 1.0", "SignatureVersion", `^1\.0\.0$`, "1.0", []string{"gateway", "ecs"}, vary.ByParameters),
		loose("signature-method-by-its-beginning", "SIGN-3", "takes for HMAC-SHA1 what begins so", "SignatureMethod", `^HMAC-SHA1.+$`, "HMAC-SHA1", []string{"gateway", "ecs"}, vary.ByParameters),
		loose("token-trimmed", "TOKEN-2", "trims a SecurityToken", "SecurityToken", blank, "", vary.GatewayOnly, vary.RPCOnly),
		loose("region-trimmed", "ROUTE-3", "trims a RegionId", "RegionId", blank, "", vary.GatewayOnly, vary.RPCOnly),
		loose("region-that-ends-at-nul", "ROUTE-4", "reads a RegionId as far as its first NUL", "RegionId", nul, "", vary.ESSOnly, vary.RPCOnly),
		loose("format-by-its-first-letter", "FORMAT-7", "takes for XML what begins with X", "Format", `^Xhtml$`, "XML", vary.WithXML, vary.ByAction),
		{Name: "xml-in-lower-case-answered-in-json", Clause: "FORMAT-6", Profiles: vary.GatewayOnly, Description: "serves JSON where xml was asked for", Apply: acceptsSome("Format", `^xml$`, server.FormatXML)},
		{Name: "path-by-its-beginning", Clause: "ROUTE-1", Profiles: vary.GatewayOnly, Styles: vary.ROAOnly, Description: "serves a path with more behind it",
			Apply: vary.Replaces("action", func(s *server.Server, c *server.Call) *server.Fault {
				at := *c
				at.Path = strings.TrimSuffix(c.Path, "/acsconform")
				f := server.ActionKnown(s, &at)
				c.Action = at.Action
				return f
			})},
	}
	return append(list, patternMutants()...)
}

// blankMutants write what is mandatory, with nothing in it.
func blankMutants() []vary.Variant {
	return []vary.Variant{{Name: "host-id-empty", Clause: "ERROR-2", Also: []string{"ERROR-11"}, Profiles: vary.ESSOnly, Description: "writes an empty HostId into errors",
		Apply: vary.Refusals(func(_ *server.Server, _ *server.Call, r *server.Reply) { r.Set("HostId", "") })}}
}

// patternMutants look a value up as a pattern.
func patternMutants() []vary.Variant {
	var list []vary.Variant
	for _, p := range []struct{ sign, name, says string }{{"%", "like", "by LIKE"}, {"*", "wildcard", "by a wildcard"}, {".", "expression", "by a regular expression"}} {
		list = append(list,
			vary.Variant{Name: "key-by-" + p.name, Clause: "KEY-1", Description: "looks an AccessKeyId up " + p.says, Apply: func(s *server.Server) {
				old := s.KeyOf
				s.KeyOf = func(id string) *server.Key {
					if begin, like := strings.CutSuffix(id, p.sign); like && old(id) == nil {
						for _, k := range server.Keys {
							if len(begin) > 0 && len(k.AccessKeyID) == len(begin)+1 && strings.HasPrefix(k.AccessKeyID, begin) {
								return old(k.AccessKeyID)
							}
						}
					}
					return old(id)
				}
			}},
			vary.Variant{Name: "action-by-" + p.name, Clause: "ROUTE-1", Styles: vary.ByAction, Description: "looks an Action up " + p.says,
				Apply: rereadsAction(func(s *server.Server, action string) string {
					if begin, like := strings.CutSuffix(action, p.sign); like && begin != "" && strings.HasPrefix(s.Service.Sound.Action, begin) {
						return s.Service.Sound.Action
					}
					return action
				})})
	}
	return list
}

// rereadsAction makes a server that reads another Action than the one that was sent.
func rereadsAction(as func(s *server.Server, action string) string) vary.Change {
	return func(s *server.Server) {
		s.OnCall = append(s.OnCall, func(c *server.Call) *server.Call {
			if action, there := c.Public["Action"]; there {
				c.Public["Action"] = as(s, action)
			}
			return c
		})
	}
}

func looseTimeMutants() []vary.Variant {
	now := func(name, clause, says, like string, profiles []string) vary.Variant {
		pattern := regexp.MustCompile(like)
		return vary.Variant{Name: name, Clause: clause, Profiles: profiles, Description: says, Apply: vary.AcceptsIf(func(c *server.Call, f *server.Fault) bool {
			return f.Condition == server.MalformedTimestamp && pattern.MatchString(c.Value("Timestamp"))
		})}
	}
	hours := func(name, says string, hours time.Duration) vary.Variant {
		return vary.Variant{Name: name, Clause: "TIME-2", Profiles: vary.GatewayOnly, Description: says, Apply: vary.AcceptsIf(func(c *server.Call, f *server.Fault) bool {
			when, ok := c.Timestamp(c.Value("Timestamp"))
			return f.Condition == server.StaleTimestamp && ok && (c.Now.Sub(when)-hours*time.Hour).Abs() < time.Minute
		})}
	}
	return []vary.Variant{
		now("time-with-more-behind-served", "TIME-1", "reads a time as far as its zone", `(Z|GMT).+$`, vary.GatewayOnly),
		now("day-32-served", "TIME-1", "counts on from the 32nd of a month", `-32T`, vary.GatewayOnly),
		now("day-32-served-by-kms", "TIME-3", "counts on from the 32nd of a month", `-32T`, []string{"ecs", "kms", "kms-legacy"}),
		now("hour-25-served", "TIME-1", "counts on from the 25th hour of a day", `T25:`, vary.GatewayOnly),
		now("minute-60-served", "TIME-1", "counts on from the 60th minute of an hour", `T\d\d:60`, vary.GatewayOnly),
		hours("time-of-beijing-served", "takes the time of its own zone for the time of UTC", -8),
		hours("time-of-california-served", "takes the time of a zone in the west for the time of UTC", 8),
	}
}
