package proxy

import (
	"io"
	"strings"
	"testing"
)

var large = strings.Repeat("0123456789abcdef", 1<<18) // 4 MiB

// talks are connections of every sort. Where a side ends without reading to the end, its own end says nothing.
var talks = []talk{
	{"an exchange", []step{say(ask), hear(len(sized(good))), shut}, []step{hear(len(ask)), say(sized(good)), hearAll}},
	{"several exchanges", []step{say(ask), hear(len(sized(good))), say(ask), hear(len(sized(good))), closeWrite, hearAll},
		[]step{hear(len(ask)), say(sized(good)), hear(len(ask)), say(sized(good)), hearAll}},
	{"pipelined", []step{say(strings.Repeat(ask, 50)), closeWrite, hearAll}, []step{hear(50 * len(ask)), say(strings.Repeat(sized(good), 50)), hearAll}},
	{"chunks and a trailer", []step{say(ask), closeWrite, hearAll},
		[]step{hear(len(ask)), say(answered("Transfer-Encoding: chunked\r\n", "10;x=y\r\n"+good[:16]+"\r\n24\r\n"+good[16:]+"\r\n0\r\nX-Sum: 1\r\n\r\n")), hearAll}},
	{"a chunked request", []step{say("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"), hear(len(sized(good))), closeWrite, hearAll},
		[]step{hearUntil("0\r\n\r\n"), say(sized(good)), hearAll}},
	{"HEAD", []step{say("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n"), hearUntil("\r\n\r\n"), say(ask), closeWrite, hearAll},
		[]step{hearUntil("\r\n\r\n"), say(answered("Content-Length: 52\r\n", "")), hear(len(ask)), say(sized(good)), hearAll}},
	{"100-continue", []step{say("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"), hearUntil("\r\n\r\n"), say("hello"), closeWrite, hearAll},
		[]step{hearUntil("\r\n\r\n"), say("HTTP/1.1 100 Continue\r\n\r\n"), hear(5), say(sized(good)), hearAll}},
	{"100-continue refused", []step{say("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"), hearAll},
		[]step{hearUntil("\r\n\r\n"), say("HTTP/1.1 417 No\r\nContent-Length: 0\r\n\r\n"), closeWrite, hearAll}},
	{"early hints", []step{say(ask), closeWrite, hearAll}, []step{hear(len(ask)), say("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + sized(good)), hearAll}},
	{"204 and 304", []step{say(ask + ask), closeWrite, hearAll}, []step{hear(2 * len(ask)), say("HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n"), hearAll}},
	{"a body until the end", []step{say(ask), hearAll}, []step{hear(len(ask)), say(answered("", good)), shut}},
	{"HTTP/1.0", []step{say("GET / HTTP/1.0\r\n\r\n"), hearAll}, []step{hearUntil("\r\n\r\n"), say("HTTP/1.0 200 OK\r\n\r\n" + good), shut}},
	{"the client ends its sending first", []step{say(ask), closeWrite, hearAll}, []step{hearAll, say(sized(good)), shut}},
	{"large both ways", []step{say("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4194304\r\n\r\n" + large), hearAll},
		[]step{hearUntil("\r\n\r\n"), hear(len(large)), say(answered("", large)), shut}},
	{"the upstream ends in mid-body", []step{say(ask), hearAll}, []step{hear(len(ask)), say(answered("Content-Length: 52\r\n", good[:20])), shut}},
	{"the upstream resets in mid-body", []step{say(ask), hearAll}, []step{hear(len(ask)), say(answered("Content-Length: 52\r\n", good[:20])), resets}},
	{"the upstream resets a large answer at its end", []step{say(ask), hearAll}, []step{hear(len(ask)), say(answered("", large)), heardOut, resets}},
	{"the upstream ends without a byte", []step{say(ask), hearAll}, []step{hear(len(ask)), shut}},
	{"the upstream resets without a byte", []step{say(ask), hearAll}, []step{hear(len(ask)), resets}},
	{"the client resets", []step{say(ask), hear(10), resets}, []step{hear(len(ask)), say(sized(good)), hearAll}},
	{"the client resets in mid-request", []step{say(ask[:40]), resets}, []step{hear(40), hearAll}},
	{"the client leaves in mid-request", []step{say(ask[:40]), shut}, []step{hearAll}},
	{"the client leaves in mid-answer", []step{say(ask), hear(10), shut}, []step{hear(len(ask)), say(answered("", "")), flood(large)}},
	{"the client ends its sending and leaves in mid-answer", []step{say(ask), closeWrite, hear(10), shut}, []step{hearAll, say(answered("", "")), flood(large)}},
	{"no byte at all", []step{shut}, []step{hearAll}},
	{"the upstream speaks first", []step{hearUntil("\n"), say("QUIT\r\n"), hearAll}, []step{say("220 ready\r\n"), hearUntil("\n"), say("221 bye\r\n"), shut}},
	{"garbage", []step{say("\x16\x03\x01\x02\x00\x01\x00\r\n\r\n"), closeWrite, hearAll}, []step{hearAll, say("\x15\x03\x03\x00\x02\x02\x16"), shut}},
	{"a request that is wrong", []step{say("GET /a b HTTP/1.1\r\nno colon\r\nContent-Length: -1\r\n\r\n"), hearAll}, []step{hearUntil("\r\n\r\n"), say(sized(good)), shut}},
	{"WebSocket", []step{say("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"), hearUntil("\r\n\r\n"), say("\x81\x02hi"), hear(4), closeWrite, hearAll},
		[]step{hearUntil("\r\n\r\n"), say("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"), hear(4), say("\x81\x02ho"), hearAll}},
	{"CONNECT", []step{say("CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\n"), hearUntil("\r\n\r\n"), say("\x00\x01"), hear(2), closeWrite, hearAll},
		[]step{hearUntil("\r\n\r\n"), say("HTTP/1.1 200 Connected\r\n\r\n"), hear(2), say("\x02\x03"), hearAll}},
	{"HTTP/2", []step{say("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00"), hear(9), closeWrite, hearAll},
		[]step{hear(33), say("\x00\x00\x00\x04\x00\x00\x00\x00\x00"), hearAll}},
}

// heardOut waits until all that was said has arrived.
func heardOut(p *peer) { arrived(&side{Conn: p.TCPConn}, patience) }

// Through the proxy both sides hear what they hear without it, byte for byte and to the same end, watched or not.
func TestEveryByteAndEndPassesUnchanged(t *testing.T) {
	for _, k := range talks {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			address, peers := upstreamOf(t, k.upstream)
			want := k.play(t, address, peers)
			for name, w := range map[string]*Watch{"unwatched": nil, "watched": NewWatch(io.Discard, "ecs", memory)} {
				proxied, closed := started(t, address, w)
				if got := k.play(t, proxied, peers); got != want {
					t.Errorf("%s: %s\nwant %s", name, got, want)
				}
				closed()
				if w != nil && w.budget.left.Load() != memory {
					t.Errorf("%d bytes are held at the end", memory-w.budget.left.Load())
				}
			}
		})
	}
}

// What fails in watching is nothing to those who talk.
func TestAWatchThatFailsHoldsUpNothing(t *testing.T) {
	stuck := make(chan struct{})
	defer close(stuck)
	for name, fail := range map[string]func(*Watch){
		"panics":                   func(w *Watch) { w.look = func(*pendingRequest) { panic("on purpose") } },
		"is stuck":                 func(w *Watch) { w.look = func(*pendingRequest) { <-stuck } },
		"is stuck in writing":      func(w *Watch) { w.out = writer(func([]byte) (int, error) { <-stuck; return 0, io.ErrClosedPipe }) },
		"panics in writing":        func(w *Watch) { w.out = writer(func([]byte) (int, error) { panic("on purpose") }) },
		"has no memory":            func(w *Watch) { w.budget.left.Store(0) },
		"has no room in the queue": func(w *Watch) { w.queue = make(chan *pair) },
	} {
		t.Run(name, func(t *testing.T) {
			for _, k := range talks {
				address, peers := upstreamOf(t, k.upstream)
				want := k.play(t, address, peers)
				w := newWatch(io.Discard, "ecs", 1<<20)
				fail(w)
				go w.record()
				proxied, closed := started(t, address, w)
				for range 3 {
					if got := k.play(t, proxied, peers); got != want {
						t.Errorf("%s: %s\nwant %s", k.name, got, want)
					}
				}
				_ = closed
			}
		})
	}
}

type writer func([]byte) (int, error)

func (w writer) Write(p []byte) (int, error) { return w(p) }
