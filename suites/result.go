package suites

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// errorWithoutResult takes for result data what is structured and what the successes of the same action carry, and
// notApplicable else: a further member of an error is no fault. Some members are in every answer, also in those to calls that
// have no result: of these only what is named as results are is result data. An action that was never served, and one
// whose successes carry nothing structured, show nothing.
func errorWithoutResult(all []*Observation) []Check {
	results, everywhere := map[string]map[string]bool{}, map[string]bool{}
	for _, e := range all {
		if e.readableError() && slices.Contains(withoutResult, e.intent.Condition) {
			for _, name := range e.Envelope.Names() {
				everywhere[name] = true
			}
		}
		if e.served() && e.Envelope != nil {
			for _, name := range e.results() {
				nest(results, e.Action())[name] = true
			}
		}
	}
	var looks []Check
	for _, e := range all {
		result := results[e.Action()]
		if !e.readableError() || len(result) == 0 && !slices.ContainsFunc(e.results(), e.isResult) {
			continue
		}
		l := pass()
		for _, name := range e.Envelope.Names() {
			if result[name] && (!everywhere[name] || slices.ContainsFunc(e.Envelope.All(name), e.namesResult)) {
				l = fail("an error with "+name+", which the successes of the same call carry", "an error without result data")
			} else if e.isResult(name) {
				l = fail("an error with "+name+" that is not empty", "an error without result data")
			}
		}
		l.At = e
		looks = append(looks, l)
	}
	return looks
}

// isResult reports whether a member that is structured and not empty is named as services name the result of any call.
func (e *Observation) isResult(name string) bool {
	return isNamed(name, resultNames) && slices.ContainsFunc(e.Envelope.All(name), func(m body.Member) bool {
		return (m.Kind == body.KindObject || m.Kind == body.KindArray || m.Kind == body.KindElement) && !isBlank(m)
	})
}

func isBlank(m body.Member) bool {
	text := strings.Join(strings.Fields(m.Text), "")
	return text == "{}" || text == "[]" || text == ""
}

// withoutResult are the conditions under which there is no action that could have a result.
var withoutResult = []schemas.Condition{UnknownAction, MissingAction}

// resultNames are the names that services have for the result of any call.
var resultNames = []string{"Data", "Result", "Results", "ResultObject", "Items", "List", "Records", "Module", "Model"}

// namesResult reports whether a member that is not empty is named as the result of the call is: in general words, or by
// what the call is about (Regions of DescribeRegions or of /v2/regions).
func (e *Observation) namesResult(m body.Member) bool {
	if isBlank(m) {
		return false
	}
	if isNamed(m.Name, resultNames) {
		return true
	}
	words := wordsOf(e.Action())
	if e.Action() == "" {
		url := e.Exchange().Request.URL
		target, _, _ := strings.Cut(strings.TrimPrefix(url, origin(url)), "?")
		words = wordsOf("Call" + target)
	}
	if len(words) < 2 {
		return false
	}
	stem := strings.TrimSuffix(words[len(words)-1], "s")
	return len(stem) > 2 && strings.Contains(strings.ToLower(m.Name), stem)
}

// results returns the structured members beside those of the envelope, which in a success are its result data.
func (e *Observation) results() []string {
	return slices.DeleteFunc(e.Envelope.Structured(), e.isEnvelopeMember)
}

func nest(m map[string]map[string]bool, key string) map[string]bool {
	if m[key] == nil {
		m[key] = map[string]bool{}
	}
	return m[key]
}
