package mutants

import (
	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
)

// behindMutants send more than the answer that was asked for.
func behindMutants() []vary.Variant {
	behind := func(name, says, text string) vary.Variant {
		return vary.Variant{Name: name, Clause: "ROBUST-1", Description: says, Apply: func(s *server.Server) { s.Trailer = []byte(text) }}
	}
	const second = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
	return []vary.Variant{
		behind("second-answer", "sends a second answer behind each", second),
		behind("line-break-behind-the-body", "ends each answer with a line break that its Content-Length does not count", "\r\n"),
		behind("one-byte-too-many", "sends a byte more than its Content-Length says", "\x00"),
	}
}
