package suites

import "fmt"

// nothingBehind takes bytes behind an answer, which a client takes for the answer of its next call, for a break.
func nothingBehind(e *Observation) Check {
	if n := e.Behind(); n > 0 {
		return fail(fmt.Sprintf("bytes behind the answer (%d or more)", n), "an envelope and nothing behind it")
	}
	return notApplicable()
}
