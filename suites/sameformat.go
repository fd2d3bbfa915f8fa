package suites

import (
	"fmt"
	"regexp"
)

// variable matches what a Message may carry that differs from request to request: ids, signatures, times, numbers, and
// the format itself.
var variable = regexp.MustCompile(`[0-9A-Fa-f]{8}-[0-9A-Fa-f-]{4,}|[A-Za-z0-9+/=%&_-]{24,}|[A-Za-z_]*\d[A-Za-z0-9_]*|JSON|XML|json|xml`)

// sameInEveryFormat compares the refusals of one case and method across the formats, right by the table or not: what is
// wrong in one format only is reported for that format by other rules, and here that the formats differ.
func sameInEveryFormat(all []*Observation) []Check {
	type key struct {
		name, method string
		step         int
	}
	first := map[key]*Observation{}
	var looks []Check
	for _, e := range all {
		if !e.comparable() {
			continue
		}
		k := key{e.intent.Case, e.Method(), e.intent.Step}
		other := first[k]
		if other == nil || other.AskedFormat() == e.AskedFormat() {
			first[k] = e
			continue
		}
		l := compareAnswers(other, e)
		l.At = e
		looks = append(looks, l)
	}
	return looks
}

// comparable leaves out what cannot be compared: answers that are no error of the format asked for, of which other rules
// speak, and those of a server that failed, which need not fail alike twice.
func (e *Observation) comparable() bool {
	return e.intent.Case != "" && e.intent.Parallel == 0 && !e.hostile() && e.refusalWanted() && e.AskedFormat() != "" && e.readableError() &&
		e.Envelope.Format == e.AskedFormat() && e.Code != "" && (!e.isOdd() || e.flaws() == "") && (e.Status < 500 || e.documented())
}

func compareAnswers(a, b *Observation) Check {
	in := func(e *Observation, what string) string { return fmt.Sprintf("%s in %s", what, e.AskedFormat()) }
	switch {
	case a.Code != b.Code || a.Status != b.Status:
		return fail(in(a, a.sketch())+", "+in(b, b.sketch()), "the same status and Code in every format")
	case a.Envelope.Text("Message") != b.Envelope.Text("Message") && steady(a) != steady(b):
		return fail(in(a, sentence(a.Envelope.Text("Message")))+", "+in(b, sentence(b.Envelope.Text("Message"))), "the same Message in every format")
	}
	return pass()
}

// steady returns the Message without what may differ from request to request.
func steady(e *Observation) string {
	return variable.ReplaceAllString(plain(e.Envelope.Text("Message")), "#")
}
