package input

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/go-json-experiment/json/jsontext"
)

// harReader streams the entries of HAR documents, whose size does not matter. Several may follow one another in a file, as
// they do where it was appended to, or where packed files were put together.
type harReader struct {
	in     rewound
	dec    *jsontext.Decoder
	breaks *lineBreaks
	line   int64 // that the document begins on
	whole  bool  // a document before was whole
	begun  bool  // the object of this one is open
	found  bool  // it has entries
	inside bool  // of a list of them
	done   bool
	fail   error // how the file ended, once what was read of it is judged
}

func newHARReader(in io.Reader) *harReader {
	h := &harReader{in: rewound{in: in}, line: 1}
	h.reset()
	return h
}

// reset begins a document.
func (h *harReader) reset() {
	h.breaks = &lineBreaks{in: &h.in, passed: h.line - 1}
	h.dec = jsontext.NewDecoder(h.breaks, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	h.breaks.dec, h.begun, h.found = h.dec, false, false
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

// fault describes why the file cannot be read any further: it is truncated, something else follows, or it is not a HAR file.
func (h *harReader) fault(err error) error {
	line := h.breaks.line(h.dec.InputOffset())
	var cut *CutError
	var path *fs.PathError
	switch {
	case errors.As(err, &cut):
		cut.line, cut.Behind = line, cut.Behind && !h.begun // a document that is cut is no whole text
		return cut
	case errors.Is(err, ErrStopped), errors.As(err, &path):
		return err
	case h.whole && !h.found:
		return &CutError{line: line, err: err, document: true}
	case errors.Is(err, io.ErrUnexpectedEOF), h.found:
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
		h.inside = false
		_, err := h.dec.ReadToken()
		return err
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

// harPath are the members that lead to the entries.
var harPath = [...]string{"log", "entries"}

// seek goes to the next list of entries, log.entries of this document or of one that follows, and into it. It reports false
// at the end of the file.
func (h *harReader) seek() (bool, error) {
	for {
		depth := h.dec.StackDepth()
		if depth == 0 {
			if more, err := h.begin(); err != nil || !more {
				return false, err
			}
			continue
		}
		name := harPath[depth-1]
		if h.dec.PeekKind() == '}' {
			if !h.found {
				return false, fmt.Errorf("there is no %q", name)
			}
			if _, err := h.dec.ReadToken(); err != nil {
				return false, err
			}
			continue
		}
		token, err := h.dec.ReadToken()
		switch {
		case err != nil:
			return false, err
		case token.String() != name:
			err = h.dec.SkipValue()
		case depth == len(harPath):
			err = h.enter('[')
			h.found = h.found || err == nil
			return err == nil, err
		default:
			err = h.enter('{')
		}
		if err != nil {
			return false, err
		}
	}
}

// begin goes into a document, at the beginning of the file or behind another document. It reports false at the end of the file.
func (h *harReader) begin() (more bool, err error) {
	if h.begun {
		h.line = h.breaks.line(h.dec.InputOffset())
		h.in.unread(h.dec.UnreadBuffer())
		h.whole = true
	}
	lines, err := h.in.gap()
	h.line += lines
	h.reset()
	if errors.Is(err, io.EOF) && h.whole {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	err = h.enter('{')
	h.begun = err == nil
	return h.begun, err
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
