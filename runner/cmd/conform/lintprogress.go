package main

import (
	"io"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/acsconform/acsconform/runner/lint"
)

// meter shows on standard error how far a reading is, with bytes, rate and time left, where that is a terminal.
type meter struct {
	mu   sync.Mutex
	out  io.Writer // nil: nothing is shown
	bar  *progressbar.ProgressBar
	last time.Time
}

func (w *env) meter() *meter {
	if !w.errIsATerminal {
		return &meter{}
	}
	return &meter{out: w.err}
}

// tell draws the bar, not too often.
func (m *meter) tell(p lint.Progress) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.out == nil || time.Since(m.last) < redraw {
		return
	}
	m.last = time.Now()
	if m.bar == nil {
		total := p.Total
		if total == 0 {
			total = -1
		}
		m.bar = progressbar.NewOptions64(total, progressbar.OptionSetWriter(m.out), progressbar.OptionShowBytes(true), progressbar.OptionShowCount(),
			progressbar.OptionSetPredictTime(true), progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(30))
		_ = m.bar.Set64(1) // its clock begins with the first byte
		return
	}
	_ = m.bar.Set64(p.Read)
}

// aside takes the bar away while something is written.
func (m *meter) aside(write func() error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.bar != nil {
		_ = m.bar.Clear()
	}
	return write()
}
