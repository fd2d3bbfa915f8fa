package script

import (
	"math"
	"math/rand/v2"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// sigmas is how many standard deviations the 99th of a hundred normal values is above the median.
const sigmas = 2.3263478740408408

// draw returns how long one answer takes: by a log-normal distribution, which is what the latency of services looks like,
// through both points, and never longer than [MaxLatency].
func draw(l *schemas.Latency, random *rand.Rand) time.Duration {
	switch {
	case l == nil:
		return 0
	case l.P50 == l.P99:
		return time.Duration(l.P50)
	}
	spread := math.Log(float64(l.P99)/float64(l.P50)) / sigmas
	return time.Duration(min(float64(MaxLatency), float64(l.P50)*math.Exp(spread*random.NormFloat64())))
}
