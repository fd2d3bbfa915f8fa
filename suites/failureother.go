package suites

import (
	"slices"
	"strconv"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// The members by which services tell of a failure beside Code, whatever the case of their letters: whether the call
// succeeded, the code of an error, its text, and the status that the answer should have had.
var (
	outcomeMembers = []string{"Success", "asapiSuccess", "IsSuccess", "is_success"}
	codeMembers    = []string{"code", "errorCode", "error_code", "errCode", "err_code"}
	textMembers    = []string{"error", "errorMessage", "error_message", "errorMsg", "error_msg", "errMessage", "errMsg", "err_msg"}
	statusMembers  = []string{"HttpStatus", "HttpStatusCode", "http_status_code", "HttpCode"}
)

func isOutcome(name string) bool { return isNamed(name, outcomeMembers) }

// mayHint reports a member that [Observation.hint] looks at.
func mayHint(name string) bool {
	return name != "Code" && isNamed(name, codeMembers) || isNamed(name, textMembers) || isNamed(name, statusMembers)
}

func isNamed(name string, names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
}

// hint describes the first member that tells of a failure in other words than an error's; empty when none does.
func (e *Observation) hint() string {
	for _, name := range e.Envelope.Names() {
		if !mayHint(name) || e.publishesObject(name) {
			continue
		}
		for _, m := range e.Envelope.All(name) {
			switch {
			case !hints(m):
			case m.Kind == body.KindObject || m.Kind == body.KindElement:
				return m.Name + " that is " + article(m.Kind)
			default:
				return m.Name + " " + short(m.Text)
			}
		}
	}
	return ""
}

// publishesObject reports whether the operation publishes the member as an object, and so as data: a task has an error of its
// own.
func (e *Observation) publishesObject(name string) bool {
	kind := e.publishedMember(name)
	return kind != nil && (kind.Name == schemas.KindObject || kind.Ref != "")
}

func hints(m body.Member) bool {
	text := strings.TrimSpace(m.Text)
	inWords := m.Kind == body.KindString || m.Kind == body.KindText
	switch {
	case isNamed(m.Name, statusMembers):
		n, err := strconv.Atoi(text)
		return err == nil && n >= 400 && n < 600
	case strings.EqualFold(m.Name, "code"):
		return readsLikeFailure(m)
	case m.Kind == body.KindObject:
		return isNamed(m.Name, textMembers) && strings.ContainsRune(text, ':')
	case m.Kind == body.KindElement:
		return isNamed(m.Name, textMembers)
	case m.Kind == body.KindNumber, inWords && isNumber(text):
		return isNamed(m.Name, codeMembers) && strings.Trim(text, "0.") != "" && text != "200"
	case inWords && text == "":
		return false
	}
	return inWords && !readsLikeSuccess(text) && !isNamed(text, []string{"null", "none", "nil", "undefined", "false"})
}

func isNumber(text string) bool {
	_, err := strconv.Atoi(text)
	return err == nil
}
