// Package news describes what a reading of growing logs finds while it goes on.
//
// Nothing about it is promised to importers; package runner says what is.
package news

import (
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/term"

	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/runner/internal/progress"
	"github.com/acsconform/acsconform/runner/lint"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

const (
	lookBeside = 30 * time.Second // how often is looked for what only shows beside other records
	lookShare  = 100              // and that takes at most one in so many seconds
	newsWidth  = 240              // columns of a line of news
)

// Printer describes what a reading finds while it goes on, and prints its result.
type Printer struct {
	Out      io.Writer                // where lines of news go
	JSON     bool                     // as JSON
	Language lang.Language            // else
	Terminal bool                     // standard error is a terminal when the reading begins
	Meter    *progress.Meter          // shows how far the reading is
	Result   func(*lint.Result) error // prints the result

	fresh atomic.Bool // something was read since it was last looked beside

	mu   sync.Mutex
	told map[[2]string]int // by clause and code: the digits of the count that was told last
	err  error             // of writing
}

// Progress is for the options of a reading.
func (t *Printer) Progress(p lint.Progress) {
	t.fresh.Store(true)
	t.Meter.Tell(p.Read, p.Total)
}

// Hangups returns the SIGHUPs from now on.
func Hangups() chan os.Signal {
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	return hup
}

// Watch prints the result on every SIGHUP, and looks from time to time for what only shows beside other records. When
// the signal means that the terminal has gone, and when nothing can be written any more, it stops the reading. The
// function returned ends the watch.
func (t *Printer) Watch(r *lint.Reading, hup chan os.Signal, stop func()) (end func()) {
	done := make(chan struct{})
	var watching sync.WaitGroup
	watching.Go(func() {
		for next := time.After(lookBeside); t.writes(); {
			select {
			case <-done:
				return
			case <-hup:
				if t.Terminal && !term.IsTerminal(int(os.Stderr.Fd())) {
					stop()
					return
				}
				if found, err := r.Snapshot(); err == nil {
					t.note(t.Print(found))
				}
			case <-next:
				began := time.Now()
				if t.fresh.Swap(false) {
					t.Beside(r)
				}
				next = time.After(max(lookBeside, lookShare*time.Since(began)))
			}
		}
		stop()
	})
	return func() {
		close(done)
		watching.Wait()
		signal.Stop(hup)
	}
}

// Beside reports what a result has that no record tells by itself.
func (t *Printer) Beside(r *lint.Reading) {
	found, err := r.Snapshot()
	if err != nil {
		return // it comes again in the end
	}
	for _, f := range found.Findings {
		t.News(lint.News{Clause: f.Clause, Level: f.Level, Code: f.Code, Count: f.Count, Example: f.Examples[0]})
	}
}

func (t *Printer) note(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err != nil && t.err == nil {
		t.err = err
	}
}

func (t *Printer) writes() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.err == nil
}

// News reports of a sort of finding when it is met, and whenever its count gets another digit.
func (t *Printer) News(n lint.News) {
	key, digits := [2]string{n.Clause, n.Code}, len(fmt.Sprint(n.Count))
	t.mu.Lock()
	if t.told == nil {
		t.told = map[[2]string]int{}
	}
	before := t.told[key]
	t.told[key] = max(before, digits)
	t.mu.Unlock()
	if digits <= before {
		return
	}
	e := schemas.LintEvent{
		Schema: schemas.LintEventSchema, Event: schemas.EventMore, At: time.Now().UTC().Truncate(time.Millisecond),
		Clause: n.Clause, Level: n.Level, Code: n.Code, Count: n.Count, Example: n.Example,
	}
	if before == 0 {
		e.Event = schemas.EventNew
	}
	t.note(t.Meter.Aside(func() error { return t.event(&e) }))
}

// event writes one line.
func (t *Printer) event(e *schemas.LintEvent) error {
	if t.JSON {
		return lint.WriteLine(t.Out, e)
	}
	_, err := fmt.Fprintln(t.Out, wording.Clip(wording.Plain(newsLine(e, t.Language)), newsWidth))
	return err
}

func newsLine(e *schemas.LintEvent, language lang.Language) string {
	mark, code := "!", ""
	if e.Level == schemas.Must {
		mark = "×"
	}
	if e.Code != "" {
		code = "  " + wording.Clip(e.Code, 40)
	}
	at := lint.Where(e.Example.File, e.Example.Line, e.Example.Rotated)
	head := fmt.Sprintf("%s %s %s%s", e.At.Local().Format(time.TimeOnly), mark, e.Clause, code)
	if e.Event == schemas.EventMore {
		return language.Say("%s  %d by now, %s", head, e.Count, at)
	}
	return language.Say("%s  new, %s: got %s, want %s", head, at, language.Text(e.Example.Got), language.Text(e.Example.Want))
}

// Print prints a result, beside the meter.
func (t *Printer) Print(r *lint.Result) error {
	return t.Meter.Aside(func() error { return t.Result(r) })
}
