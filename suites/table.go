package suites

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

func tableChapter() Chapter {
	return Chapter{Name: "table", Rules: []Rule{
		{Name: named("code-of-the-table"), Clause: "ERROR-9", One: codeOfTheTable, Says: observedCodes},
		{Name: named("message-of-the-table"), Clause: "ERROR-10", One: messageOfTheTable},
		{Name: named("placeholders-are-filled"), Clause: "CLIENT-4", Shape: true, One: placeholdersFilled},
	}}
}

// codeOfTheTable speaks of crafted conditions only: an action may have codes of its own for everything else.
func codeOfTheTable(e *Exam) Look {
	if !e.refusalWanted() || !e.readableError() || e.Code == "" {
		return nothing()
	}
	switch {
	case slices.Contains(e.expect.tolerate, e.Code):
		return warned(e.sketch()+", documented by a sibling service only", e.wanted())
	case e.Row != nil, e.documented():
		return kept()
	case e.asked.AnyRefusal:
		return nothing()
	case e.expect.stance == silent && len(e.Profile.Observed) > 0: // it is counted
		return kept()
	case e.expect.stance == silent:
		return warned(e.sketch()+", which this document does not list", "a code of the table")
	}
	return broke(e.sketch()+", which is no row of the table", e.wanted())
}

func messageOfTheTable(e *Exam) Look {
	if !e.readableError() || e.Row == nil || e.hostile() || e.flaws() != "" {
		return nothing()
	}
	message, ok := e.Envelope.Get("Message")
	if !ok || strings.TrimSpace(message.Text) == "" || placeholders.MatchString(message.Text) {
		return nothing()
	}
	if e.captured() && slices.Contains(sharedCodes, e.Code) && !e.Row.Status.Holds(e.Status) {
		return nothing() // the row of a sibling, with its own sentence (errata X17, X19)
	}
	rows := rowsOf(e.Profile, e.expect.rows, e.Code)
	if len(rows) == 0 || e.asked.Row != nil {
		rows = rowsOf(e.Profile, e.Profile.Codes, e.Code)
	}
	parameter := e.asked.Parameter
	if !e.refusalWanted() || e.expect.stance == silent {
		parameter = ""
	}
	if slices.ContainsFunc(rows, func(r schemas.Row) bool { return r.AnyText }) {
		return nothing()
	}
	for _, r := range rows {
		if e.wording.isRow(r, message.Text, parameter) || vague(r, message.Text) {
			return kept()
		}
	}
	return broke(sentence(message.Text), sentence(rows[0].Message))
}

// vague lets the row's own words stand though they name another parameter than the one at fault: ecs has one message
// for IllegalTimestamp and one for Action or Version together. A message may go on behind them here, too.
func vague(r schemas.Row, message string) bool {
	if placeholders.MatchString(r.Message) || !strings.Contains(r.Message, " or ") {
		return false
	}
	more, its := strings.CutPrefix(plain(message), plain(r.Message))
	return its && (more == "" || strings.ContainsAny(more[:1], " .:;,("))
}

func placeholdersFilled(e *Exam) Look {
	if !e.readableError() || e.hostile() {
		return nothing()
	}
	message := e.Envelope.Text("Message")
	hole := placeholders.FindString(message)
	return keptIf(hole == "", "a Message with "+hole+" in it: "+sentence(message), "the parameter's name")
}

// sentence is short for sentences.
func sentence(s string) string {
	if r := []rune(s); len(r) > 120 {
		return string(r[:80]) + "…" + string(r[len(r)-30:])
	}
	return s
}
