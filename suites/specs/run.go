package specs

import (
	"io"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/extensions/globals"
	"github.com/onsi/ginkgo/v2/formatter"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// Run declares the planned cases and runs them as one Ginkgo suite, from an ordinary main: silently, configured in
// code, without a flag. Each spec waits for the verdict on planned[i], which wait(i) returns. It is how the command shows a
// run; a suite of one's own calls [Declare]. It may be called again, but not at the same time: Ginkgo holds its tree in a global. It
// reports whether every spec passed, which says less than the verdict on the run does.
func Run(name string, planned []*suites.Planned, wait func(i int) *suites.Judged, strictly bool) bool {
	globals.Reset()
	formatter.ColorableStdOut = io.Discard
	ginkgo.Describe(name, func() { // one container, so that the plan's order stays
		branches(planned, func(_ ginkgo.SpecContext, i int) {
			j := wait(i)
			say(j, j != nil && (j.Result.Outcome == schemas.Broken || j.Result.Outcome == schemas.Warned && strictly))
		})
	})
	suite, reporter := ginkgo.GinkgoConfiguration()
	suite.Timeout = 0
	reporter.Succinct, reporter.NoColor = true, true
	return ginkgo.RunSpecs(verdicts{}, name, suite, reporter)
}

// verdicts is passed where Ginkgo expects a testing.T: the result of RunSpecs shows whether a spec failed.
type verdicts struct{}

// Fail does nothing.
func (verdicts) Fail() {}
