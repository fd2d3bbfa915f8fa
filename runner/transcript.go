package runner

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/acsconform/acsconform/runner/redact"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
	"github.com/acsconform/acsconform/suites"
)

// transcript writes exchanges as JSON Lines. The zero transcript writes nothing.
type transcript struct {
	mu  sync.Mutex
	out *bufio.Writer
	err error
}

func (t *transcript) open(w io.Writer) { t.out = bufio.NewWriterSize(w, 64<<10) }

// write appends one exchange, secrets left out. It keeps nothing but the line under way.
func (t *transcript) write(r *redact.Redactor, x *schemas.Exchange) {
	if t.out == nil {
		return
	}
	line, err := json.Marshal(recorded(r, x))
	t.mu.Lock()
	defer t.mu.Unlock()
	if err == nil && t.err == nil {
		_, err = t.out.Write(append(line, '\n'))
	}
	t.note(err)
}

// recorded returns the copy that can be written down. Where a secret was taken out of the answer, it says that there was
// one, so that the one who judges the copy finds what was found of the answer.
func recorded(r *redact.Redactor, x *schemas.Exchange) *schemas.Exchange {
	shown := r.Exchange(x)
	if p := x.Response; p != nil && len(x.Asked.Secrets) > 0 && (!bytes.Equal(shown.Response.Body, p.Body) || !slices.Equal(shown.Response.Header, p.Header)) {
		shown.Asked.Disclosed = suites.Discloses(x, body.Open(x.Response.Body))
	}
	return shown
}

func (t *transcript) close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.out != nil {
		t.note(t.out.Flush())
	}
}

func (t *transcript) failed() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.err
}

func (t *transcript) note(err error) {
	if err != nil && t.err == nil {
		t.err = fmt.Errorf("the transcript is incomplete: %w", err)
	}
}
