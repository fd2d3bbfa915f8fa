package recording

import (
	"slices"
	"time"

	"github.com/acsconform/acsconform/runner/reference/mock/script"
	"github.com/acsconform/acsconform/schemas"
)

// times are how long the answers took that are one reply.
type times []time.Duration

// maxTimes bounds how many of one reply are looked at: the first.
const maxTimes = 1000

func (t times) and(more times) times {
	if len(t)+len(more) > maxTimes {
		return t
	}
	return append(t, more...)
}

// latency returns what half of the answers and 99 of 100 took at most, in microseconds, and nil where no time is known.
func (t times) latency() *schemas.Latency {
	sorted := slices.Sorted(slices.Values(t))
	if len(sorted) == 0 || sorted[len(sorted)-1] <= 0 {
		return nil
	}
	at := func(share int) schemas.Duration {
		took := sorted[(len(sorted)*share-1)/100].Round(time.Microsecond)
		return schemas.Duration(min(max(took, time.Microsecond), script.MaxLatency))
	}
	return &schemas.Latency{P50: at(50), P99: at(99)}
}
