package schemas

import (
	"encoding/json"
	"strings"
)

// AnswerFile is a file of answers: what a mock answers some calls with, in the place of the published samples.
type AnswerFile struct {
	Answers []AnswerScript `json:"answers"`
	Seed    int64          `json:"seed,omitempty"`
}

// AnswerScript answers some calls of an operation. First, Every and Share narrow the calls down further, each when it is set.
type AnswerScript struct {
	Operation string            `json:"operation"`
	Profile   string            `json:"profile,omitempty"`
	When      map[string]string `json:"when,omitempty"`
	First     int               `json:"first,omitempty"`
	Every     int               `json:"every,omitempty"`
	Share     float64           `json:"share,omitempty"`
	Replies   []AnswerReply     `json:"replies"`
	Cycle     bool              `json:"cycle,omitempty"`
}

// AnswerReply is one reply. Without a body and an error it is the published sample.
type AnswerReply struct {
	Body    json.RawMessage   `json:"body,omitempty"`
	Error   string            `json:"error,omitempty"`
	Status  int               `json:"status,omitempty"`  // of an error, in the place of that of the profile
	Message string            `json:"message,omitempty"` // of an error, in the place of that of the profile
	Headers map[string]string `json:"headers,omitempty"`
	Latency *Latency          `json:"latency,omitempty"`
	Breaks  string            `json:"breaks,omitempty"`
}

// Latency is how long an answer takes: always the same, or half of the answers at most P50 and 99 of 100 at most P99.
type Latency struct {
	P50 Duration `json:"p50"`
	P99 Duration `json:"p99"`
}

// UnmarshalJSON reads one duration, or the two.
func (l *Latency) UnmarshalJSON(text []byte) error {
	if strings.HasPrefix(string(text), `"`) {
		err := json.Unmarshal(text, &l.P50)
		l.P99 = l.P50
		return err
	}
	type both Latency
	return json.Unmarshal(text, (*both)(l))
}

// What becomes of an answer that breaks.
const (
	BreaksCut     = "cut"
	BreaksReset   = "reset"
	BreaksSilence = "silence"
)
