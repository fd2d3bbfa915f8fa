package server

import (
	"bytes"
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/acsconform/acsconform/runner/reference/wire"
)

// Sent is what goes over the wire: one reply written down.
type Sent struct {
	Reply    *Reply
	Status   int
	Header   http.Header
	Body     []byte
	Chunked  bool   // sent in two chunks, without Content-Length
	Proto    string // of the status line, where it is another than HTTP/1.1 and the connection is HTTP/1
	Mute     Mute
	Missing  int  // bytes that Content-Length promises beyond the body, of which none comes
	HeadBody bool // the body goes out in answer to HEAD too, which has none
}

// Mute describes what comes instead of an answer. The right server always answers.
type Mute int

// The ways in which a server ends a connection, or keeps it waiting, instead of answering.
const (
	speaks Mute = iota
	Resets      // the connection is reset
	Closes      // the connection is closed without a byte
	Hangs       // nothing comes until the client goes away, five minutes at most
)

// write sends it as the answer to r.
func (out *Sent) write(w http.ResponseWriter, r *http.Request, c *Call) {
	if out.Mute == Hangs {
		wait := time.NewTimer(5 * time.Minute)
		defer wait.Stop()
		select {
		case <-r.Context().Done():
		case <-wait.C:
		}
	}
	if head := r.Method == http.MethodHead; (out.Mute != speaks || out.Proto != "" || out.Missing > 0 || head && out.HeadBody) && out.seize(w, head && !out.HeadBody) {
		return
	}
	if out.Mute != speaks {
		panic(http.ErrAbortHandler)
	}
	for name, values := range out.Header {
		w.Header()[name] = values
	}
	if c.Close {
		w.Header().Set("Connection", "close")
	}
	if out.Chunked {
		w.WriteHeader(out.Status)
		w.Write(out.Body[:len(out.Body)/2])
		http.NewResponseController(w).Flush()
		w.Write(out.Body[len(out.Body)/2:])
		return
	}
	missing := 0
	if r.ProtoMajor == 2 {
		missing = out.Missing
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(out.Body)+missing))
	w.WriteHeader(out.Status)
	w.Write(out.Body)
	if missing > 0 { // the stream is reset behind what was sent, and the connection stays
		http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
}

// seize takes the connection over and does with it what net/http would not. It reports false where there is none to
// be had, as in HTTP/2. Of an answer to HEAD it sends the header alone.
func (out *Sent) seize(w http.ResponseWriter, header bool) bool {
	raw, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return false
	}
	if own, ok := raw.(*wire.Conn); ok && out.Mute != speaks {
		own.Drop(out.Mute == Resets)
		return true
	}
	text := out.raw()
	if header {
		text = text[:len(text)-len(out.Body)]
	}
	raw.Write(text)
	raw.Close()
	return true
}

// raw renders the answer for a connection that is closed after it.
func (out *Sent) raw() []byte {
	if out.Mute != speaks {
		return nil
	}
	proto := cmp.Or(out.Proto, "HTTP/1.1")
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %d %s\r\n", proto, out.Status, http.StatusText(out.Status))
	names := make([]string, 0, len(out.Header))
	for name := range out.Header {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range out.Header[name] {
			fmt.Fprintf(&b, "%s: %s\r\n", name, value)
		}
	}
	fmt.Fprintf(&b, "Content-Length: %d\r\nConnection: close\r\n\r\n", len(out.Body)+out.Missing)
	b.Write(out.Body)
	return b.Bytes()
}
