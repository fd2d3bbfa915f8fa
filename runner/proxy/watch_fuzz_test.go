package proxy

import (
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/url"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

// FuzzWatch has strangers speak on both sides, in pieces of any size. Whatever they say, the watch does not fail, counts
// every request it read, and holds nothing at the end.
func FuzzWatch(f *testing.F) {
	for _, seed := range [][2]string{
		{ask, sized(good)},
		{ask + ask, sized(good) + answered("Transfer-Encoding: chunked\r\n", "2\r\nab\r\n0\r\nX: y\r\n\r\n")},
		{"POST / HTTP/1.1\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n" + ask, "HTTP/1.1 100 Continue\r\n\r\n" + sized(good)},
		{"HEAD / HTTP/1.1\r\n\r\nGET /a b HTTP/1.0\r\n\r\n", answered("Content-Length: 9\r\n", "") + answered("", good)},
		{"GET / HTTP/1.1\r\nUpgrade: h2c\r\n\r\n" + ask, "HTTP/1.1 204 No Content\r\n\r\n" + sized(good)},
		{"GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n\x81", "HTTP/1.1 101 Switching Protocols\r\n\r\n\x81"},
		{"CONNECT b:443 HTTP/1.1\r\n\r\n\x16", "HTTP/1.1 200 OK\r\n\r\n\x16"},
		{"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\x00\x00\x00"},
		{"GET / HTTP/1.1\r\n fold\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc", "HTTP/1.1 400\r\nContent-Length: 2\r\nContent-Length: 20\r\n\r\n{}"},
		{"POST / HTTP/1.1\r\nContent-Length: 2000000\r\n\r\nabc", answered("Content-Length: 2000000\r\n", good)},
		{"GET / HTTP/1.1\r\nAccept-Encoding: gzip\r\n\r\n", withCoding("gzip", packed(good))},
		{"GET / HTTP/1.1\r\nAccept-Encoding: zstd, deflate\r\n\r\n", withCoding("zstd", "\x28\xb5\x2f\xfd")},
	} {
		f.Add([]byte(seed[0]), []byte(seed[1]), uint16(7), uint8(0))
		f.Add([]byte(seed[0]), []byte(seed[1]), uint16(999), uint8(3))
	}
	f.Fuzz(func(t *testing.T, sent, answered []byte, size uint16, ends uint8) {
		var lines bytes.Buffer
		w := NewWatch(&lines, "ecs", memory)
		w.between(&net.TCPAddr{Port: 80}, &url.URL{Scheme: "http", Host: "upstream"})
		speak(w.connection(), sent, answered, int(size)+1, ends)
		w.Close()
		tally, total := w.Tally(), int64(0)
		for _, n := range tally.NotJudged {
			total += n
		}
		for line := range strings.Lines(lines.String()) {
			x := &schemas.Exchange{}
			if err := json.Unmarshal([]byte(line), x); err != nil || x.Response == nil {
				t.Errorf("%q: %v", line, err)
			}
			total++
		}
		if total != tally.Exchanges || tally.Unwatched[failed]+tally.Unwatched[lagging]+tally.NotJudged[unwritten] > 0 {
			t.Errorf("%d of %d requests are accounted for: %q", total, tally.Exchanges, tally.Notes())
		}
		if held := memory - w.budget.left.Load(); held != 0 {
			t.Errorf("%d bytes are held at the end", held)
		}
	})
}

// speak puts pieces of both sides in turn, and ends both.
func speak(t *tap, sent, answered []byte, size int, ends uint8) {
	for len(sent)+len(answered) > 0 {
		for _, side := range []struct {
			s    *stream
			rest *[]byte
		}{{t.sent, &sent}, {t.answered, &answered}} {
			n := min(size, len(*side.rest))
			side.s.put((*side.rest)[:n])
			side.s.wake()
			*side.rest = (*side.rest)[n:]
		}
	}
	end := [...]error{io.EOF, errBroken}
	t.sent.finish(end[ends&1])
	t.answered.finish(end[ends>>1&1])
}
