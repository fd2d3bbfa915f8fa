package suites

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// telling is how surely the body of an answer below 400 tells of a failure. Only what is sure makes a 2xx an error: Code is
// also the name of result data, and of what live services send in successes.
type telling int

const (
	tellsNothing telling = iota
	hintsFailure         // a Code, or what other services have for one, reads like that of a failure; data may do so too
	tellsFailure         // Success is false, in the envelope of a success
	tellsError           // the body is an error: by its root, or by a Code that is known together with a Message
)

// readFailure finds out of which failure the body tells and, where the status leaves that open, whether it tells of one.
func (e *Observation) readFailure() {
	code := e.code()
	text := ""
	if code.Kind == body.KindString || code.Kind == body.KindText {
		text = code.Text
	}
	row := e.findRow(text)
	if e.Status >= 400 {
		e.Code, e.Row = text, row
		return
	}
	e.listed = e.knownCode(text, row)
	member, succeeded := e.outcome()
	switch {
	case e.listed, e.isErrorRoot():
		e.told = tellsError
	case member != "" && !succeeded:
		e.told = tellsFailure
	case member == "" && (readsLikeFailure(code) || e.isBare() && !readsLikeSuccess(text) || e.hint() != ""):
		e.told = hintsFailure
	}
	if e.told != tellsNothing {
		e.Code = text
	}
	if e.told == tellsError {
		e.Row = row
	}
}

// code returns the Code. What is in one that is an object or an array is not looked at.
func (e *Observation) code() body.Member {
	switch kind := e.Envelope.Class("Code").Kind(); kind {
	case "":
		return body.Member{}
	case body.KindObject, body.KindArray, body.KindElement:
		return body.Member{Name: "Code", Kind: kind}
	}
	code, _ := e.Envelope.Get("Code")
	return code
}

// sayTold describes what the body tells of a failure by: the member that says so, its Code, or its root.
func (e *Observation) sayTold() string {
	code := e.code()
	switch member, _ := e.outcome(); {
	case e.told == tellsFailure:
		return member + " false"
	case e.told == hintsFailure && !readsLikeFailure(code) && e.hint() != "":
		return e.hint()
	case code.Text != "" && code.Kind != body.KindObject && code.Kind != body.KindArray:
		return "the Code " + short(code.Text)
	}
	return "<" + e.Envelope.RootName() + ">"
}

// isErrorRoot reports whether the root says that the body is an error, which it does not where successes may have it too.
func (e *Observation) isErrorRoot() bool {
	shape := e.Profile.Envelope
	return shape.ErrorRoot != "" && shape.ErrorRoot != shape.ToleratedSuccessRoot && e.Envelope.HasRoot(shape.ErrorRoot)
}

// knownCode reports whether there is a Message beside a code that is known to be an error's: one of the table, an alias
// of one, or one that all products share. A member of a family like Invalid{ParameterName} is known only by the words of
// its row, for much begins so.
func (e *Observation) knownCode(code string, row *schemas.Row) bool {
	if code == "" || !e.Envelope.Class("Message").Textual() {
		return false
	}
	message, _ := e.Envelope.Get("Message")
	if strings.TrimSpace(message.Text) == "" {
		return false
	}
	switch {
	case slices.Contains(sharedCodes, code):
		return true
	case row == nil:
		return false
	case row.Code == code || e.Profile.Aliases[code] == row.Code:
		return true
	}
	return slices.ContainsFunc(rowsOf(e.Profile, e.Profile.Codes, code), func(r schemas.Row) bool { return e.wording.isRow(r, message.Text, "") })
}

// outcome returns the member by which the body itself reports whether the call succeeded, and what it says; "" where none does.
func (e *Observation) outcome() (member string, succeeded bool) {
	for _, name := range e.Envelope.Names() {
		if !isOutcome(name) {
			continue
		}
		for _, m := range e.Envelope.All(name) {
			switch m.Kind {
			case body.KindBool, body.KindString, body.KindText:
			default:
				continue
			}
			switch strings.ToLower(strings.TrimSpace(m.Text)) {
			case "false":
				return m.Name, false
			case "true":
				member, succeeded = m.Name, true
			}
		}
	}
	return member, succeeded
}

// readsLikeFailure reports whether a Code reads like the name of a failure: in words, or as a status of HTTP.
func readsLikeFailure(code body.Member) bool {
	switch code.Kind {
	case body.KindString, body.KindText, body.KindNumber:
	default:
		return false
	}
	text := code.Text
	if len(text) == 3 && (text[0] == '4' || text[0] == '5') && isDigit(text[1]) && isDigit(text[2]) {
		return true
	}
	words := wordsOf(text)
	for i, word := range words {
		last := i == len(words)-1
		switch {
		case i == 0 && !last && (word == "isv" || word == "isp"), !last && word == "not", !last && word == "no" && words[i+1] == "such",
			!last && word == "no" && words[i+1] == "permission",
			slices.Contains(failureWords, word), strings.HasPrefix(word, "unauth"), strings.HasSuffix(word, "error"), strings.HasSuffix(word, "exception"), strings.HasSuffix(word, "failure"):
			return true
		}
	}
	return false
}

// isBare reports whether there is a Message and nothing that could be the result of a call, as in an error.
func (e *Observation) isBare() bool {
	result := func(name string) bool {
		return !e.isEnvelopeMember(name) && name != "Recommend" && name != "AccessDeniedDetail"
	}
	return e.Envelope.Has("Message") && !slices.ContainsFunc(e.Envelope.Names(), result) && strings.TrimSpace(e.Envelope.Text("Message")) != ""
}

// readsLikeSuccess reports whether a Code names no failure to anybody: it says that all is well, or nothing in words.
func readsLikeSuccess(code string) bool {
	words := slices.DeleteFunc(wordsOf(code), func(word string) bool { return len(word) < 3 && word != "ok" })
	return len(words) == 0 || slices.ContainsFunc(words, func(word string) bool { return slices.Contains(wordsOfSuccess, word) })
}

// wordsOfSuccess are the words of codes that name no failure.
var wordsOfSuccess = []string{
	"accepted", "complete", "completed", "created", "done", "finished", "normal", "ok", "okay", "pass", "passed", "processed", "running",
	"submitted", "succeed", "succeeded", "success", "successful", "true", "updated", "valid", "yes",
}

// failureWords are the words of codes that name a failure, beside those that begin with unauth or end in error,
// exception or failure.
var failureWords = []string{
	"abnormal", "bad", "conflict", "denied", "deny", "errors", "exceed", "exceeded", "exceeds", "expired", "fail", "failed", "fails", "fault",
	"forbidden", "illegal", "incomplete", "incorrect", "insufficient", "invalid", "malformed", "mismatch", "mismatched", "missing", "notfound",
	"refused", "rejected", "throttled", "throttling", "timeout", "unavailable", "unsupported", "wrong",
}

// wordsOf takes a code apart at its punctuation and where a capital begins a word, in lower case: "isv.AMOUNT_Limit2" is
// isv, amount, limit.
func wordsOf(code string) []string {
	var words []string
	start := 0
	end := func(i int) {
		if i > start {
			words = append(words, strings.ToLower(code[start:i]))
		}
	}
	for i := range len(code) {
		switch c := code[i]; {
		case !isLetter(c):
			end(i)
			start = i + 1
		case isUpper(c) && i > start && (!isUpper(code[i-1]) || i+1 < len(code) && isLetter(code[i+1]) && !isUpper(code[i+1])):
			end(i)
			start = i
		}
	}
	end(len(code))
	return words
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isUpper(c byte) bool  { return 'A' <= c && c <= 'Z' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
