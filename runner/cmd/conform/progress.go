package main

import (
	"time"

	"github.com/schollz/progressbar/v3"
)

// redraw is how often the bar is drawn at most.
const redraw = 80 * time.Millisecond

// progress shows on standard error how far a run is, where that is a terminal. The function returned takes the bar
// away again.
func (w *env) progress(name string) (tell func(done, total int), end func()) {
	if !w.errIsATerminal {
		return nil, func() {}
	}
	var bar *progressbar.ProgressBar
	tell = func(done, total int) {
		if bar == nil {
			bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(w.err), progressbar.OptionSetDescription(name),
				progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(40),
				progressbar.OptionThrottle(redraw))
		}
		_ = bar.Set(done)
	}
	return tell, func() {
		if bar != nil {
			_ = bar.Clear()
		}
	}
}
