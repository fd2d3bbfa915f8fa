package specs

import (
	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
	"github.com/acsconform/acsconform/suites/wording"
)

// say tells a verdict in Ginkgo's words. What was not judged is skipped with its reason, never passed.
func say(j *suites.Judged, strictly bool) {
	switch {
	case j == nil:
		ginkgo.Skip("not judged: the run ended before")
	case j.Result.Outcome == schemas.NotJudged:
		ginkgo.Skip("not judged: " + wording.Plain(j.Result.Why))
	case j.Result.Outcome == schemas.Skipped, j.Result.Outcome == schemas.Known:
		ginkgo.Skip(wording.Plain(j.Result.Why))
	}
	matcher := BeKept()
	if strictly {
		matcher = BeKeptStrictly()
	}
	gomega.Expect(j).To(matcher)
	if j.Result.Outcome == schemas.Warned {
		ginkgo.AddReportEntry("warned", worded(j))
	}
}
