package report

import (
	"fmt"

	"github.com/acsconform/acsconform/schemas"
)

// ordinal distinguishes a run from an earlier one of the report that shares its profile and style: " #2". It is empty for the first,
// so that a run keeps its name when others join it.
func ordinal(r *schemas.Report, run *schemas.Run) string {
	n := 1
	for i := range r.Runs {
		other := &r.Runs[i]
		if other == run {
			break
		}
		if other.Target.Profile == run.Target.Profile && other.Target.Style == run.Target.Style {
			n++
		}
	}
	if n == 1 {
		return ""
	}
	return fmt.Sprintf(" #%d", n)
}

// placeOf returns the URL of a target, and the address that connections went to where that was named.
func placeOf(t schemas.RunTarget) string {
	if t.Address == "" {
		return t.URL
	}
	return t.URL + " at " + t.Address
}
