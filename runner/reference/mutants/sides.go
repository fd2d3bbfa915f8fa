package mutants

import (
	"slices"
	"strings"
	"sync"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
)

// sideMutants are wrong on one side of a comparison: in one format, in errors and not in successes, or of one host.
func sideMutants() []vary.Variant {
	return slices.Concat(formatSides(), resultSides(), hostSides(), parameterSides())
}

func formatSides() []vary.Variant {
	side := func(name, says string, profiles []string, format schemas.Format, also string, edit func(*server.Server, *server.Reply)) vary.Variant {
		return vary.Variant{Name: name, Clause: "FORMAT-5", Also: []string{also}, Profiles: profiles, Description: says, Apply: vary.OneRefusal(func(s *server.Server, _ *server.Call, r *server.Reply) {
			if r.Format == format {
				edit(s, r)
			}
		})}
	}
	words := func(_ *server.Server, r *server.Reply) { r.Set("Message", "Sorry, we do not know you.") }
	code := func(_ *server.Server, r *server.Reply) { r.Set("Code", "AccessKeyNotFound") }
	return []vary.Variant{
		side("words-of-its-own-in-xml", "words the Message of an unknown key as it likes in XML", vary.WithXML, schemas.XML, "ERROR-10", words),
		side("words-of-its-own-in-json", "words the Message of an unknown key as it likes in JSON", vary.WithXML, schemas.JSON, "ERROR-10", words),
		side("code-of-its-own-in-xml", "has a code of its own for an unknown key in XML", vary.WithXML, schemas.XML, "ERROR-9", code),
		side("code-of-its-own-in-json", "has a code of its own for an unknown key in JSON", vary.WithXML, schemas.JSON, "ERROR-9", code),
		side("status-of-a-sibling-in-xml", "answers an unknown key with 404 in XML, and with 400 in JSON", vary.ECSOnly, schemas.XML, "STATUS-3", func(_ *server.Server, r *server.Reply) { r.SetStatus(404) }),
		side("status-of-a-sibling-in-json", "answers an unknown key with 404 in JSON, and with 400 in XML", vary.ECSOnly, schemas.JSON, "STATUS-3", func(_ *server.Server, r *server.Reply) { r.SetStatus(404) }),
	}
}

func resultSides() []vary.Variant {
	result := func(name, says string, edit func(*server.Server, *server.Reply)) vary.Variant {
		return vary.Variant{Name: name, Clause: "ERROR-8", Profiles: []string{"gateway", "kms", "kms-legacy"}, Description: says,
			Apply: vary.Refusals(func(s *server.Server, _ *server.Call, r *server.Reply) { edit(s, r) })}
	}
	sound := func(s *server.Server, r *server.Reply) {
		for _, a := range s.Service.Actions {
			if a.Name == s.Service.Sound.Action {
				members, _ := a.Run(s, nil)
				r.Members = append(r.Members, members...)
			}
		}
	}
	data := func(r *server.Reply) {
		r.Set("Data", []server.Member{{Name: "Total", Value: 1}, {Name: "Page", Value: 1}})
	}
	everywhere := result("data-in-every-answer", "has its Data in errors as in successes", func(_ *server.Server, r *server.Reply) { data(r) })
	everywhere.Apply = vary.Replies(func(_ *server.Server, _ *server.Call, r *server.Reply) { data(r) })
	return []vary.Variant{
		result("result-in-every-error", "sends the result of its first action along with every error", sound),
		result("result-in-errors-of-calls", "sends the result of its first action along with every error but that of its own fault", func(s *server.Server, r *server.Reply) {
			if r.Status < 500 {
				sound(s, r)
			}
		}),
		everywhere,
	}
}

// parameterSides answer in another format where Format is sent beside Accept, as a call by its path may.
func parameterSides() []vary.Variant {
	both := func(c *server.Call) bool { return c.Value("Format") == "JSON" && c.Header.Get("Accept") != "" }
	turned := func(_ *server.Server, c *server.Call, r *server.Reply) {
		if both(c) {
			r.Format, r.Root = schemas.XML, "Answer"
		}
	}
	side := func(name, clause, says string, apply func(*server.Server)) vary.Variant {
		return vary.Variant{Name: name, Clause: clause, Profiles: vary.GatewayOnly, Styles: vary.ROAOnly, Description: says, Apply: apply}
	}
	return []vary.Variant{
		side("xml-for-format-beside-accept", "FORMAT-2", "answers XML where JSON is asked for twice, by Format and by Accept", vary.Successes(turned)),
		side("xml-errors-for-format-beside-accept", "FORMAT-4", "refuses a key in XML where JSON is asked for twice, by Format and by Accept", vary.OneRefusal(turned)),
	}
}

func hostSides() []vary.Variant {
	host := func(name, says string, id func() func(*server.Call) string) vary.Variant {
		return vary.Variant{Name: name, Clause: "ERROR-11", Description: says, Apply: func(s *server.Server) {
			of := id()
			vary.Refusals(func(_ *server.Server, c *server.Call, r *server.Reply) { r.Set("HostId", of(c)) })(s)
		}}
	}
	first := func() func(*server.Call) string {
		var once sync.Once
		name := ""
		return func(c *server.Call) string {
			once.Do(func() { name = c.Host })
			return name
		}
	}
	return []vary.Variant{
		host("host-id-of-the-first-client", "names in HostId the host that its first client addressed", first),
		host("host-id-in-its-own-domain", "names in HostId only hosts of its own, and itself for the others", func() func(*server.Call) string {
			own := first()
			return func(c *server.Call) string {
				name := own(c)
				if strings.HasSuffix(c.Host, ".example.com") {
					return name
				}
				return c.Host
			}
		}),
		host("host-id-of-another-domain", "names in HostId the first part of the host, and its own domain behind it", func() func(*server.Call) string {
			return func(c *server.Call) string {
				if part, rest, dotted := strings.Cut(c.Host, "."); dotted && rest == "example.com" {
					return part + ".internal-name.example.net"
				}
				return c.Host
			}
		}),
	}
}
