package proxy

import (
	"net"
	"syscall"
	"testing"
)

// A reset does not overtake what was said before it, also where the client takes its time to read.
func TestWhatCameBeforeAResetArrives(t *testing.T) {
	text := answered("", large[:100<<10]) // the proxy has taken it all, and the client little
	over := make(chan struct{})
	address, _ := upstreamOf(t, []step{hear(len(ask)), say(text), heardOut, resets, shut, func(*peer) { close(over) }})
	proxied, closed := started(t, address, nil)
	narrow := net.Dialer{Control: func(_, _ string, raw syscall.RawConn) error {
		return raw.Control(func(fd uintptr) { _ = syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF, 4<<10) })
	}}
	c, err := narrow.Dial("tcp", proxied)
	if err != nil {
		t.Fatal(err)
	}
	client := act(c, []step{say(ask), func(*peer) { <-over }, hearAll})
	if client.heard.String() != text || client.end != "reset" {
		t.Errorf("%d bytes of %d, then %s", client.heard.Len(), len(text), client.end)
	}
	closed()
}
