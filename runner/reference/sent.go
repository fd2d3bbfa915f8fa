package reference

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/acsconform/acsconform/runner/reference/wire"
)

// sent is what goes over the wire: one reply written down.
type sent struct {
	reply   *reply
	status  int
	header  http.Header
	body    []byte
	chunked bool   // sent in two chunks, without Content-Length
	proto   string // of the status line, where it is another than HTTP/1.1 and the connection is HTTP/1
	mute    mute
	missing int // bytes that Content-Length promises beyond the body, of which none comes
}

// mute describes what comes instead of an answer. The right server always answers.
type mute int

const (
	speaks mute = iota
	resets      // the connection is reset
	closes      // the connection is closed without a byte
	hangs       // nothing comes until the client goes away, five minutes at most
)

// write sends it as the answer to r.
func (out *sent) write(w http.ResponseWriter, r *http.Request, c *call) {
	if out.mute == hangs {
		wait := time.NewTimer(5 * time.Minute)
		defer wait.Stop()
		select {
		case <-r.Context().Done():
		case <-wait.C:
		}
	}
	if (out.mute != speaks || out.proto != "" || out.missing > 0) && out.seize(w) {
		return
	}
	if out.mute != speaks {
		panic(http.ErrAbortHandler)
	}
	for name, values := range out.header {
		w.Header()[name] = values
	}
	if c.close {
		w.Header().Set("Connection", "close")
	}
	if out.chunked {
		w.WriteHeader(out.status)
		w.Write(out.body[:len(out.body)/2])
		http.NewResponseController(w).Flush()
		w.Write(out.body[len(out.body)/2:])
		return
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(out.body)))
	w.WriteHeader(out.status)
	w.Write(out.body)
}

// seize takes the connection over and does with it what net/http would not. It reports false where there is none to
// be had, as in HTTP/2.
func (out *sent) seize(w http.ResponseWriter) bool {
	raw, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return false
	}
	if own, ok := raw.(*wire.Conn); ok && out.mute != speaks {
		own.Drop(out.mute == resets)
		return true
	}
	raw.Write(out.raw())
	raw.Close()
	return true
}

// raw renders the answer for a connection that is closed after it.
func (out *sent) raw() []byte {
	if out.mute != speaks {
		return nil
	}
	proto := out.proto
	if proto == "" {
		proto = "HTTP/1.1"
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %d %s\r\n", proto, out.status, http.StatusText(out.status))
	names := make([]string, 0, len(out.header))
	for name := range out.header {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range out.header[name] {
			fmt.Fprintf(&b, "%s: %s\r\n", name, value)
		}
	}
	fmt.Fprintf(&b, "Content-Length: %d\r\nConnection: close\r\n\r\n", len(out.body)+out.missing)
	b.Write(out.body)
	return b.Bytes()
}
