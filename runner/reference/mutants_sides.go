package reference

import (
	"slices"
	"strings"
	"sync"

	"github.com/acsconform/acsconform/schemas"
)

// sideMutants are wrong on one side of a comparison: in one format, in errors and not in successes, or of one host.
func sideMutants() []Variant {
	return slices.Concat(formatSides(), resultSides(), hostSides(), parameterSides())
}

func formatSides() []Variant {
	side := func(name, says string, profiles []string, format schemas.Format, also string, edit func(*Server, *reply)) Variant {
		return Variant{Name: name, Clause: "FORMAT-5", Also: []string{also}, Profiles: profiles, Description: says, apply: oneRefusal(func(s *Server, _ *call, r *reply) {
			if r.format == format {
				edit(s, r)
			}
		})}
	}
	words := func(_ *Server, r *reply) { r.set("Message", "Sorry, we do not know you.") }
	code := func(_ *Server, r *reply) { r.set("Code", "AccessKeyNotFound") }
	return []Variant{
		side("words-of-its-own-in-xml", "words the Message of an unknown key as it likes in XML", withXML, schemas.XML, "ERROR-10", words),
		side("words-of-its-own-in-json", "words the Message of an unknown key as it likes in JSON", withXML, schemas.JSON, "ERROR-10", words),
		side("code-of-its-own-in-xml", "has a code of its own for an unknown key in XML", withXML, schemas.XML, "ERROR-9", code),
		side("code-of-its-own-in-json", "has a code of its own for an unknown key in JSON", withXML, schemas.JSON, "ERROR-9", code),
		side("status-of-a-sibling-in-xml", "answers an unknown key with 404 in XML, and with 400 in JSON", ecsOnly, schemas.XML, "STATUS-3", func(_ *Server, r *reply) { r.SetStatus(404) }),
		side("status-of-a-sibling-in-json", "answers an unknown key with 404 in JSON, and with 400 in XML", ecsOnly, schemas.JSON, "STATUS-3", func(_ *Server, r *reply) { r.SetStatus(404) }),
	}
}

func resultSides() []Variant {
	result := func(name, says string, edit func(*Server, *reply)) Variant {
		return Variant{Name: name, Clause: "ERROR-8", Profiles: []string{"gateway", "kms", "kms-legacy"}, Description: says,
			apply: refusals(func(s *Server, _ *call, r *reply) { edit(s, r) })}
	}
	sound := func(s *Server, r *reply) {
		for _, a := range s.service.actions {
			if a.name == s.service.sound.Action {
				members, _ := a.run(s, nil)
				r.members = append(r.members, members...)
			}
		}
	}
	data := func(r *reply) { r.set("Data", []member{{"Total", 1}, {"Page", 1}}) }
	everywhere := result("data-in-every-answer", "has its Data in errors as in successes", func(_ *Server, r *reply) { data(r) })
	everywhere.apply = replies(func(_ *Server, _ *call, r *reply) { data(r) })
	return []Variant{
		result("result-in-every-error", "sends the result of its first action along with every error", sound),
		result("result-in-errors-of-calls", "sends the result of its first action along with every error but that of its own fault", func(s *Server, r *reply) {
			if r.status < 500 {
				sound(s, r)
			}
		}),
		everywhere,
	}
}

// parameterSides answer in another format where Format is sent beside Accept, as a call by its path may.
func parameterSides() []Variant {
	both := func(c *call) bool { return c.value("Format") == "JSON" && c.header.Get("Accept") != "" }
	turned := func(_ *Server, c *call, r *reply) {
		if both(c) {
			r.format, r.root = schemas.XML, "Answer"
		}
	}
	side := func(name, clause, says string, apply func(*Server)) Variant {
		return Variant{Name: name, Clause: clause, Profiles: gatewayOnly, Styles: roaOnly, Description: says, apply: apply}
	}
	return []Variant{
		side("xml-for-format-beside-accept", "FORMAT-2", "answers XML where JSON is asked for twice, by Format and by Accept", successes(turned)),
		side("xml-errors-for-format-beside-accept", "FORMAT-4", "refuses a key in XML where JSON is asked for twice, by Format and by Accept", oneRefusal(turned)),
	}
}

func hostSides() []Variant {
	host := func(name, says string, id func() func(*call) string) Variant {
		return Variant{Name: name, Clause: "ERROR-11", Description: says, apply: func(s *Server) {
			of := id()
			refusals(func(_ *Server, c *call, r *reply) { r.set("HostId", of(c)) })(s)
		}}
	}
	first := func() func(*call) string {
		var once sync.Once
		name := ""
		return func(c *call) string {
			once.Do(func() { name = c.host })
			return name
		}
	}
	return []Variant{
		host("host-id-of-the-first-client", "names in HostId the host that its first client addressed", first),
		host("host-id-in-its-own-domain", "names in HostId only hosts of its own, and itself for the others", func() func(*call) string {
			own := first()
			return func(c *call) string {
				name := own(c)
				if strings.HasSuffix(c.host, ".example.com") {
					return name
				}
				return c.host
			}
		}),
		host("host-id-of-another-domain", "names in HostId the first part of the host, and its own domain behind it", func() func(*call) string {
			return func(c *call) string {
				if part, rest, dotted := strings.Cut(c.host, "."); dotted && rest == "example.com" {
					return part + ".internal-name.example.net"
				}
				return c.host
			}
		}),
	}
}
