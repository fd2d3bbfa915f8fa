package proxy

import (
	"bufio"
	"io"
)

// keptBody is the beginning of a body.
type keptBody struct {
	budget *budget
	text   []byte
	length int64 // of the whole body
	lost   bool  // there was no room for it
}

// Write keeps what there is room for, and never fails.
func (k *keptBody) Write(p []byte) (int, error) {
	k.length += int64(len(p))
	n := min(len(p), maxBody-len(k.text))
	switch {
	case k.lost || n <= 0:
	case !k.budget.take(n):
		k.release()
		k.lost = true
	default:
		k.text = append(k.text, p[:n]...)
	}
	return len(p), nil
}

// passed counts bytes that were not written.
func (k *keptBody) passed(n int64) { k.length += n }

func (k *keptBody) release() {
	k.budget.give(len(k.text))
	k.text = nil
}

// bodySink takes a body, or the beginning of it.
type bodySink interface {
	io.Writer
	passed(n int64)
}

// keep reads a body that comes out of a stream by way of in. What is past the cap is not even copied, where it is known
// how much that is.
func (s *stream) keep(k bodySink, body io.Reader, length int64, in *bufio.Reader) error {
	if length <= maxBody {
		return copyTo(k, body)
	}
	if err := copyTo(k, io.LimitReader(body, maxBody)); err != nil {
		return err
	}
	rest := length - maxBody
	k.passed(rest)
	buffered, err := in.Discard(int(min(rest, int64(in.Buffered()))))
	if err != nil {
		return err
	}
	return s.pass(rest - int64(buffered))
}

// copyTo copies to the end.
func copyTo(to io.Writer, from io.Reader) error {
	lent := pieces.Get().(*[]byte)
	defer pieces.Put(lent)
	_, err := io.CopyBuffer(to, from, *lent)
	return err
}
