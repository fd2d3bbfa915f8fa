package main

import (
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/acsconform/acsconform/runner/lint"
)

// reading shows on standard error how far the reading is, with rate and time left, where that is a terminal.
func (w *world) reading() (tell func(lint.Progress), end func()) {
	if !w.errIsATerminal {
		return nil, func() {}
	}
	var bar *progressbar.ProgressBar
	var last time.Time
	tell = func(p lint.Progress) {
		if time.Since(last) < redraw {
			return
		}
		last = time.Now()
		if bar == nil {
			total := p.Total
			if total == 0 {
				total = -1
			}
			bar = progressbar.NewOptions64(total, progressbar.OptionSetWriter(w.err), progressbar.OptionShowBytes(true),
				progressbar.OptionSetPredictTime(true), progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(30))
		}
		_ = bar.Set64(p.Read)
	}
	return tell, func() {
		if bar != nil {
			_ = bar.Clear()
		}
	}
}
