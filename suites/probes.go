package suites

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// Probes returns the sound request in every variant, for the preflight; none without credentials or without a request.
func Probes(b Brief) []*Planned {
	b = b.Complete()
	if call := b.described(BaseSound, nil); !b.has(call.Credentials) || call.Action == "" && call.Path == "" {
		return nil
	}
	return b.probe(Case{Name: named("preflight"), Condition: schemas.Sound})
}

// Spellings returns the sound request as other clients spell it, for a target that refuses it as the suite does: by the
// first method, then by the others. None without credentials or without a request.
func Spellings(b Brief) []*Planned {
	probes := Probes(b)
	if len(probes) == 0 {
		return nil
	}
	accept := Header("Accept", "application/json")
	order := RawQuery("its parameters in the order of bytes", sorted)
	// What the SDKs for Go, Python and Java send with every call in style rpc.
	typed := Empty("SignatureType")
	var plan []*Planned
	for _, c := range []Case{
		{Name: named("preflight-with-accept"), Change: []Change{accept}},
		{Name: named("preflight-in-order"), AfterSigning: []Change{order}, Styles: withAction},
		{Name: named("preflight-with-signature-type"), Change: []Change{typed}, Styles: rpcOnly},
		{Name: named("preflight-as-sdks"), Change: []Change{typed, accept}, AfterSigning: []Change{order}, Styles: rpcOnly},
	} {
		if len(c.Styles) > 0 && !slices.Contains(c.Styles, probes[0].Style) {
			continue
		}
		c.Condition, c.Spread = schemas.Sound, Methods
		plan = append(plan, b.Complete().probe(c)...)
	}
	return plan
}

func sorted(query string) string {
	pairs := strings.Split(query, "&")
	slices.Sort(pairs)
	return strings.Join(pairs, "&")
}

// Pings returns unsigned requests without anything that a server would act on: one without Format, then one in each
// format. They tell whether somebody is there, what time it is there, and by whose convention it answers.
func Pings(b Brief) []*Planned {
	unsigned := b
	bare := *b.Target
	bare.Credentials = nil
	if bare.Request.Action == "" {
		bare.Request = schemas.SoundRequest{Action: "DescribeRegions", Version: "2014-05-26"}
	}
	bare.Style = schemas.RPC
	unsigned.Target = &bare
	drop := []Change{Drop("AccessKeyId")}
	pings := unsigned.probe(Case{Name: named("ping"), Condition: MissingAccessKeyID, Spread: Unformatted, Change: drop, AfterSigning: []Change{Drop("Signature")}})
	both := *b.Profile
	both.Formats = []schemas.Format{schemas.JSON, schemas.XML}
	unsigned.Profile = &both
	return append(pings[:1], unsigned.probe(Case{Name: named("ping"), Condition: MissingAccessKeyID, Spread: Formats, Change: drop, AfterSigning: []Change{Drop("Signature")}})...)
}

// probe plans a case that is in no chapter.
func (b Brief) probe(c Case) []*Planned {
	var plan []*Planned
	call := b.described(c.Base, nil)
	for _, v := range b.spread(c, call) {
		plan = append(plan, b.planned(&c, schemas.Clause{ID: infoOf(c.Condition).clauses[0], Level: schemas.Must}, call, v))
	}
	return plan
}
