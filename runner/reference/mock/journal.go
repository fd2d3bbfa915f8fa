package mock

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/mock/script"
)

// The paths that a mock answers for tests. They do not change.
const (
	PagePath    = "/_conform/"        // GET: a page of what is served, what was asked, and what was refused and why
	HealthPath  = "/_conform/health"  // GET: 200 as soon as the mock serves
	JournalPath = "/_conform/journal" // GET: the last calls and the number of all, as JSON
	ResetPath   = "/_conform/reset"   // POST: the journal is empty again, and the answers of the file begin anew
)

// maxJournal is how many calls are kept; of the others only the number is.
const maxJournal = 1000

// Entry is one call.
type Entry struct {
	Time      time.Time `json:"time"`
	Profile   string    `json:"profile"`
	Operation string    `json:"operation,omitempty"` // empty where the call names none that there is
	Style     string    `json:"style"`
	Method    string    `json:"method"`
	Status    int       `json:"status"`
	Code      string    `json:"code,omitempty"`    // of a refusal
	Message   string    `json:"message,omitempty"` // of a refusal
	RequestID string    `json:"request_id"`
	Scripted  bool      `json:"scripted,omitempty"` // answered by the file of answers
}

// Journal is what a mock was asked.
type Journal struct {
	Calls  []Entry        `json:"calls"`  // the last ones, oldest first
	Counts map[string]int `json:"counts"` // of all calls, by profile and operation
	Total  int            `json:"total"`
	// Unserved is how many calls named no operation that there is.
	Unserved int `json:"unserved"`
}

// journal keeps the last calls in a ring.
type journal struct {
	mu   sync.Mutex
	kept Journal
	next int // where the next call goes, once the ring is full

	refused []refusal // the last ones, oldest first
}

func (j *journal) add(e Entry, unserved bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.kept.Total++
	if unserved {
		j.kept.Unserved++
	}
	if e.Operation != "" {
		if j.kept.Counts == nil {
			j.kept.Counts = map[string]int{}
		}
		j.kept.Counts[e.Profile+" "+e.Operation]++
	}
	if len(j.kept.Calls) < maxJournal {
		j.kept.Calls = append(j.kept.Calls, e)
		return
	}
	j.kept.Calls[j.next] = e
	j.next = (j.next + 1) % maxJournal
}

func (j *journal) reset() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.kept, j.next, j.refused = Journal{}, 0, nil
}

// Journal returns what was asked since the start or the last reset.
func (m *Mock) Journal() Journal {
	j := &m.journal
	j.mu.Lock()
	defer j.mu.Unlock()
	of := j.kept
	of.Calls = slices.Concat(j.kept.Calls[j.next:], j.kept.Calls[:j.next])
	of.Counts = maps.Clone(j.kept.Counts)
	return of
}

// record keeps the calls of a product in the journal.
func (m *Mock) record(p *product) {
	p.OnReply = append(p.OnReply, func(c *server.Call, r *server.Reply) {
		_, scripted := c.Script.(*script.Reply)
		e := Entry{
			Time: c.Now, Profile: p.Profile.Name, Style: string(c.Style), Method: clip(c.Method), Status: r.Status,
			Code: r.Get("Code"), RequestID: r.Get("RequestId"), Scripted: scripted,
		}
		if c.Action != nil {
			e.Operation = c.Action.Name
		}
		if r.Fault == nil {
			e.Code = ""
		} else {
			e.Message = clipTo(r.Get("Message"), maxMessage)
			m.journal.refuse(refusalOf(c, r, e))
		}
		m.journal.add(e, r.Fault != nil && (r.Fault.Condition == server.UnknownAction || r.Fault.Condition == server.UnknownVersion))
	})
}

// maxMessage is how much of a message is kept; it may repeat what a client chose.
const maxMessage = 400

// clip bounds what a client chose.
func clip(word string) string { return clipTo(word, 32) }

func clipTo(text string, most int) string {
	return strings.ToValidUTF8(text[:min(len(text), most)], "\uFFFD")
}

// serveTests answers the paths for tests, and reports whether it did.
func (m *Mock) serveTests(w http.ResponseWriter, r *http.Request) bool {
	if !strings.HasPrefix(r.URL.Path, "/_conform/") {
		return false
	}
	method := http.MethodGet
	if r.URL.Path == ResetPath {
		method = http.MethodPost
	}
	switch {
	case !slices.Contains([]string{PagePath, HealthPath, JournalPath, ResetPath}, r.URL.Path):
		http.Error(w, fmt.Sprintf("want %s, %s, %s or %s", PagePath, HealthPath, JournalPath, ResetPath), http.StatusNotFound)
	case r.Method != method:
		w.Header().Set("Allow", method)
		http.Error(w, "want "+method, http.StatusMethodNotAllowed)
	case r.URL.Path == PagePath:
		m.servePage(w)
	case r.URL.Path == JournalPath:
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(m.Journal())
	default:
		if r.URL.Path == ResetPath {
			m.Reset()
		}
		_, _ = fmt.Fprintln(w, "ok")
	}
	return true
}

// Reset empties the journal, and makes the answers of the file begin anew.
func (m *Mock) Reset() {
	m.journal.reset()
	if s := m.script(); s != nil {
		s.Reset()
	}
}

// Unused lists the entries of the file of answers that have answered no call, each with its place.
func (m *Mock) Unused() []string {
	if s := m.script(); s != nil {
		return s.Unused()
	}
	return nil
}

// script returns the answers that the mock answers by now, and nil where there is no file.
func (m *Mock) script() *script.Script {
	if m.source != nil {
		return m.source.Script()
	}
	return m.recorded
}
