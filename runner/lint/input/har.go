package input

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// harReader streams the entries of a HAR file, whose size does not matter.
type harReader struct {
	dec    *jsontext.Decoder
	breaks *lineBreaks
	inside bool // of the list of entries
	done   bool
	fail   error // how the file ended, once what was read of it is judged
}

func newHARReader(in io.Reader) *harReader {
	b := &lineBreaks{in: in}
	b.dec = jsontext.NewDecoder(b, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	return &harReader{dec: b.dec, breaks: b}
}

// next fills a block with the next entries of the file. It reports false at the end.
func (h *harReader) next(b *Block) (bool, error) {
	b.har = true
	for !h.done && len(b.Data) < blockSize {
		if err := h.step(b); err != nil {
			h.done, h.fail = true, h.fault(err)
		}
	}
	if len(b.ends) > 0 {
		return true, nil
	}
	return false, h.fail
}

// fault describes why the file cannot be read any further: it is truncated, or not a HAR file.
func (h *harReader) fault(err error) error {
	line := h.breaks.line(h.dec.InputOffset())
	var cut *CutError
	switch {
	case errors.As(err, &cut):
		cut.line = line
		return cut
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &CutError{line: line, err: err}
	}
	return fmt.Errorf("line %d: no HAR file: %w", line, err)
}

// step reads one entry, or moves to the next list of them.
func (h *harReader) step(b *Block) error {
	if !h.inside {
		found, err := h.seek()
		h.inside, h.done = found, !found
		return err
	}
	if h.dec.PeekKind() == ']' {
		h.inside, h.done = false, true // nothing of what follows is looked at
		return nil
	}
	raw, err := h.dec.ReadValue()
	if err != nil {
		return err
	}
	b.Data = append(b.Data, raw...)
	b.ends = append(b.ends, len(b.Data))
	b.lines = append(b.lines, h.breaks.line(h.dec.InputOffset()-int64(len(raw))))
	return nil
}

// seek goes to log.entries and into the list.
func (h *harReader) seek() (bool, error) {
	for _, name := range []string{"log", "entries"} {
		if err := h.enter('{'); err != nil {
			return false, err
		}
		for {
			if h.dec.PeekKind() == '}' {
				return false, fmt.Errorf("there is no %q", name)
			}
			token, err := h.dec.ReadToken()
			if err != nil {
				return false, err
			}
			if token.String() == name {
				break
			}
			if err := h.dec.SkipValue(); err != nil {
				return false, err
			}
		}
	}
	return true, h.enter('[')
}

func (h *harReader) enter(kind jsontext.Kind) error {
	token, err := h.dec.ReadToken()
	if err == nil && token.Kind() != kind {
		err = fmt.Errorf("want %s, got %s", kind, token.Kind())
	}
	return err
}

// lineBreaks remembers where the line breaks are that were read and not yet asked for.
type lineBreaks struct {
	in     io.Reader
	dec    *jsontext.Decoder
	read   int64
	at     []int64
	passed int64
}

// maxBreaks is how many line breaks an entry may have.
const maxBreaks = 2 << 20

var errLongEntry = errors.New("a value is longer than 16 MiB, or has too many line breaks")

// Read reads on as long as what the decoder holds of one value stays within bounds.
func (l *lineBreaks) Read(p []byte) (int, error) {
	if l.read-l.dec.InputOffset() > maxRecord || len(l.at) > maxBreaks {
		return 0, errLongEntry
	}
	n, err := l.in.Read(p)
	for rest, base := p[:n], l.read; ; {
		i := bytes.IndexByte(rest, '\n')
		if i < 0 {
			break
		}
		l.at = append(l.at, base+int64(i))
		rest, base = rest[i+1:], base+int64(i)+1
	}
	l.read += int64(n)
	return n, err
}

// line returns the line that a position is on. Positions come in ascending order.
func (l *lineBreaks) line(offset int64) int64 {
	n := 0
	for n < len(l.at) && l.at[n] < offset {
		n++
	}
	l.at = append(l.at[:0], l.at[n:]...)
	l.passed += int64(n)
	return l.passed + 1
}
