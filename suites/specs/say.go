package specs

import (
	"github.com/onsi/ginkgo/v2"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
	"github.com/acsconform/acsconform/suites/wording"
)

// say reports a verdict in Ginkgo's words. What was not judged is skipped with its reason, never passed. It goes without
// Gomega, which not every suite has told how to fail.
func say(j *suites.Judged, fails bool) {
	switch {
	case j == nil:
		ginkgo.Skip("not judged: the run ended before")
	case j.Result.Outcome == schemas.NotJudged:
		ginkgo.Skip("not judged: " + wording.Plain(j.Result.Why))
	case j.Result.Outcome == schemas.Skipped, j.Result.Outcome == schemas.Known:
		ginkgo.Skip(wording.Plain(j.Result.Why))
	case fails:
		ginkgo.Fail(worded(j))
	case j.Result.Outcome == schemas.Warned:
		ginkgo.AddReportEntry("warned", worded(j))
	}
}
