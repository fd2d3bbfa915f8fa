// Package recording keeps what a service answered as a file of answers, which a mock serves again. Secrets are left out of
// it: by their names, by their shapes, and wherever else in an exchange they come back.
//
// Nothing about it is promised to importers; package runner says what is.
package recording

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/mock/script"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

// What a recording holds at most.
const (
	maxText    = 2 << 20 // of all answers, as JSON
	maxReplies = 100     // of one call
)

// Recorder keeps what was answered. It is safe for concurrent use.
type Recorder struct {
	latency bool // how long answers took is kept too

	mu      sync.Mutex
	entries []*entry
	known   map[string]*entry
	size    int
	taken   int
	left    map[string]int // answers that were not recorded, by the reason
}

// entry is what was answered to one call.
type entry struct {
	schemas.AnswerScript
	took []times // each reply's
}

// New returns an empty recorder. With latency, an answer takes as long when it is served again.
func New(latency bool) *Recorder {
	return &Recorder{latency: latency, known: map[string]*entry{}, left: map[string]int{}}
}

// Why an answer is not recorded.
const (
	notAnswered = "they have no complete answer"
	noObject    = "they are neither a JSON object nor sound XML"
	noCode      = "they refuse without a Code"
	atTheDoor   = "they refuse a key, a signature, a time or a nonce, which are checked anew"
	unnamed     = "they are to no operation by its name"
	repeats     = "a parameter repeats a secret"
	unreadable  = "they do not fit a file of answers"
	full        = "the recording is full"
)

// take records what a call of a server was answered with in an exchange.
func (r *Recorder) take(s *server.Server, c *server.Call, x *schemas.Exchange) {
	fresh, why := entryOf(s, c, x)
	r.mu.Lock()
	defer r.mu.Unlock()
	if why == "" {
		why = r.add(fresh)
	}
	if why != "" {
		r.left[why]++
		return
	}
	r.taken++
}

// add puts an entry with one reply to those of the same call.
func (r *Recorder) add(fresh *entry) (why string) {
	line, err := json.Marshal(fresh.AnswerScript)
	if err != nil {
		return unreadable
	}
	name := nameOf(fresh)
	known := r.known[name]
	if known != nil && same(known.Replies[len(known.Replies)-1], fresh.Replies[0]) {
		last := &known.took[len(known.took)-1]
		*last = last.and(fresh.took[0])
		return ""
	}
	if r.size+len(line) > maxText || known != nil && len(known.Replies) == maxReplies {
		return full
	}
	if _, err := script.Read("recording", render([]schemas.AnswerScript{fresh.AnswerScript}), nil); err != nil {
		return unreadable
	}
	r.size += len(line)
	if known != nil {
		known.Replies, known.took = append(known.Replies, fresh.Replies[0]), append(known.took, fresh.took[0])
		return ""
	}
	r.entries, r.known[name] = append(r.entries, fresh), fresh
	return ""
}

func nameOf(e *entry) string {
	text, _ := json.Marshal([]any{e.Profile, e.Operation, e.When}) // a map is written in the order of its names
	return string(text)
}

func same(a, b schemas.AnswerReply) bool {
	return a.Error == b.Error && a.Status == b.Status && a.Message == b.Message && string(a.Body) == string(b.Body)
}

// Write writes the recording as a file of answers, which nobody else may read, and returns a line that says what is in it.
func (r *Recorder) Write(path string) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var entries []schemas.AnswerScript
	for _, e := range r.entries {
		entries = append(entries, r.script(e))
	}
	slices.SortStableFunc(entries, func(a, b schemas.AnswerScript) int {
		return cmp.Or(strings.Compare(a.Profile, b.Profile), strings.Compare(a.Operation, b.Operation))
	})
	if err := replace(path, render(entries)); err != nil {
		return "", err
	}
	line := fmt.Sprintf("%s: %s to %s", path, text.Count(r.taken, "answer"), text.Count(len(entries), "call"))
	for _, why := range slices.Sorted(maps.Keys(r.left)) {
		line += fmt.Sprintf("; %s not recorded, since %s", text.Count(r.left[why], "answer"), why)
	}
	return line, nil
}

// replace puts a file in the place of another in one step. An error does not name the file.
func replace(path string, text []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".recording-*")
	if err != nil {
		return file.Bare(err)
	}
	defer func() { _ = os.Remove(f.Name()) }()
	if _, err := f.Write(text); err != nil {
		_ = f.Close()
		return file.Bare(err)
	}
	if err := f.Close(); err != nil {
		return file.Bare(err)
	}
	return os.Rename(f.Name(), path)
}

// script returns an entry as it is written.
func (r *Recorder) script(e *entry) schemas.AnswerScript {
	out := e.AnswerScript
	if r.latency {
		out.Replies = slices.Clone(e.Replies)
		for i := range out.Replies {
			out.Replies[i].Latency = e.took[i].latency()
		}
	}
	return out
}
