package suites

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// errorWithoutResult takes for result data what is structured and what the successes of the same action carry, and
// nothing else: a further member of an error is no fault. Some things stand in every answer, also in those to calls that
// have no result: of these only what is named as results are is result data. An action that was never served, and one
// whose successes carry nothing structured, show nothing.
func errorWithoutResult(all []*Exam) []Look {
	results, everywhere := map[string]map[string]bool{}, map[string]bool{}
	for _, e := range all {
		if e.readableError() && slices.Contains(withoutResult, e.asked.Condition) {
			for _, m := range e.Envelope.Members {
				everywhere[m.Name] = true
			}
		}
		if e.served() && e.Envelope != nil {
			for _, m := range e.Envelope.Members {
				if structured(m) && !e.isEnvelopeMember(m.Name) {
					nest(results, e.asked.Action)[m.Name] = true
				}
			}
		}
	}
	var looks []Look
	for _, e := range all {
		result := results[e.asked.Action]
		if !e.readableError() || len(result) == 0 {
			continue
		}
		l := kept()
		for _, m := range e.Envelope.Members {
			if result[m.Name] && (!everywhere[m.Name] || e.namesResult(m)) {
				l = broke("an error with "+m.Name+", which the successes of the same call carry", "an error without result data")
			}
		}
		l.At = e
		looks = append(looks, l)
	}
	return looks
}

// withoutResult are the conditions under which there is no action that could have a result.
var withoutResult = []schemas.Condition{UnknownAction, MissingAction}

// resultNames are the names that services have for the result of any call.
var resultNames = []string{"Data", "Result", "Results", "ResultObject", "Items", "List", "Records", "Module", "Model"}

// namesResult reports whether a member that is not empty is named as the result of the call is: in general words, or by
// what the call is about (Regions of DescribeRegions or of /v2/regions).
func (e *Exam) namesResult(m body.Member) bool {
	if text := strings.Join(strings.Fields(m.Text), ""); text == "{}" || text == "[]" || text == "" {
		return false
	}
	if isNamed(m.Name, resultNames) {
		return true
	}
	words := wordsOf(e.asked.Action)
	if e.asked.Action == "" {
		target, _, _ := strings.Cut(strings.TrimPrefix(e.Exchange.Request.URL, origin(e.Exchange.Request.URL)), "?")
		words = wordsOf("Call" + target)
	}
	if len(words) < 2 {
		return false
	}
	stem := strings.TrimSuffix(words[len(words)-1], "s")
	return len(stem) > 2 && strings.Contains(strings.ToLower(m.Name), stem)
}

func structured(m body.Member) bool {
	return m.Kind == body.KindObject || m.Kind == body.KindArray || m.Kind == body.KindElement
}

func nest(m map[string]map[string]bool, key string) map[string]bool {
	if m[key] == nil {
		m[key] = map[string]bool{}
	}
	return m[key]
}
