package suites

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

func nonceChapter() Chapter {
	sound := Step{Condition: schemas.Sound, Setup: true}
	again := func(changes ...Change) Step {
		return Step{Condition: NonceReused, Change: append([]Change{SameNonce()}, changes...)}
	}
	// On a connection of its own, as whatever goes over the raw socket.
	elsewhere := again()
	elsewhere.Raw = []ByteEdit{{Description: "on another connection", Do: func(raw []byte) []byte { return raw }}}
	notKept := []Hidden{{"NONCE-2", nil, "nonces are not kept at all"}}
	race := []Step{{Condition: NonceRaced, Change: []Change{SameNonce()}, Parallel: 8}}
	// Batches of simultaneous requests: in a row, some hundreds would cost as many round trips.
	fresh := func(batches int) []Step {
		return slices.Repeat([]Step{{Condition: FreshNonces, Parallel: 16}}, batches)
	}
	// More at once than all other cases together have under way. The last two bursts, one of them in another format, go over raw
	// sockets: the target then has the headers of all of them before the first body is complete.
	bursts := func(n int) []Step {
		burst := Step{Condition: FreshNonces, Parallel: 26}
		held, other := burst, burst
		held.Change, held.Raw = []Change{bodied()}, elsewhere.Raw
		other.Change, other.Raw = []Change{bodied(), inAnotherFormat()}, elsewhere.Raw
		return append(slices.Repeat([]Step{burst}, n-2), held, other)
	}
	return Chapter{Name: "nonce", Rules: []Rule{
		refusal("NONCE-1"),
		{Name: named("one-of-simultaneous-is-served"), Clause: "NONCE-2", Kind: schemas.FoundDisagree, Case: oneServed},
		{Name: named("fresh-nonces-are-not-used"), Clause: "NONCE-3", One: freshIsNotUsed},
	}, Cases: []Case{
		{Name: named("nonce-used-twice"), Condition: NonceReused, Hides: notKept, Steps: []Step{sound, again()}, KeepReason: "the plainest use again, which needs neither two addresses nor another call"},
		{Name: named("nonce-used-thrice"), Condition: NonceReused, Hides: []Hidden{{"NONCE-2", nil, "a use that is refused frees the nonce"}}, Steps: []Step{sound, again(), again()}, Spread: Formats, KeepReason: "the third use tells whether a refusal frees the nonce; a race tells that too, but only when it happens to"},
		{Name: named("nonce-used-again-on-another-connection"), Condition: NonceReused, Hides: []Hidden{{"NONCE-2", nil, "what one connection used is not known on another"}}, Steps: []Step{sound, elsewhere, elsewhere}, Spread: Formats},
		{Name: named("nonce-used-twice-by-a-temporary-key"), Condition: NonceReused, Spread: Once, Needs: []Need{"credentials.sts"}, Steps: []Step{{Condition: schemas.Sound, Setup: true, Change: []Change{Key(schemas.STSKey)}}, again(Key(schemas.STSKey))}},
		{Name: named("nonce-used-twice-with-a-body"), Except: "in style roa a call with a body is a route of its own", Condition: NonceReused, Spread: Once, Base: BaseBody, Styles: roaOnly, Needs: []Need{bodyRequest}, Steps: []Step{sound, again()}},
		{Name: named("nonce-used-again-in-query-and-form"), Except: "query and form are apart in style rpc by POST alone", Condition: NonceReused, Spread: Once, Styles: rpcOnly, RequiresMethods: []string{"POST"}, Steps: []Step{
			{Condition: schemas.Sound, Setup: true, Change: []Change{Method("POST")}, AfterSigning: []Change{divided(false)}},
			{Change: []Change{SameNonce(), Method("POST")}, AfterSigning: []Change{divided(false)}}}},
		{Name: named("nonce-used-again-a-second-older"), KeepReason: "a target whose clock is far ahead refuses a time of two minutes ago before it looks at the nonce", Condition: NonceReused, Steps: []Step{sound, again(Age(1e9))}, Spread: Formats},
		{Name: named("nonce-used-again-two-minutes-older"), Condition: NonceReused, AnyRefusal: true, Spread: Once, Steps: []Step{sound, again(Age(2 * time.Minute))}},
		{Name: named("nonce-used-again-beside-a-header"), Condition: NonceReused, AnyRefusal: true, Spread: Once, Styles: rpcOnly, Except: "in the other styles the nonce is in that header", Steps: []Step{sound, again(anotherNonceInAHeader())}},
		{Name: named("nonce-used-again-with-another-parameter"), Condition: NonceReused, Steps: []Step{{Condition: schemas.Sound, Setup: true, Change: []Change{Set("AcsconformExtra", "0")}}, again(Set("AcsconformExtra", "1"))}, Spread: Formats},
		{Name: named("nonce-used-again-by-another-action"), Condition: NonceReused, Clause: "NONCE-1", Steps: []Step{sound, again(OtherAction())}, Spread: Formats, Needs: []Need{"limits.throttle", sameKey}},
		{Name: named("nonce-used-again-in-another-region"), Condition: NonceReused, AnyRefusal: true, Spread: Once, Steps: []Step{sound, again(Region("cn-beijing"))}},
		{Name: named("nonce-used-again-as-another-client"), Condition: NonceReused, AnyRefusal: true, Only: true, Spread: Once, Steps: []Step{sound, again(anotherClient())}},
		{Name: named("nonce-used-again-after-a-wrong-signature"), Condition: NonceReused, AnyRefusal: true, Spread: Once, Steps: []Step{sound, {Change: []Change{SameNonce()}, AfterSigning: []Change{Spoilt("one character of Signature changed", flipped)}}, again()}},
		{Name: named("nonce-used-again-by-the-other-method"), Condition: NonceReused, Steps: []Step{sound, again(TurnMethod())}, Spread: Formats, Styles: withAction, RequiresMethods: []string{"GET", "POST"}},
		{Name: named("nonce-used-again-in-the-other-format"), Condition: NonceReused, Steps: []Step{sound, again(TurnFormat())}, Spread: Formats, Styles: withAction},
		{Name: named("nonce-used-again-after-many"), Condition: NonceReused, Spread: Once, KeepReason: "a run that is short, or longer than 14 minutes, shows nothing of the memory by its first nonce", Steps: slices.Concat([]Step{sound}, fresh(16), []Step{again()}),
			Description: "the sound request; then 256 with fresh nonces; then the nonce of the first"},
		atAnotherAddress(),
		{Name: named("nonce-raced"), Condition: NonceRaced, Steps: race},
		{Name: named("nonce-of-the-first-request-used-again"), Condition: NonceReused, Spread: Once, Alone: true, Replays: true, Change: []Change{NonceOfTheRun()},
			Description: "at the end of the run, with a fresh Timestamp, the nonce of its first request"},
		staying("a server may know no nonce of 64 characters", distinct("nonces-apart-behind-36-characters", "a nonce of 50 characters", func(first string) (string, string) { return first + "-acsconform-01", first + "-acsconform-02" })),
		distinct("nonces-apart-in-the-last-of-64", "a nonce of 64 characters", func(first string) (string, string) {
			long := first + strings.Repeat("-acsconform", 2) + "-apart"
			return long[:63] + "1", long[:63] + "2"
		}),
		distinct("nonces-apart-in-case", "a nonce in lower or upper case", func(first string) (string, string) {
			return "acsconform" + first, "ACSCONFORM" + strings.ToUpper(first)
		}),
		distinct("nonces-apart-in-letters", "a nonce of letters and digits", func(first string) (string, string) { return first + "a", first + "b" }),
		staying("its nonces differ in their first letter alone; others of a run end alike only by the way the suite makes them",
			distinct("nonces-apart-in-their-beginning", "a nonce with more before it", func(first string) (string, string) { return "a" + first[1:], "b" + first[1:] })),
		distinct("nonces-apart-in-signs", "a nonce with signs in it", func(first string) (string, string) { return first + "-", first + "_" }),
		{Name: named("nonces-fresh"), Condition: FreshNonces, Spread: Once, Steps: bursts(8), Description: "208 requests with fresh nonces, in bursts of 26, the last of which asks for another format", KeepReason: "the one case of its clause: nonce-used-again-after-many shows as much only where its first request is served"},
	}}
}

// distinct is a case of two fresh nonces that are apart in one thing: a store that does not keep it takes the second for
// used. A server may know no nonce of that form; then the first one shows it.
func distinct(name, says string, both func(first string) (string, string)) Case {
	one := func(first string) string { a, _ := both(first); return a }
	other := func(first string) string { _, b := both(first); return b }
	return Case{Name: namedAbove(name), Condition: FreshNonces, Spread: Methods, Steps: []Step{
		{Condition: schemas.Sound, Setup: true, Change: []Change{NonceLike(says, one)}},
		{Change: []Change{NonceLike(says+" that is apart from it", other)}}}}
}

// oneServed counts the served among simultaneous requests with one nonce. When some went unanswered, it judges nothing.
func oneServed(p *Planned, observations []*Observation) Check {
	if p.Clause.ID != "NONCE-2" {
		return notApplicable()
	}
	served, used, other := 0, 0, ""
	for _, e := range observations {
		switch {
		case !e.answered():
			return notApplicable()
		case e.Status/100 == 2:
			served++
		case len(rowsOf(e.Profile, e.expected.rows, e.Code)) > 0:
			used++
		default:
			other = e.sketch()
		}
	}
	want := fmt.Sprintf("1 of %d served, the others SignatureNonceUsed", len(observations))
	if other != "" && served <= 1 {
		return fail(fmt.Sprintf("%d of %d served, one answered %s", served, len(observations), other), want)
	}
	return passIf(served == 1 && used > 0, fmt.Sprintf("%d of %d served", served, len(observations)), want)
}

// freshIsNotUsed judges every answer to a request whose nonce nobody can have used. A nonce that is made of another is
// the same at every try, and a server may use it up in a call that it throttles; any other is made anew for every try.
func freshIsNotUsed(e *Observation) Check {
	c := e.intent.Condition
	if e.intent.Derived && e.Exchange().Attempts > 1 {
		return notApplicable()
	}
	if !e.answered() || c == "" || c == NonceReused || c == NonceRaced || c == FromRecipe {
		return notApplicable()
	}
	return passIf(!e.usedNonce(), e.sketch()+" for a nonce that was never used", "a fresh nonce taken as fresh")
}

// bodied sends the call by POST, where it goes by any method and the profile has that one.
func bodied() Change {
	return Change{"by POST where the call has no method of its own", func(d *Draft) {
		if d.Style != schemas.ROA && d.Setting.Target.Request.Method == "" && slices.Contains(d.Setting.Methods, "POST") && len(d.Own) > 0 {
			d.Method = "POST"
		}
	}}
}

// inAnotherFormat is TurnFormat for a profile that has another one.
func inAnotherFormat() Change {
	turn := TurnFormat()
	return Change{"asking for another format where there is one", func(d *Draft) {
		if len(d.Setting.Formats) > 1 {
			turn.Do(d)
		}
	}}
}
