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
	"github.com/acsconform/acsconform/runner/transport"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
	"github.com/acsconform/acsconform/suites"
	"github.com/acsconform/acsconform/suites/wording"
)

// transcript writes exchanges as JSON Lines. The zero transcript writes nothing.
type transcript struct {
	mu  sync.Mutex
	out *bufio.Writer
	err error
}

func (t *transcript) open(w io.Writer) { t.out = bufio.NewWriterSize(w, 64<<10) }

// write appends one exchange. It keeps nothing but the line under way.
func (t *transcript) write(x redact.Clean[*schemas.Exchange]) {
	line, err := json.Marshal(x.Value())
	t.mu.Lock()
	defer t.mu.Unlock()
	if err == nil && t.err == nil {
		_, err = wording.JSON(t.out).Write(append(line, '\n'))
	}
	t.note(err)
}

// recorded returns the copy that can be written down, cut only once it holds no secret: a part of one could not be told
// from other text. Where a secret was taken out of the answer, it says that there was one, so that the one who judges the
// copy finds what was found of the answer.
func recorded(r *redact.Redactor, x *schemas.Exchange) redact.Clean[*schemas.Exchange] {
	part := *x
	part.Response = transport.Searched(x.Response)
	clean := r.Exchange(&part)
	shown := clean.Value()
	transport.Shorten(shown.Response)
	if p := x.Response; p != nil && len(x.Intent.Secrets) > 0 && (!bytes.HasPrefix(p.Body, shown.Response.Body) || !slices.Equal(shown.Response.Header, p.Header)) {
		shown.Intent.Disclosed = suites.Discloses(x, body.Open(x.Response.Body))
	}
	return clean
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
