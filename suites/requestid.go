package suites

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/scan"
	"github.com/acsconform/acsconform/suites/observe"
)

func requestIDChapter() Chapter {
	return Chapter{Name: "requestid", Rules: []Rule{
		{Name: named("request-id-is-a-uuid"), Clause: "REQUESTID-1", Kind: schemas.FoundRequestID, Shape: true, One: requestIDIsUUID},
		{Name: named("request-ids-are-unique"), Clause: "REQUESTID-2", Across: UniqueIDs, Kind: schemas.FoundRepeatedID, Shape: true, Whole: requestIDsUnique},
		{Name: named("request-id-is-the-servers-own"), Clause: "REQUESTID-3", Kind: schemas.FoundForeignID, Shape: true, One: requestIDIsOwn},
		{Name: named("request-ids-in-one-case"), Clause: "REQUESTID-4", Across: LetterCases, Kind: schemas.FoundLetterCase, Shape: true, Whole: requestIDsInOneCase},
		{Name: named("request-id-header-agrees"), Clause: "REQUESTID-5", Kind: schemas.FoundForeignID, Shape: true, One: requestIDHeader},
	}, Cases: []Case{
		{Name: named("request-id-offered-in-x-acs-request-id"), Condition: schemas.Sound, Clause: "REQUESTID-3", Change: []Change{IDHeader("x-acs-request-id")}},
		{Name: named("request-id-offered-in-x-request-id"), Condition: schemas.Sound, Clause: "REQUESTID-3", Change: []Change{IDHeader("X-Request-Id")}},
		{Name: named("request-id-offered-as-parameter"), Condition: schemas.Sound, Clause: "REQUESTID-3", Change: []Change{IDParameter()}, Styles: withAction},
		{Name: named("request-id-offered-to-an-error"), Condition: UnknownAccessKey, Clause: "REQUESTID-3", Change: []Change{UnknownKey(), IDHeader("x-acs-request-id"), IDHeader("X-Request-Id")}},
		// A server that takes only what is no UUID, or takes it apart first, is not caught by those above.
		{Name: named("request-id-offered-that-is-no-uuid"), Condition: schemas.Sound, Clause: "REQUESTID-1", Spread: InTurns, Change: []Change{IDsOf("that is a word", wordID)}, KeepReason: "a plain word, which no firewall stops as it does markup in an id"},
		{Name: named("request-id-offered-without-hyphens"), Condition: schemas.Sound, Clause: "REQUESTID-1", Spread: InTurns, Change: []Change{IDsOf("of 32 digits", bareID)}},
		{Name: named("request-id-offered-in-braces"), Condition: UnknownAccessKey, Clause: "REQUESTID-1", Spread: InTurns, Change: []Change{UnknownKey(), IDsOf("in braces", bracedID)}},
		{Name: named("request-ids-of-a-burst"), Condition: schemas.Sound, Except: "it takes many requests to repeat an id, and the method has no say in it", Clause: "REQUESTID-2", Spread: Formats, Steps: []Step{{Condition: schemas.Sound, Parallel: 32}}, KeepReason: "ids that repeat between simultaneous calls repeat by chance: no server that is wrong so is wrong every time"},
		{Name: named("request-ids-in-a-row"), Condition: schemas.Sound, Except: "it takes many requests to repeat an id, and the method has no say in it", Clause: "REQUESTID-2", Spread: Formats, Steps: []Step{{Condition: schemas.Sound, Sequential: 20}}},
		{Name: named("request-ids-of-errors-in-a-burst"), Condition: UnknownAccessKey, Except: "it takes many requests to repeat an id, and the method has no say in it", Clause: "REQUESTID-2", Spread: Formats, Steps: []Step{{Change: []Change{UnknownKey()}, Parallel: 32}}},
	}}
}

// IDParameter offers a request id as a parameter.
func IDParameter() Change {
	return Change{"with a request id of the client's own as RequestId", func(d *Draft) {
		d.set("RequestId", strings.ToUpper(uuid(d.Setting.Seed, 0xe, 0xf)))
	}}
}

// IDsOf offers a request id of another form than that of the convention, in each header that clients have for it.
func IDsOf(form string, write func(uuid string) string) Change {
	return Change{"with a request id of the client's own " + form + " in x-acs-request-id and X-Request-Id", func(d *Draft) {
		id := write(strings.ToUpper(uuid(d.Setting.Seed, 0xffe, 0xf)))
		d.Header.Set("x-acs-request-id", id)
		d.Header.Set("X-Request-Id", id)
	}}
}

func wordID(uuid string) string   { return "acsconform-" + uuid[:8] }
func bareID(uuid string) string   { return strings.ReplaceAll(uuid, "-", "") }
func bracedID(uuid string) string { return "{" + uuid + "}" }

// isUUID reports 8-4-4-4-12 hexadecimal digits.
func isUUID(id string) bool {
	_, ok := scan.ParseUUID([]byte(id))
	return ok
}

func requestIDIsUUID(e *Observation) Check {
	switch e.IDFormat() {
	case observe.NoID:
		return notApplicable()
	case observe.PaddedID:
		return fail(fmt.Sprintf("RequestId %q, with blanks around it", clip(e.Envelope.Text("RequestId"))), "8-4-4-4-12 hexadecimal digits")
	case observe.UUID:
		return pass()
	}
	return fail("RequestId "+short(e.RequestID()), "8-4-4-4-12 hexadecimal digits")
}

// clip cuts an id that is far longer than any.
func clip(id string) string { return id[:min(len(id), 60)] }

// requestIDsUnique reports each id that came twice once for every answer after the first.
func requestIDsUnique(all []*Observation) []Check {
	first := make(map[string]*Observation, len(all))
	looks := make([]Check, 0, len(all))
	for _, e := range all {
		id := strings.ToLower(e.RequestID())
		if id == "" {
			continue
		}
		l := pass()
		if other := first[id]; other != nil {
			l = fail("RequestId "+short(id)+" again, first seen in "+caseOf(other), "an id of its own")
		} else {
			first[id] = e
		}
		l.At = e
		looks = append(looks, l)
	}
	return looks
}

func caseOf(e *Observation) string {
	if e.intent.Case == "" {
		return "an earlier answer"
	}
	return fmt.Sprintf("%s [%s]", e.intent.Case, e.intent.Variant)
}

// requestIDIsOwn looks for the id among what the request carried.
func requestIDIsOwn(e *Observation) Check {
	if e.IDFormat() == observe.NoID || e.intent.Case == "" {
		return notApplicable()
	}
	id := e.RequestID()
	r := e.Exchange().Request
	for _, f := range r.Header {
		if strings.EqualFold(strings.TrimSpace(f.Value), id) {
			return fail("the RequestId is the request's own "+f.Name, "an id that the server made")
		}
	}
	_, query, _ := strings.Cut(r.URL, "?")
	for _, text := range []string{query, string(r.Body)} {
		if name := parameterOf(text, id); name != "" {
			return fail("the RequestId is the request's own "+name, "an id that the server made")
		}
	}
	return pass()
}

// parameterOf names the parameter of a query that has the value in any letter case. It is a UUID as a rule, and so never
// encoded.
func parameterOf(query, value string) string {
	for pair := range strings.SplitSeq(query, "&") {
		name, v, _ := strings.Cut(pair, "=")
		if !strings.EqualFold(v, value) {
			continue
		}
		if plain, err := url.QueryUnescape(name); err == nil {
			return plain
		}
		return name
	}
	return ""
}

// requestIDsInOneCase judges successes and errors apart (errata X16). The case that most ids are in is taken as meant.
func requestIDsInOneCase(all []*Observation) []Check {
	var looks []Check
	for _, failures := range []bool{false, true} {
		var lower, upper, mixed []*Observation
		for _, e := range all {
			id := e.RequestID()
			if e.failed() != failures || !isUUID(id) {
				continue
			}
			switch {
			case id == strings.ToUpper(id) && id == strings.ToLower(id):
			case id == strings.ToUpper(id):
				upper = append(upper, e)
			case id == strings.ToLower(id):
				lower = append(lower, e)
			default:
				mixed = append(mixed, e)
			}
		}
		most, least := upper, lower
		if len(lower) > len(upper) {
			most, least = lower, upper
		}
		for _, e := range most {
			looks = append(looks, Check{Looked: true, At: e})
		}
		for _, e := range append(least, mixed...) {
			l := fail("RequestId "+e.RequestID(), fmt.Sprintf("the letter case of the other %d", len(most)))
			l.At = e
			looks = append(looks, l)
		}
	}
	return looks
}

// requestIDHeader compares with x-acs-request-id only: an x-request-id is often a proxy's own.
func requestIDHeader(e *Observation) Check {
	switch e.IDHeader() {
	case observe.Incomparable:
		return notApplicable()
	case observe.Same:
		return pass()
	}
	return fail("x-acs-request-id "+short(e.Header("x-acs-request-id"))+" beside RequestId "+short(e.RequestID()), "the same id in both")
}
