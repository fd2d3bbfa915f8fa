package runner

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"sync"

	"github.com/acsconform/acsconform/schemas"
)

// transcript writes exchanges as JSON Lines. The zero transcript writes nothing.
type transcript struct {
	mu  sync.Mutex
	out *bufio.Writer
	err error
}

func (t *transcript) open(w io.Writer) { t.out = bufio.NewWriterSize(w, 64<<10) }

// write appends one exchange, secrets left out. It keeps nothing but the line under way.
func (t *transcript) write(r *Redactor, x *schemas.Exchange) {
	if t.out == nil {
		return
	}
	line, err := json.Marshal(r.Exchange(x))
	t.mu.Lock()
	defer t.mu.Unlock()
	if err == nil && t.err == nil {
		_, err = t.out.Write(append(line, '\n'))
	}
	t.note(err)
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
