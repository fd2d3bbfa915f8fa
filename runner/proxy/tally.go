package proxy

import (
	"fmt"
	"github.com/acsconform/acsconform/runner/internal/text"
	"maps"
	"slices"
	"sync"
)

// Tally counts what passed, and of it what was not judged. All other exchanges were written down.
type Tally struct {
	Connections int64            `json:"connections"`
	Exchanges   int64            `json:"exchanges"`    // requests that were seen
	NotJudged   map[Reason]int64 `json:"not_judged"`   // of these exchanges
	Unwatched   map[Reason]int64 `json:"unwatched"`    // connections that were not watched to their end
	Unseen      int64            `json:"unseen_bytes"` // that passed on those connections unwatched
	Behind      int64            `json:"bytes_behind"` // of answers that are not judged, or were judged before they came
}

// Reason describes why something was not judged.
type Reason string

// Why an exchange is not judged. The first two are drops: with more time or memory it would have been.
const (
	Behind     Reason = "judging fell behind"
	NoRoom     Reason = "there was no memory left"
	ToHead     Reason = "an answer to HEAD has no body"
	Preflight  Reason = "a browser asked by OPTIONS, before its request"
	Packed     Reason = "its body cannot be unpacked"
	Incomplete Reason = "it has no complete answer"
	Lost       Reason = "its connection was watched no longer"
	unwritten  Reason = "it could not be written down"
)

// Why a connection is watched no longer.
const (
	lagging    Reason = "watching fell behind"
	failed     Reason = "watching failed"
	notHTTP    Reason = "it is not HTTP/1"
	http2      Reason = "it is HTTP/2"
	tunnelled  Reason = "it became something else than HTTP"
	unclear    Reason = "it is not clear where a request ends"
	malformed  Reason = "an answer is not HTTP"
	longHeader Reason = "a header goes on past 64 KiB"
	unasked    Reason = "an answer came that nobody asked for"
)

// Notes describes in a few lines what was not judged.
func (t Tally) Notes() []string {
	var notes []string
	for _, r := range slices.Sorted(maps.Keys(t.NotJudged)) {
		notes = append(notes, fmt.Sprintf("%s not judged: %s", text.Count(t.NotJudged[r], "exchange"), r))
	}
	for _, r := range slices.Sorted(maps.Keys(t.Unwatched)) {
		notes = append(notes, fmt.Sprintf("%s not watched to the end: %s", text.Count(t.Unwatched[r], "connection"), r))
	}
	if t.Unseen > 0 {
		notes = append(notes, text.Count(t.Unseen, "byte")+" passed unseen")
	}
	if t.Behind > 0 {
		notes = append(notes, text.Count(t.Behind, "byte")+" came behind answers that are not judged, or were judged before")
	}
	return notes
}

// counter is a tally under way.
type counter struct {
	mu sync.Mutex
	t  Tally
}

func (c *counter) add(change func(*Tally)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.t.NotJudged == nil {
		c.t.NotJudged, c.t.Unwatched = map[Reason]int64{}, map[Reason]int64{}
	}
	change(&c.t)
}

// now returns a copy.
func (c *counter) now() Tally {
	c.add(func(*Tally) {})
	c.mu.Lock()
	defer c.mu.Unlock()
	t := c.t
	t.NotJudged, t.Unwatched = maps.Clone(t.NotJudged), maps.Clone(t.Unwatched)
	return t
}
