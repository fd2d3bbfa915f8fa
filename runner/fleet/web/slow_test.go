package web

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"golang.org/x/net/netutil"

	"github.com/acsconform/acsconform/runner/fleet/made"
)

// slowly serves pages to so many connections, with deadlines that a test can wait for.
func slowly(t *testing.T, h http.Handler, most int) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := Server(h)
	for _, d := range []*time.Duration{&server.ReadHeaderTimeout, &server.ReadTimeout, &server.WriteTimeout, &server.IdleTimeout} {
		if *d <= 0 || *d > time.Minute {
			t.Errorf("a deadline of the server is %v", *d)
		}
		*d /= 50
	}
	go func() { _ = server.Serve(netutil.LimitListener(l, most)) }()
	t.Cleanup(func() { _ = server.Close() })
	return l.Addr().String()
}

// Clients that send their request a letter at a time, or read no answer, are put out, so that others get in although no
// further connection was free.
func TestSlowClientsKeepNobodyOut(t *testing.T) {
	h, _ := siteOf(t, made.Fleet{Targets: 200, Rounds: 2, Red: 1, Breaks: 84}, &Door{Loopback: true})
	for what, begin := range map[string]string{
		"no request":         "",
		"half a head":        "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
		"half a body":        "POST /run HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\na",
		"an answer not read": "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nGET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
		"idle":               "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
	} {
		const most = 4
		address := slowly(t, h, most)
		for range most {
			c, err := net.Dial("tcp", address)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = c.Close() }()
			if err := c.(*net.TCPConn).SetReadBuffer(1 << 10); err != nil {
				t.Fatal(err)
			}
			if _, err := io.WriteString(c, begin); err != nil {
				t.Fatal(err)
			}
		}
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := fmt.Fprintf(c, "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		answer, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil || answer.StatusCode != http.StatusOK {
			t.Errorf("%s: %v, %v", what, answer, err)
		}
		_ = c.Close()
	}
}

// A listener of ours takes no more than it is for.
func TestConnectionsAreLimited(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	limited := Limited(l)
	defer func() { _ = limited.Close() }()
	accepted := make(chan net.Conn, 2*connections)
	go func() {
		for {
			c, err := limited.Accept()
			if err != nil {
				return
			}
			accepted <- c
		}
	}()
	var clients []net.Conn
	defer func() {
		for _, c := range clients {
			_ = c.Close()
		}
	}()
	for range connections + 10 {
		c, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		clients = append(clients, c)
	}
	var held []net.Conn
	for range connections {
		held = append(held, <-accepted)
	}
	select {
	case <-accepted:
		t.Fatal("one more was accepted")
	default:
	}
	_ = held[0].Close()
	<-accepted // the place that became free
}
