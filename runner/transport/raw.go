package transport

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// errHeaders ends the reading of a header that goes on past 64 KiB.
var errHeaders = errors.New("the header goes on past 64 KiB")

// sendRaw writes the bytes of a raw request to a socket of its own, over no proxy, and reads one answer under the caps
// and the deadline of every request. An answer that comes before the last byte was taken is an answer.
func (w *Wire) sendRaw(d *Deadline, c Call) {
	u, err := url.Parse(c.X.Request.URL)
	if err != nil {
		if u, err = Locate(c.X.Request.URL); err != nil {
			c.X.Fault = cancelled("not sent: " + err.Error())
			return
		}
	}
	conn, err := w.dialRaw(context.WithValue(d.Ctx, atKey{}, c.X.Request.Address), u)
	if err != nil {
		c.X.Fault = faultOf(err, d, w.where(u, c.X.Request.Address), false)
		return
	}
	defer conn.Close()
	defer context.AfterFunc(d.Ctx, func() { conn.SetDeadline(time.Unix(1, 0)) })()
	c.X.Started = time.Now()
	written := make(chan error, 1)
	go func() { written <- writeRaw(conn, c) }()
	err = w.readRaw(conn, d, c)
	conn.Close()
	if wrote := <-written; err != nil && errors.Is(err, io.EOF) && wrote != nil {
		err = wrote
	}
	if err != nil {
		c.X.Fault = faultOf(err, d, w.where(u, c.X.Request.Address), c.X.Response != nil)
	}
}

func (w *Wire) dialRaw(ctx context.Context, u *url.URL) (net.Conn, error) {
	conn, err := w.dial(ctx, "tcp", AddressOf(u))
	if err != nil || u.Scheme != "https" {
		return conn, err
	}
	conf := w.tls.Clone()
	conf.NextProtos = []string{"http/1.1"}
	conf.ServerName = cmp.Or(conf.ServerName, u.Hostname())
	secure := tls.Client(conn, conf)
	if err := secure.HandshakeContext(ctx); err != nil {
		conn.Close()
		return nil, err
	}
	return secure, nil
}

func writeRaw(conn net.Conn, c Call) error {
	raw := c.X.Request.Raw
	if c.Hold != nil && len(raw) > 0 {
		last := len(raw) - 1
		if _, err := conn.Write(raw[:last]); err != nil {
			return err
		}
		c.Hold()
		raw = raw[last:]
	}
	if _, err := conn.Write(raw); err != nil {
		return err
	}
	if half, ok := conn.(interface{ CloseWrite() error }); ok && c.X.Request.HalfClose {
		return half.CloseWrite()
	}
	return nil
}

// readRaw reads one answer; interim ones (1xx) are passed over.
func (w *Wire) readRaw(conn net.Conn, d *Deadline, c Call) error {
	in := &headed{in: conn, left: maxHeaders}
	buffered := bufio.NewReader(in)
	if _, err := buffered.Peek(1); err != nil {
		return err
	}
	method := methodOf(c.X.Request.Raw)
	answer, err := final(buffered, method)
	if in.over {
		return errHeaders
	}
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	in.left = -1
	c.X.Response = responseOf(answer)
	asked := bytes.Contains(bytes.ToLower(c.X.Request.Raw), []byte("\naccept-encoding:"))
	err = w.scratch.take(c.X.Response, answer, asked, c.Reservation, d)
	switch told := answer.ContentLength >= 0 || len(answer.TransferEncoding) > 0; {
	case err != nil || answer.StatusCode < 200:
	case method == http.MethodHead:
		c.X.Response.Behind = behindHead(conn, buffered, d)
	case told:
		c.X.Response.Behind = buffered.Buffered()
	}
	return err
}

// patienceForBody is how long a body is waited for that nobody may send, where the connection is not closed as was asked for.
const patienceForBody = time.Second

// behindHead counts what comes behind the answer to HEAD. A server that writes a body there writes it by itself, after the header.
func behindHead(conn net.Conn, in *bufio.Reader, d *Deadline) int {
	if d.Ctx.Err() == nil && conn.SetReadDeadline(time.Now().Add(patienceForBody)) == nil {
		_, _ = in.Peek(1) // the end of the connection, or the end of patience, is what is right
	}
	return in.Buffered()
}

// final reads answers until one that is not interim. As over the pool, interim ones are bounded by the length of all headers
// together alone.
func final(in *bufio.Reader, method string) (*http.Response, error) {
	for {
		answer, err := http.ReadResponse(in, &http.Request{Method: method})
		if err != nil || answer.StatusCode >= 200 || answer.StatusCode == http.StatusSwitchingProtocols {
			return answer, err
		}
	}
}

// methodOf returns the first word of a raw request, on which it depends whether the answer has a body.
func methodOf(raw []byte) string {
	word, _, _ := bytes.Cut(raw, []byte(" "))
	if string(word) == http.MethodHead {
		return http.MethodHead
	}
	return http.MethodGet
}

// headed caps what is read of a header; left below zero lifts the cap.
type headed struct {
	in   io.Reader
	left int
	over bool
}

func (h *headed) Read(p []byte) (int, error) {
	switch {
	case h.left < 0:
		return h.in.Read(p)
	case h.left == 0:
		h.over = true
		return 0, errHeaders
	}
	n, err := h.in.Read(p[:min(len(p), h.left)])
	h.left -= n
	return n, err
}
