// Package latency describes how fast answers came.
package latency

import (
	"fmt"
	"slices"
)

// Fewest is the number of answers below which their latency is not reported.
const Fewest = 20

// Of is the latencies of single answers, in milliseconds and in order.
type Of []float64

// Sorted returns latencies in order.
func Sorted(milliseconds []float64) Of {
	slices.Sort(milliseconds)
	return milliseconds
}

// At returns the latency that a share of the answers, of 0 to 1, does not exceed. There has to be an answer.
func (l Of) At(share float64) float64 { return l[int(share*float64(len(l)-1)+0.5)] }

// Text writes a latency in milliseconds, and in seconds from one second on.
func Text(milliseconds float64) string {
	if milliseconds >= 1000 {
		return fmt.Sprintf("%.3g s", milliseconds/1000)
	}
	return fmt.Sprintf("%.3g ms", milliseconds)
}
