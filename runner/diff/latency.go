package diff

import (
	"fmt"

	"github.com/acsconform/acsconform/runner/internal/latency"
	"github.com/acsconform/acsconform/schemas"
)

// noticeable is the least by which answers must have become slower or faster to be told, in milliseconds; 10 % of what it
// was before where that is more.
const noticeable = 10

// quartiles are those of the latencies of single answers, in milliseconds.
type quartiles struct{ low, median, high float64 }

func quartilesOf(took []float64) quartiles {
	l := latency.Sorted(took)
	return quartiles{l.At(0.25), l.At(0.5), l.At(0.75)}
}

// latency reports of a median that moved beyond the noise: the middle halves of what was measured before and of what is
// measured now lie apart by something noticeable. Cases of several requests are left out, since they are timed together.
func (d *drifts) latency() {
	var before, again, after []float64
	for _, p := range d.cases {
		if len(p.before.Answers)+len(p.after.Answers) > 0 || p.before.Seconds == 0 || p.after.Seconds == 0 {
			continue
		}
		before, after = append(before, 1000*p.before.Seconds), append(after, 1000*p.after.Seconds)
		if p.again != nil && p.again.Seconds > 0 {
			again = append(again, 1000*p.again.Seconds)
		}
	}
	if len(before) < latency.Fewest {
		return
	}
	was, is := quartilesOf(before), quartilesOf(after)
	if len(again) > 0 {
		other := quartilesOf(again)
		was.low, was.high = min(was.low, other.low), max(was.high, other.high)
	}
	apart := max(noticeable, was.median/10)
	if is.low < was.high+apart && is.high > was.low-apart {
		return
	}
	r := d.runDiff
	r.Drift = append(r.Drift, schemas.Drift{Profile: r.target.Profile, Style: r.target.Style, What: "latency",
		Before: milliseconds(was.median), After: milliseconds(is.median)})
}

func milliseconds(ms float64) string { return fmt.Sprintf("%.1f ms", ms) }
