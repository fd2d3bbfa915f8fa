package report

import (
	"fmt"
	"slices"

	"github.com/acsconform/acsconform/runner/internal/latency"
	"github.com/acsconform/acsconform/schemas"
)

// htmlLatency is how fast a target answered. Cases of several requests are left out, since they are timed together.
type htmlLatency struct {
	Says string // the percentiles in words; empty where too few answers were timed
	Bars []htmlBar
}

// htmlBar is the number of answers up to a latency, with its height in thousandths of the highest.
type htmlBar struct {
	Label             string
	Count, At, Height int
}

// The upper bounds of the bars in milliseconds; slower answers have the last bar.
var latencyBounds = []float64{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000}

func latencyOf(run *schemas.Run) htmlLatency {
	var took []float64
	for i := range run.Cases {
		if c := &run.Cases[i]; c.Seconds > 0 && len(c.Answers) == 0 && len(c.Exchanges) == 0 {
			took = append(took, c.Seconds*1000)
		}
	}
	if len(took) < latency.Fewest {
		return htmlLatency{}
	}
	sorted := latency.Sorted(took)
	l := htmlLatency{Says: fmt.Sprintf("%d answers: half within %s, 95 %% within %s, 99 %% within %s, the slowest %s",
		len(took), latency.Text(sorted.At(0.5)), latency.Text(sorted.At(0.95)), latency.Text(sorted.At(0.99)), latency.Text(sorted.At(1)))}
	highest, from := 0, 0
	for i := range len(latencyBounds) + 1 {
		label, to := "more", len(took)
		if i < len(latencyBounds) {
			label = latency.Text(latencyBounds[i])
			to, _ = slices.BinarySearch(took, latencyBounds[i])
		}
		l.Bars = append(l.Bars, htmlBar{Label: label, Count: to - from, At: 1000 * i / (len(latencyBounds) + 1)})
		highest, from = max(highest, to-from), to
	}
	for i := range l.Bars {
		l.Bars[i].Height = l.Bars[i].Count * 1000 / highest
	}
	return l
}
