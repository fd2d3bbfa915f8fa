package specs

import (
	"cmp"
	"io"
	"slices"
	"strings"

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
	ginkgo.Describe(name, func() { // without chapters, clauses and labels, which a silent suite shows nobody
		for _, i := range byPlace(planned) {
			p := planned[i]
			ginkgo.It(p.ID(), placeOf(p), func() {
				j := wait(i)
				say(j, j != nil && (j.Result.Outcome == schemas.Broken || j.Result.Outcome == schemas.Warned && strictly))
			})
		}
	})
	suite, reporter := ginkgo.GinkgoConfiguration()
	suite.Timeout = 0
	reporter.Succinct, reporter.NoColor = true, true
	return ginkgo.RunSpecs(verdicts{}, name, suite, reporter)
}

// byPlace returns the indices of the planned cases in the order in which Ginkgo runs them, which it sorts best what is sorted.
func byPlace(planned []*suites.Planned) []int {
	order, ids := make([]int, len(planned)), make([]string, len(planned))
	for i, p := range planned {
		order[i], ids[i] = i, p.ID()
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := planned[a].Case.Name, planned[b].Case.Name
		return cmp.Or(strings.Compare(x.File, y.File), x.Line-y.Line, strings.Compare(ids[a], ids[b]))
	})
	return order
}

// verdicts is passed where Ginkgo expects a testing.T: the result of RunSpecs shows whether a spec failed.
type verdicts struct{}

// Fail does nothing.
func (verdicts) Fail() {}
