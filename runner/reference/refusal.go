package reference

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/acsconform/acsconform/runner/reference/wire"
	"github.com/acsconform/acsconform/schemas"
)

// refusal renders the answer to what never became a request: garbage, a broken header, a version or a transfer
// coding that nobody knows.
func (s *Server) refusal(c *wire.Conn) []byte {
	head := c.Head()
	f := &fault{condition: hostile, parameter: "request"}
	if c.Leftover() {
		f = &fault{condition: contentLengthMismatch, parameter: "Content-Length"}
	}
	call := &call{
		now: s.now(), style: schemas.RPC, header: http.Header{}, public: map[string]string{},
		host: hostName(wire.Field(head, "Host")), secure: c.Secure(), conn: c, close: true, broken: f,
	}
	if call.host == "" {
		call.host = hostName(c.LocalAddr().String())
	}
	line, _, _ := bytes.Cut(head, []byte("\n"))
	if _, query, ok := strings.Cut(firstWords(string(line)), "?"); ok {
		call.query, _ = pairs(query)
	}
	call.format = s.formatOf(call.query)
	return s.encode(call, s.refuse(call, f)).raw()
}

// firstWords cuts the protocol off a request line.
func firstWords(line string) string {
	if i := strings.LastIndex(line, " HTTP/"); i >= 0 {
		return line[:i]
	}
	return strings.TrimSpace(line)
}
