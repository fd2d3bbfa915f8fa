package runner

import (
	"time"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// Longest reports within what time a run of these cases against that target ends, whatever the target does. The preflight
// comes before it.
func Longest(t *schemas.Target, selected []*suites.Planned, o Options) time.Duration {
	return longest(selected, o.over(t.Limits))
}
