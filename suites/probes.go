package suites

import "github.com/acsconform/acsconform/schemas"

// Probes gives the sound request in every variant, for the preflight; none without credentials or without a request.
func Probes(b Brief) []*Planned {
	b = b.Complete()
	if call := b.described(BaseSound, nil); !b.has(call.Credentials) || call.Action == "" && call.Path == "" {
		return nil
	}
	return b.probe(Case{Name: named("preflight"), Condition: schemas.Sound, Clause: "SUCCESS-4"})
}

// Pings gives unsigned requests without anything that a server would act on: one without Format, then one in each
// format. They tell whether somebody is there, what time it is there, and by whose convention it answers.
func Pings(b Brief) []*Planned {
	unsigned := b
	bare := *b.Target
	bare.Credentials = nil
	if bare.Request.Action == "" {
		bare.Request = schemas.Call{Action: "DescribeRegions", Version: "2014-05-26"}
	}
	bare.Style = schemas.RPC
	unsigned.Target = &bare
	drop := []Change{Drop("AccessKeyId")}
	pings := unsigned.probe(Case{Name: named("ping"), Condition: MissingAccessKeyID, Clause: "PARAM-1", Spread: Unformatted, Change: drop, Spoil: []Change{Drop("Signature")}})
	both := *b.Profile
	both.Formats = []schemas.Format{schemas.JSON, schemas.XML}
	unsigned.Profile = &both
	return append(pings[:1], unsigned.probe(Case{Name: named("ping"), Condition: MissingAccessKeyID, Clause: "PARAM-1", Spread: Formats, Change: drop, Spoil: []Change{Drop("Signature")}})...)
}

// probe plans a case that stands in no chapter.
func (b Brief) probe(c Case) []*Planned {
	var plan []*Planned
	call := b.described(c.Base, nil)
	for _, v := range b.spread(c, call) {
		plan = append(plan, b.planned(&c, schemas.Clause{ID: c.Clause, Level: schemas.Must}, call, v))
	}
	return plan
}
