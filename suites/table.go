package suites

import (
	"slices"
	"strings"
	"unicode"

	"github.com/acsconform/acsconform/schemas"
)

func tableChapter() Chapter {
	return Chapter{Name: "table", Rules: []Rule{
		{Name: named("code-of-the-table"), Clause: "ERROR-9", Reason: true, Any: true, Kind: schemas.FoundWrongCode, One: codeOfTheTable, Informs: observedCodes},
		{Name: named("message-of-the-table"), Clause: "ERROR-10", Reason: true, Kind: schemas.FoundMessage, One: messageOfTheTable},
		{Name: named("placeholders-are-filled"), Clause: "CLIENT-4", Kind: schemas.FoundMessage, Shape: true, One: placeholdersFilled},
	}}
}

// codeOfTheTable judges crafted conditions only: an action may have codes of its own for everything else.
func codeOfTheTable(e *Observation) Check {
	if !e.refusalWanted() || !e.readableError() || e.Code == "" {
		return notApplicable()
	}
	switch {
	case slices.Contains(e.expected.tolerate, e.Code):
		return warned(e.sketch()+", documented by a sibling service only", e.wanted())
	case e.Row != nil, e.documented():
		return pass()
	case e.intent.AnyRefusal:
		return notApplicable()
	case e.expected.outcome == silent && len(e.Profile.Observed) > 0: // it is counted
		return pass()
	case e.expected.outcome == silent:
		return warned(e.sketch()+", which this document does not list", "a code of the table")
	}
	return fail(e.sketch()+", which is no row of the table", e.wanted())
}

func messageOfTheTable(e *Observation) Check {
	if !e.readableError() || e.Row == nil || e.hostile() || e.flaws() != "" {
		return notApplicable()
	}
	message, ok := e.Envelope.Get("Message")
	if !ok || strings.TrimSpace(message.Text) == "" || placeholders.MatchString(message.Text) {
		return notApplicable()
	}
	if e.captured() && slices.Contains(sharedCodes, e.Code) && (!e.Row.Status.Holds(e.Status) || e.saysShared(message.Text)) {
		return notApplicable() // the row of a sibling, with its own sentence (errata X17, X19)
	}
	rows := rowsOf(e.Profile, e.expected.rows, e.Code)
	if len(rows) == 0 || e.intent.Row != nil {
		rows = rowsOf(e.Profile, e.Profile.Codes, e.Code)
	}
	parameter := e.intent.Parameter
	if !e.refusalWanted() || e.expected.outcome == silent {
		parameter = ""
	}
	if slices.ContainsFunc(rows, func(r schemas.Row) bool { return r.AnyText }) {
		return notApplicable()
	}
	for _, r := range rows {
		if e.wording.isRow(r, message.Text, parameter) || ambiguous(r, message.Text) {
			return pass()
		}
	}
	if slices.ContainsFunc(e.expected.rows, e.spellsRightly) {
		return pass()
	}
	return fail(sentence(message.Text), sentence(rows[0].Message))
}

// spellsRightly reports whether the answer has the message of a row, and beside it the row's code in another spelling, by one
// letter: a code that is published misspelt may be written rightly (errata X1), and its message stands with it.
//
// The answer's code is then one of the table too, and answers a condition that the row answers: a slip of the server's own is
// neither.
func (e *Observation) spellsRightly(r schemas.Row) bool {
	alike := func(own schemas.Row) bool {
		return own.Code == e.Code && slices.ContainsFunc(own.Answers, func(c schemas.Condition) bool { return slices.Contains(r.Answers, c) })
	}
	return letterApart(r.Code, e.Code) && slices.ContainsFunc(e.Profile.Codes, alike) && e.readableError() && e.wording.isRow(r, e.Envelope.Text("Message"), "")
}

// letterApart reports whether two codes are as long as each other and differ in one letter.
func letterApart(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	apart := 0
	for i := range len(a) {
		if a[i] != b[i] {
			apart++
			if !unicode.IsLetter(rune(a[i])) || !unicode.IsLetter(rune(b[i])) {
				return false
			}
		}
	}
	return apart == 1
}

// saysShared reports the sentence that gateways write with a shared code.
func (e *Observation) saysShared(message string) bool {
	text := sharedSentences[e.Code]
	return text != "" && e.wording.isText(text, message, "")
}

// ambiguous lets the row's own words stand though they name another parameter than the one at fault: ecs has one message
// for IllegalTimestamp and one for Action or Version together. A message may go on behind them here, too.
func ambiguous(r schemas.Row, message string) bool {
	if placeholders.MatchString(r.Message) || !strings.Contains(r.Message, " or ") {
		return false
	}
	more, its := strings.CutPrefix(plain(message), plain(r.Message))
	return its && (more == "" || strings.ContainsAny(more[:1], " .:;,("))
}

func placeholdersFilled(e *Observation) Check {
	if !e.readableError() || e.hostile() {
		return notApplicable()
	}
	message := e.Envelope.Text("Message")
	hole := placeholders.FindString(message)
	return passIf(hole == "", "a Message with "+hole+" in it: "+sentence(message), "the parameter's name")
}

// sentence is short for sentences.
func sentence(s string) string {
	if r := []rune(s); len(r) > 120 {
		return string(r[:80]) + "…" + string(r[len(r)-30:])
	}
	return s
}
