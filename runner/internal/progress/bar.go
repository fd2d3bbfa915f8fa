// Package progress shows on a terminal how far something is.
package progress

import (
	"io"
	"time"

	"github.com/schollz/progressbar/v3"
)

// redraw is the shortest time between two drawings of the bar.
const redraw = 80 * time.Millisecond

// Bar shows how many of a number are done. Without a terminal to write to it shows nothing, and tell is nil. The function end
// takes the bar away again.
func Bar(out io.Writer, name string) (tell func(done, total int), end func()) {
	if out == nil {
		return nil, func() {}
	}
	var bar *progressbar.ProgressBar
	tell = func(done, total int) {
		if bar == nil {
			bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(out), progressbar.OptionSetDescription(name),
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
