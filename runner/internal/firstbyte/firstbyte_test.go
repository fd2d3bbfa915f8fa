package firstbyte_test

import (
	"errors"
	"io"
	"net"
	"testing"

	"github.com/acsconform/acsconform/runner/internal/firstbyte"
)

func TestWhatCameFirstIsReadAgain(t *testing.T) {
	for text, secure := range map[string]bool{"GET / HTTP/1.1\r\n\r\n": false, "\x16\x03\x01 and more": true, "": false} {
		near, far := net.Pipe()
		go func() {
			_, _ = io.WriteString(far, text)
			_, _ = io.WriteString(far, " later")
			_ = far.Close()
		}()
		c, err := firstbyte.Read(near)
		got, fault := io.ReadAll(c)
		if err != nil || fault != nil || string(got) != text+" later" || c.NetConn() != near {
			t.Errorf("%q: got %q (%v, %v)", text, got, err, fault)
		}
		again, far := net.Pipe()
		go func() { _, _ = io.WriteString(far, text) }()
		if text == "" {
			_ = far.Close()
		}
		if c, err = firstbyte.Read(again); c.Secure() != secure || (text == "") != (err != nil) {
			t.Errorf("%q: secure %v (%v)", text, c.Secure(), err)
		}
		if _, err := c.Read(make([]byte, 1)); text == "" && !errors.Is(err, io.EOF) {
			t.Errorf("the end is read as %v", err)
		}
	}
}
