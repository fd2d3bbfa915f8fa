package suites

import "fmt"

// nothingBehind takes bytes behind an answer, which a client takes for the answer of its next call, for a break.
func nothingBehind(e *Exam) Look {
	if r := e.Exchange.Response; r != nil && r.Behind > 0 {
		return broke(fmt.Sprintf("bytes behind the answer (%d or more)", r.Behind), "an envelope and nothing behind it")
	}
	return nothing()
}
