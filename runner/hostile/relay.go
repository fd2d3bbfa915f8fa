package hostile

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
	"time"
)

// lingering is how long a connection is drained after an answer, so that a reset on closing does not destroy the answer.
const lingering = 30 * time.Second

// serve answers the requests of one connection until the target has behaved badly on one.
func (l *Listening) serve(c net.Conn) {
	var came bytes.Buffer
	in := bufio.NewReader(io.TeeReader(c, &came))
	target := l.next()
	for {
		came.Reset()
		if _, err := in.Peek(1); err != nil {
			return
		}
		request, err := readRequest(in)
		if answer := l.right(target, request, err, came.Bytes()); answer != nil {
			if _, err := c.Write(answer); err != nil {
				return
			}
			continue
		}
		target.act(c)
		closeWrite(c)
		_ = c.SetReadDeadline(time.Now().Add(lingering))
		gone(c)
		return
	}
}

// readRequest reads a request with its body.
func readRequest(in *bufio.Reader) (*http.Request, error) {
	request, err := http.ReadRequest(in)
	if err == nil {
		_, err = io.Copy(io.Discard, request.Body)
	}
	return request, err
}

// right returns the right server's answer where this request is to have one, and nil where the target is to behave badly.
// What cannot be read as a request is not asked for.
func (l *Listening) right(t *Target, request *http.Request, unread error, came []byte) []byte {
	n := l.requests.Add(1)
	mostly := t.well || t.rare > 0
	switch {
	case t.rare > 0 && n%int64(t.rare) == 0, !mostly && (l.when == Always || unread != nil):
		return nil
	case t.also != nil && t.also(request):
		return nil
	}
	answer, status := l.ask(request, came, unread != nil)
	if !mostly && status/100 != 2 {
		return nil
	}
	return answer
}

// ask sends the bytes of a request to the right server and returns the bytes of its answer. Of a request that is not
// whole, the right server is told that no more comes.
func (l *Listening) ask(request *http.Request, came []byte, all bool) (answer []byte, status int) {
	up, err := net.Dial("tcp", l.upstream)
	if err != nil {
		return nil, 0
	}
	defer up.Close()
	if _, err := up.Write(came); err != nil {
		return nil, 0
	}
	if all {
		closeWrite(up)
	}
	var raw bytes.Buffer
	response, err := http.ReadResponse(bufio.NewReader(io.TeeReader(up, &raw)), request)
	if err != nil {
		return nil, 0
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return nil, 0
	}
	return raw.Bytes(), response.StatusCode
}
