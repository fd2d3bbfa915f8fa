package suites

import (
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

func statusChapter() Chapter {
	return Chapter{Name: "status", Rules: []Rule{
		{Name: named("success-is-2xx"), Clause: "STATUS-1", Kind: schemas.FoundStatus, One: successIs2xx},
		{Name: named("failure-is-4xx-or-5xx"), Clause: "STATUS-2", Kind: schemas.FoundStatus, One: failureIsNot2xx},
		{Name: named("status-of-the-table"), Clause: "STATUS-3", Kind: schemas.FoundStatus, One: statusOfTheTable},
		{Name: named("status-in-the-class"), Clause: "STATUS-4", Kind: schemas.FoundStatus, One: statusOfTheTable},
		{Name: named("client-fault-is-4xx"), Clause: "STATUS-5", Kind: schemas.FoundStatus, One: clientFaultIs4xx},
		service("SUCCESS-4"),
		{Name: named("what-sdks-send-is-served"), Clause: "SUCCESS-4", One: shapeServed},
		{Name: named("sound-among-many-is-served"), Clause: "SUCCESS-4", Aside: true, One: soundAmongMany},
	}, Cases: append([]Case{
		{Name: named("sound-request"), KeepReason: "everything else is compared with it", Condition: schemas.Sound},
		{Name: named("sound-request-without-format"), Condition: schemas.Sound, Spread: Unformatted, Styles: withAction},
	}, shapeCases()...)}
}

// soundAmongMany fails where one of many sound requests that are sent at once is refused for a fault that it does not have.
// A server that cannot serve it at the time may say so by a code that answers no condition.
func soundAmongMany(e *Observation) Check {
	c := e.intent.Condition
	if e.intent.Parallel < 2 || c != schemas.Sound && c != FreshNonces || e.intent.Derived || !e.answered() || e.Status/100 != 4 || e.Row == nil || e.usedNonce() || e.goesOtherwise() {
		return notApplicable()
	}
	if !slices.ContainsFunc(e.Row.Answers, func(c schemas.Condition) bool { return c != OverRate }) {
		return notApplicable()
	}
	return fail(e.sketch()+": one of many sound requests is refused", "2xx")
}

func successIs2xx(e *Observation) Check {
	if !e.answered() || e.expected.outcome != serves || !e.looksServed() && !e.served() {
		return notApplicable()
	}
	return passIf(e.Status/100 == 2, fmt.Sprintf("%d with the body of a success", e.Status), "2xx")
}

// failureIsNot2xx judges calls known to fail: crafted ones that were told an error or redirected, and of others only
// when their Code and Message are beyond doubt an error's. A captured call that is redirected neither succeeded nor failed
// as the convention has it.
func failureIsNot2xx(e *Observation) Check {
	switch known := e.knownToFail(); {
	case e.captured() && e.answered() && e.Status/100 == 3:
		return fail(fmt.Sprintf("%d%s%s", e.Status, location(e), with(e)), "2xx, 4xx or 5xx")
	case e.redirected():
		return fail(fmt.Sprintf("%d%s", e.Arrived(), location(e)), "4xx or 5xx")
	case !e.answered(), e.hostile():
		return notApplicable()
	case e.Status >= 400:
		return pass()
	case !e.tells(), e.expected.outcome == serves:
		return notApplicable()
	case known || e.listed:
		return fail(fmt.Sprintf("%d with %s", e.Status, e.sayTold()), "4xx or 5xx")
	}
	return notApplicable()
}

func (e *Observation) knownToFail() bool {
	return e.refusalWanted() || e.intent.Condition == FromRecipe
}

// redirected reports whether a call that is known to fail was answered with a redirect, be it one that broke off.
func (e *Observation) redirected() bool { return e.Arrived()/100 == 3 && e.knownToFail() }

// with describes the body of a redirect.
func with(e *Observation) string {
	switch {
	case e.Code != "":
		return " with the Code " + short(e.Code)
	case e.Nature == body.NatureEmpty:
		return ""
	case e.Envelope != nil:
		return " with a body in " + string(e.Envelope.Format)
	}
	return " with " + sayBody(e.Nature, e.Exchange().Response)
}

func location(e *Observation) string {
	if to := e.Header("Location"); to != "" {
		return " to " + short(to)
	}
	return ""
}

// statusOfTheTable holds the status against the rows of the code; where the condition names rows of that code, only
// those count.
func statusOfTheTable(e *Observation) Check {
	if e.Code == "" || e.Row == nil || e.Status < 400 || e.hostile() {
		return notApplicable()
	}
	rows := rowsOf(e.Profile, e.expected.rows, e.Code)
	if len(rows) == 0 {
		rows = rowsOf(e.Profile, e.Profile.Codes, e.Code)
	}
	if row := e.intent.Row; row != nil && row.Code == e.Row.Code {
		rows = []schemas.Row{{Code: row.Code, Status: row.Status}}
	}
	if slices.ContainsFunc(rowsOf(e.Profile, e.Profile.ObservedRows(), e.Code), func(r schemas.Row) bool { return r.Status.Holds(e.Status) }) {
		return pass() // a code that all products share, with the status that gateways are seen to give it
	}
	var want []string
	tolerated := false
	for _, r := range rows {
		if r.Status.Holds(e.Status) {
			return pass()
		}
		tolerated = tolerated || r.Tolerated.Holds(e.Status)
		want = append(want, r.Status.String())
	}
	if tolerated {
		return warned(fmt.Sprintf("%d %s, which a sibling document states", e.Status, e.Code), strings.Join(want, " or ")+" "+e.Code)
	}
	return fail(fmt.Sprintf("%d %s", e.Status, e.Code), strings.Join(want, " or ")+" "+e.Code)
}

// clientFaultIs4xx judges answers whose code is right; a wrong code, or a status that is not the table's, is reported by
// other rules.
func clientFaultIs4xx(e *Observation) Check {
	if !e.refusalWanted() || e.Code == "" || e.Status < 400 || statusOfTheTable(e).broken() {
		return notApplicable()
	}
	if e.expected.outcome == refuses && e.rightReason() != pass() {
		return notApplicable()
	}
	return passIf(e.Status < 500, e.sketch(), "4xx")
}
