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
		{Name: named("success-is-2xx"), Clause: "STATUS-1", One: successIs2xx},
		{Name: named("failure-is-4xx-or-5xx"), Clause: "STATUS-2", One: failureIsNot2xx},
		{Name: named("status-of-the-table"), Clause: "STATUS-3", One: statusOfTheTable},
		{Name: named("status-in-the-class"), Clause: "STATUS-4", One: statusOfTheTable},
		{Name: named("client-fault-is-4xx"), Clause: "STATUS-5", One: clientFaultIs4xx},
		service("SUCCESS-4"),
		{Name: named("what-sdks-send-is-served"), Clause: "SUCCESS-4", One: shapeServed},
	}, Cases: append([]Case{
		{Name: named("sound-request"), Condition: schemas.Sound},
		{Name: named("sound-request-without-format"), Condition: schemas.Sound, Spread: Unformatted, Styles: withAction},
	}, shapeCases()...)}
}

func successIs2xx(e *Exam) Look {
	if !e.answered() || e.expect.stance != serves || !e.looksServed() && !e.served() {
		return nothing()
	}
	return keptIf(e.Status/100 == 2, fmt.Sprintf("%d with the body of a success", e.Status), "2xx")
}

// failureIsNot2xx speaks of calls known to fail: crafted ones that were told an error or redirected, and of others only
// when their Code and Message are beyond doubt an error's. A captured call that is redirected neither succeeded nor failed
// as the convention has it.
func failureIsNot2xx(e *Exam) Look {
	switch known := e.knownToFail(); {
	case e.captured() && e.answered() && e.Status/100 == 3:
		return broke(fmt.Sprintf("%d%s%s", e.Status, location(e), with(e)), "2xx, 4xx or 5xx")
	case e.redirected():
		return broke(fmt.Sprintf("%d%s", e.Arrived(), location(e)), "4xx or 5xx")
	case !e.answered(), e.hostile():
		return nothing()
	case e.Status >= 400:
		return kept()
	case !e.tells(), e.expect.stance == serves:
		return nothing()
	case known || e.listed:
		return broke(fmt.Sprintf("%d with %s", e.Status, e.sayTold()), "4xx or 5xx")
	}
	return nothing()
}

func (e *Exam) knownToFail() bool {
	return e.refusalWanted() || e.asked.Condition == FromRecipe
}

// redirected reports whether a call that is known to fail was answered with a redirect, be it one that broke off.
func (e *Exam) redirected() bool { return e.Arrived()/100 == 3 && e.knownToFail() }

// with describes the body of a redirect.
func with(e *Exam) string {
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

func location(e *Exam) string {
	if to := e.Header("Location"); to != "" {
		return " to " + short(to)
	}
	return ""
}

// statusOfTheTable holds the status against the rows of the code; where the condition names rows of that code, only
// those count.
func statusOfTheTable(e *Exam) Look {
	if e.Code == "" || e.Row == nil || e.Status < 400 || e.hostile() {
		return nothing()
	}
	rows := rowsOf(e.Profile, e.expect.rows, e.Code)
	if len(rows) == 0 {
		rows = rowsOf(e.Profile, e.Profile.Codes, e.Code)
	}
	if row := e.asked.Row; row != nil && row.Code == e.Row.Code {
		rows = []schemas.Row{{Code: row.Code, Status: row.Status}}
	}
	if slices.ContainsFunc(rowsOf(e.Profile, e.Profile.ObservedRows(), e.Code), func(r schemas.Row) bool { return r.Status.Holds(e.Status) }) {
		return kept() // a code that all products share, with the status that gateways are seen to give it
	}
	var want []string
	tolerated := false
	for _, r := range rows {
		if r.Status.Holds(e.Status) {
			return kept()
		}
		tolerated = tolerated || r.Tolerated.Holds(e.Status)
		want = append(want, r.Status.String())
	}
	if tolerated {
		return warned(fmt.Sprintf("%d %s, which a sibling document states", e.Status, e.Code), strings.Join(want, " or ")+" "+e.Code)
	}
	return broke(fmt.Sprintf("%d %s", e.Status, e.Code), strings.Join(want, " or ")+" "+e.Code)
}

// clientFaultIs4xx speaks where the code itself is in order; a wrong code, or a status that is not the table's, is told
// by other rules.
func clientFaultIs4xx(e *Exam) Look {
	if !e.refusalWanted() || e.Code == "" || e.Status < 400 || statusOfTheTable(e).broken() {
		return nothing()
	}
	if e.expect.stance == refuses && e.rightReason() != kept() {
		return nothing()
	}
	return keptIf(e.Status < 500, e.sketch(), "4xx")
}
