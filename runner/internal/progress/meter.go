package progress

import (
	"cmp"
	"io"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// Meter shows how far a reading is, with bytes, rate and time left. It is safe for concurrent use.
type Meter struct {
	mu   sync.Mutex
	out  io.Writer // nil: nothing is shown
	bar  *progressbar.ProgressBar
	last time.Time
}

// NewMeter returns a meter that writes to a terminal. For a nil terminal it shows nothing.
func NewMeter(out io.Writer) *Meter { return &Meter{out: out} }

// Tell draws the bar, not too often. A total of 0 is one that is not known.
func (m *Meter) Tell(read, total int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.out == nil || time.Since(m.last) < redraw {
		return
	}
	m.last = time.Now()
	if m.bar == nil {
		total = cmp.Or(total, -1)
		m.bar = progressbar.NewOptions64(total, progressbar.OptionSetWriter(m.out), progressbar.OptionShowBytes(true), progressbar.OptionShowCount(),
			progressbar.OptionSetPredictTime(true), progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(30))
		_ = m.bar.Set64(1) // its clock begins with the first byte
		return
	}
	_ = m.bar.Set64(read)
}

// Aside takes the bar away while something is written.
func (m *Meter) Aside(write func() error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.bar != nil {
		_ = m.bar.Clear()
	}
	return write()
}
