package suites

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

func idempotencyChapter() Chapter {
	first := Step{Condition: schemas.Sound, Setup: true, Change: []Change{Token()}}
	return Chapter{Name: "idempotency", Rules: []Rule{
		refusal("IDEMPOTENT-1"),
		service("IDEMPOTENT-1"),
		{Name: named("token-in-progress-refused"), Clause: "IDEMPOTENT-1", Kind: schemas.FoundDisagree, Case: tokenInProgress},
	}, Cases: []Case{
		{Name: named("client-token-with-other-parameters"), KeepReason: "the plainest use again, with the parameters that the target file names", Condition: ClientTokenMismatch, Base: BaseIdempotency, Needs: []Need{"idempotency"},
			Steps: []Step{{Condition: schemas.Sound, Setup: true, Change: []Change{Token(), Spare()}}, {Change: []Change{Token(), OtherParameters()}}}},
		{Name: named("client-token-with-the-same-parameters"), Condition: ClientTokenMismatch, Base: BaseIdempotency, Spread: InTurns, Needs: []Need{"idempotency"},
			Steps: []Step{first, {Condition: FreshNonces, Change: []Change{Token()}}}},
		{Name: named("client-token-with-a-value-changed"), Condition: ClientTokenMismatch, Base: BaseIdempotency, AnyRefusal: true, Spread: Methods, Needs: []Need{"idempotency"},
			Steps: []Step{{Condition: schemas.Sound, Setup: true, Change: []Change{Token(), Spare()}}, {Change: []Change{Token(), longerParameter()}}}},
		{Name: named("client-token-with-a-parameter-added"), KeepReason: "where slow_params change a value too, client-token-with-other-parameters shows nothing of parameters that are only added", Condition: ClientTokenMismatch, Base: BaseIdempotency, AnyRefusal: true, Spread: Methods, Needs: []Need{"idempotency", "idempotency.slow_params"},
			Steps: []Step{first, {Change: []Change{Token(), addedParameters()}}}},
		// Another format is no difference; a server that keeps tokens by format would serve the call.
		{Name: named("client-token-with-a-parameter-left-out"), Condition: ClientTokenMismatch, Base: BaseIdempotency, AnyRefusal: true, Spread: Methods, Needs: []Need{"idempotency"},
			Steps: []Step{{Condition: schemas.Sound, Setup: true, Change: []Change{Token(), Spare()}}, {Change: []Change{Token(), lessParameters(), TurnFormat()}}}},
		{Name: named("client-token-in-progress"), Condition: ClientTokenInProgress, Base: BaseIdempotency, Spread: InTurns, Needs: []Need{"idempotency", "idempotency.slow_params"},
			Steps: []Step{{Parallel: 2, Change: []Change{Token(), SlowParameters()}}}},
	}}
}

// Token sends the case's ClientToken.
func Token() Change {
	return Change{"with the case's ClientToken", func(d *Draft) {
		d.set(d.Setting.Target.Idempotency.TokenParam, uuid(d.Setting.Seed, 0xf, 0xffe))
	}}
}

// OtherParameters changes the parameters that the token stands for: by slow_params where the file has some that differ,
// else by lengthening the first.
func OtherParameters() Change {
	return Change{"with other parameters", func(d *Draft) {
		i := d.Setting.Target.Idempotency
		names := slices.Sorted(maps.Keys(i.Params))
		before := slices.Clone(d.Own)
		SlowParameters().Do(d)
		switch {
		case !slices.Equal(before, d.Own):
		case len(names) > 0:
			d.set(names[0], d.get(names[0])+"2")
		default:
			d.set(spareParameter, "1")
		}
	}}
}

// longerParameter lengthens the first value that the token stands for: as many parameters, of the same names.
func longerParameter() Change {
	return Change{"with one value changed", func(d *Draft) {
		names := slices.Sorted(maps.Keys(d.Setting.Target.Idempotency.Params))
		if len(names) == 0 {
			names = []string{spareParameter}
		}
		d.set(names[0], d.get(names[0])+"2")
	}}
}

// addedParameters adds the parameters that slow_params name and the call does not have; where it has them all, it changes a
// value.
func addedParameters() Change {
	return Change{"with a parameter more", func(d *Draft) {
		i, added := d.Setting.Target.Idempotency, false
		for _, name := range slices.Sorted(maps.Keys(i.SlowParams)) {
			if _, has := i.Params[name]; !has {
				d.set(name, i.SlowParams[name])
				added = true
			}
		}
		if !added {
			longerParameter().Do(d)
		}
	}}
}

// lessParameters leaves out the last of the parameters that the token stands for. A server may say of it that it is missing.
func lessParameters() Change {
	return Change{"with a parameter less", func(d *Draft) {
		if names := slices.Sorted(maps.Keys(d.Setting.Target.Idempotency.Params)); len(names) > 0 {
			d.drop(names[len(names)-1])
		}
	}}
}

// spareParameter is changed where the target file names no parameter of the action.
const spareParameter = "AcsconformExtra"

// Spare sends the spare parameter where the other parameters of the next step will differ in it: a server that knows no
// extraMembers parameter refuses it here, and the case is not judged.
func Spare() Change {
	return Change{"with the parameters that the target file names", func(d *Draft) {
		if i := d.Setting.Target.Idempotency; len(i.Params) == 0 && len(i.SlowParams) == 0 {
			d.set(spareParameter, "0")
		}
	}}
}

// SlowParameters lays slow_params over the parameters.
func SlowParameters() Change {
	return Change{"with slow_params", func(d *Draft) {
		slow := d.Setting.Target.Idempotency.SlowParams
		for _, name := range slices.Sorted(maps.Keys(slow)) {
			d.set(name, slow[name])
		}
	}}
}

// tokenInProgress requires that one of two simultaneous requests is refused as in progress. Where both have the same result,
// the second may have begun after the first had ended, so that they did not overlap. Two results are two calls.
func tokenInProgress(p *Planned, observations []*Observation) Check {
	if p.Condition != ClientTokenInProgress {
		return notApplicable()
	}
	sketch := ""
	for _, e := range observations {
		switch {
		case !e.answered():
			return notApplicable()
		case len(rowsOf(e.Profile, e.expected.rows, e.Code)) > 0:
			return pass()
		}
		sketch += e.sketch() + ", "
	}
	switch {
	case len(observations) != 2:
		return notApplicable()
	case apart(observations[0].Exchange(), observations[1].Exchange()):
		return unable("the requests with one ClientToken could not be sent at the same time")
	case observations[0].served() && sameResult(observations[0], observations[1]):
		return unable("both requests with one ClientToken have the same result: the second may have waited until the first was finished")
	}
	return fail(sketch[:max(0, len(sketch)-2)], expectationFor(p.Profile, ClientTokenInProgress).words())
}

// sameResult reports whether two successes differ in nothing but the RequestId and the order of their members. The bytes
// of a body, sorted, tell two calls apart by the ids of what they made.
func sameResult(a, b *Observation) bool {
	without := func(e *Observation) []byte {
		body := []byte(strings.ReplaceAll(string(e.Exchange().Response.Body), e.RequestID(), ""))
		slices.Sort(body)
		return body
	}
	return a.Status == b.Status && a.RequestID() != "" && b.RequestID() != "" && bytes.Equal(without(a), without(b))
}

// apart reports whether one exchange was over before the other began.
func apart(a, b *schemas.Exchange) bool {
	over := func(x *schemas.Exchange) time.Time {
		return x.Started.Add(time.Duration(x.Seconds * float64(time.Second)))
	}
	return over(a).Before(b.Started) || over(b).Before(a.Started)
}
