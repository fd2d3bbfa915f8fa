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
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/mock/script"
	"github.com/acsconform/acsconform/schemas"
)

// What a recording holds at most.
const (
	maxText    = 2 << 20 // of all answers, as JSON
	maxReplies = 100     // of one call
)

// Recorder keeps what was answered. It is safe for concurrent use.
type Recorder struct {
	mu      sync.Mutex
	entries []*schemas.AnswerScript
	known   map[string]*schemas.AnswerScript
	size    int
	taken   int
	left    map[string]int // answers that were not recorded, by the reason
}

// New returns an empty recorder.
func New() *Recorder {
	return &Recorder{known: map[string]*schemas.AnswerScript{}, left: map[string]int{}}
}

// Why an answer is not recorded.
const (
	notAnswered = "they have no complete answer"
	notJSON     = "they are no JSON objects (let the client ask for JSON)"
	atTheDoor   = "they refuse a key, a signature, a time or a nonce, which are checked anew"
	unnamed     = "they are to no operation by its name"
	repeats     = "a parameter repeats a secret"
	unreadable  = "they do not fit a file of answers"
	full        = "the recording is full"
)

// take records what a call of a server was answered with in an exchange.
func (r *Recorder) take(s *server.Server, c *server.Call, x *schemas.Exchange) {
	entry, why := entryOf(s, c, x)
	r.mu.Lock()
	defer r.mu.Unlock()
	if why == "" {
		why = r.add(entry)
	}
	if why != "" {
		r.left[why]++
		return
	}
	r.taken++
}

// add puts an entry with one reply to those of the same call.
func (r *Recorder) add(entry *schemas.AnswerScript) (why string) {
	line, err := json.Marshal(entry)
	if err != nil {
		return unreadable
	}
	name := nameOf(entry)
	known := r.known[name]
	if known != nil && same(known.Replies[len(known.Replies)-1], entry.Replies[0]) {
		return ""
	}
	if r.size+len(line) > maxText || known != nil && len(known.Replies) == maxReplies {
		return full
	}
	if _, err := script.Read("recording", render([]*schemas.AnswerScript{entry}), nil); err != nil {
		return unreadable
	}
	r.size += len(line)
	if known != nil {
		known.Replies = append(known.Replies, entry.Replies[0])
		return ""
	}
	r.entries, r.known[name] = append(r.entries, entry), entry
	return ""
}

func nameOf(entry *schemas.AnswerScript) string {
	text, _ := json.Marshal([]any{entry.Profile, entry.Operation, entry.When}) // a map is written in the order of its names
	return string(text)
}

func same(a, b schemas.AnswerReply) bool {
	return a.Error == b.Error && a.Status == b.Status && a.Message == b.Message && string(a.Body) == string(b.Body)
}

// Write writes the recording as a file of answers, which nobody else may read, and returns a line that says what is in it.
func (r *Recorder) Write(path string) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	entries := slices.Clone(r.entries)
	slices.SortStableFunc(entries, func(a, b *schemas.AnswerScript) int {
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

// replace puts a file in the place of another in one step.
func replace(path string, text []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".recording-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	if _, err := f.Write(text); err != nil {
		_ = f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// entryOf returns an entry with one reply, or why there is none.
func entryOf(s *server.Server, c *server.Call, x *schemas.Exchange) (*schemas.AnswerScript, string) {
	if x.Response == nil || x.Response.Cut || x.Fault != nil || c.Broken != nil {
		return nil, notAnswered
	}
	entry := &schemas.AnswerScript{Operation: c.Value("Action"), Profile: s.Profile.Name}
	if c.Action = s.LookUp(c); c.Action != nil {
		entry.Operation = c.Action.Name
	}
	if !server.ActionForm.MatchString(entry.Operation) {
		return nil, unnamed
	}
	object := objectOf(x.Response.Body)
	if object == nil {
		return nil, notJSON
	}
	var reply schemas.AnswerReply
	if code, _ := object["Code"].(string); x.Response.Status >= http.StatusBadRequest {
		if code == "" {
			return nil, notJSON
		}
		if doorkeeper(s.Profile, code) {
			return nil, atTheDoor
		}
		reply.Error, reply.Status = code, x.Response.Status
		reply.Message, _ = object["Message"].(string)
	}
	clean := cleaner(x)
	if entry.When = Params(c); !unchanged(entry.When, clean) {
		return nil, repeats
	}
	if reply.Error != "" {
		reply.Message = clean(reply.Message)
	} else {
		reply.Body = bodyOf(object, clean)
	}
	entry.Replies = []schemas.AnswerReply{reply}
	return entry, ""
}

// doorkeeper reports whether a code is that of a refusal before the operation: a replay checks keys, signatures and the like
// of its own clients.
func doorkeeper(p *schemas.Profile, code string) bool {
	for _, row := range slices.Concat(p.Codes, p.ObservedRows()) {
		if row.Code == code && len(row.Answers) > 0 && !slices.Contains(row.Answers, server.Throttled) {
			return true
		}
	}
	return false
}
