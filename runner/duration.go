package runner

import (
	"time"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// MaxDuration reports within what time a run of these cases against that target ends, whatever the target does. The preflight
// comes before it.
func MaxDuration(t *schemas.Target, selected []*suites.Planned, o Options) time.Duration {
	d := maxDuration(selected, o.withDefaults(t.Limits))
	if o.MaxTime > 0 {
		d = min(d, o.MaxTime)
	}
	return d
}
