package suites

import "fmt"

// nothingBehind takes bytes behind an answer, which a client takes for the answer of its next call, for a break.
func nothingBehind(e *Observation) Check {
	n := e.Behind()
	if n > 0 && e.Method() == "HEAD" {
		return fail(fmt.Sprintf("bytes behind the answer to HEAD (%d or more)", n), "a header and nothing behind it")
	}
	if n > 0 {
		return fail(fmt.Sprintf("bytes behind the answer (%d or more)", n), "an envelope and nothing behind it")
	}
	return notApplicable()
}
