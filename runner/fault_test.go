package runner

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/acsconform/acsconform/runner/transport"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

func writes(parts ...string) func(net.Conn) {
	return func(conn net.Conn) {
		if !takeRequest(conn) {
			return
		}
		for _, part := range parts {
			io.WriteString(conn, part)
		}
	}
}

// forever writes head, then part without end.
func forever(head, part string) func(net.Conn) {
	return func(conn net.Conn) {
		if !takeRequest(conn) {
			return
		}
		io.WriteString(conn, head)
		for {
			if _, err := io.WriteString(conn, part); err != nil {
				return
			}
		}
	}
}

func resets(conn net.Conn) {
	takeRequest(conn)
	conn.(interface{ SetLinger(int) error }).SetLinger(0)
}

func drips(head string) func(net.Conn) {
	return func(conn net.Conn) {
		takeRequest(conn)
		io.WriteString(conn, head)
		for {
			if _, err := io.WriteString(conn, "x"); err != nil {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
}

// A badServer has one thing wrong with it.
type badServer struct {
	name    string
	handle  func(net.Conn)
	kind    schemas.FaultKind
	text    string
	status  int // of the partial answer; 0: none
	tries   int64
	body    int // bytes kept at least
	timeout bool
}

var badServers = []badServer{
	{name: "silent", handle: until, kind: schemas.FaultTimeout, text: "no answer within 10s", tries: 2, timeout: true},
	{name: "drips a header", handle: drips("HTTP/1.1 200 OK\r\nX-Drip: "), kind: schemas.FaultTimeout, text: "no answer within 10s", tries: 2, timeout: true},
	{name: "drips a body", handle: drips("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"), kind: schemas.FaultTimeout, text: "the answer was not complete within 10s", status: 200, tries: 2, body: 1, timeout: true},
	{name: "endless body", handle: forever("HTTP/1.1 200 OK\r\n\r\n", strings.Repeat("x", 4096)), kind: schemas.FaultTooLarge, text: "the body goes on past 1 MiB", status: 200, tries: 1, body: transport.MaxBody},
	{name: "endless header", handle: forever("HTTP/1.1 200 OK\r\n", "X-More: "+strings.Repeat("y", 1000)+"\r\n"), kind: schemas.FaultTooLarge, text: "the header goes on past 64 KiB", tries: 1},
	{name: "header of 80 KiB", handle: writes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n", "X-Long: ", strings.Repeat("y", 80<<10), "\r\n\r\n"), kind: schemas.FaultTooLarge, text: "the header goes on past 64 KiB", tries: 1},
	{name: "garbage", handle: writes("\x00\x01\x02 hello\r\n\r\n"), kind: schemas.FaultMalformed, text: "what answers is not HTTP", tries: 3},
	{name: "banner", handle: writes("220 mail.example ESMTP\r\n\r\n"), kind: schemas.FaultMalformed, text: "what answers is not HTTP", tries: 3},
	{name: "bad chunk", handle: writes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), kind: schemas.FaultMalformed, text: "the body is not HTTP", status: 200, tries: 3},
	{name: "resets", handle: resets, kind: schemas.FaultReset, text: "the connection was reset before an answer", tries: 3},
	{name: "closes", handle: writes(), kind: schemas.FaultEmpty, text: "the connection was closed without a byte", tries: 3},
	{name: "half a header", handle: writes("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"), kind: schemas.FaultCut, text: "in the middle of the answer", tries: 3},
	{name: "half a body", handle: writes("HTTP/1.1 400 Bad Request\r\nContent-Length: 100\r\n\r\n{\"Code\""), kind: schemas.FaultCut, text: "in the middle of the answer", status: 400, tries: 3, body: 7},
}

func TestEveryFaultHasItsName(t *testing.T) {
	for _, raw := range []bool{false, true} {
		for _, bad := range badServers {
			name := bad.name
			if raw {
				name += " (raw socket)"
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				if !bad.timeout {
					url, met := serveConns(t, bad.handle)
					hasItsName(t, bad, raw, labTarget(url), Options{}, met)
					return
				}
				synctest.Test(t, func(t *testing.T) {
					dial, met := inMemory(t, bad.handle)
					hasItsName(t, bad, raw, labTarget("http://127.0.0.1/"), Options{Dial: dial, Timeout: 10 * time.Second}, met)
				})
			})
		}
	}
}

func hasItsName(t *testing.T, bad badServer, raw bool, target *schemas.Target, o Options, met *atomic.Int64) {
	t.Helper()
	s, _ := labSession(t, target, o)
	c := suites.Case{Name: named("bad")}
	if raw {
		c.Raw = []suites.ByteEdit{{Description: "as it is", Do: func(b []byte) []byte { return b }}}
	}
	x := sendOne(t, s, plannedCase(t, s.brief.Target, c))
	if x.Fault == nil || x.Fault.Kind != bad.kind || !strings.Contains(x.Fault.Text, bad.text) {
		t.Fatalf("fault = %+v, want %s: %s", x.Fault, bad.kind, bad.text)
	}
	if got := met.Load(); got != bad.tries || int64(x.Attempts) != bad.tries {
		t.Errorf("%d connections and %d attempts, want %d", got, x.Attempts, bad.tries)
	}
	checkPartial(t, x.Response, bad.status, bad.body)
}

func checkPartial(t *testing.T, r *schemas.Response, status, body int) {
	t.Helper()
	switch {
	case status == 0 && r != nil:
		t.Errorf("response = %d, want none", r.Status)
	case status != 0 && r == nil:
		t.Errorf("no response, want the part that came (%d)", status)
	case status != 0 && (r.Status != status || r.Length < int64(body)):
		t.Errorf("response = %d with %d bytes, want %d with at least %d", r.Status, r.Length, status, body)
	}
}

func TestNobodyListens(t *testing.T) {
	address := closedPort(t)
	for _, raw := range []bool{false, true} {
		s, _ := labSession(t, labTarget("http://"+address), Options{})
		c := suites.Case{Name: named("closed")}
		if raw {
			c.Raw = []suites.ByteEdit{{Description: "as it is", Do: func(b []byte) []byte { return b }}}
		}
		x := sendOne(t, s, plannedCase(t, s.brief.Target, c))
		want := "nothing listens at " + address + " (connection refused)"
		if x.Fault == nil || x.Fault.Kind != schemas.FaultRefused || x.Fault.Text != want {
			t.Errorf("raw %v: fault = %+v, want %s", raw, x.Fault, want)
		}
	}
}

func TestNoSuchHost(t *testing.T) {
	dial := func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "no such host", Name: "nowhere.example", IsNotFound: true}}
	}
	s, _ := labSession(t, labTarget("http://nowhere.example/"), Options{Dial: dial})
	x := sendOne(t, s, plannedNames(t, s.brief.Target, "lost")[0])
	if x.Fault == nil || x.Fault.Kind != schemas.FaultUnreachable || x.Fault.Text != "no such host: nowhere.example" {
		t.Errorf("fault = %+v, want no such host: nowhere.example", x.Fault)
	}
}

func TestTLSFaults(t *testing.T) {
	secure := httptest.NewUnstartedServer(http.HandlerFunc(serveSound))
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	defer secure.Close()
	plain := strings.Replace(serveHTTP(t, serveSound), "http:", "https:", 1)
	for url, want := range map[string]string{
		secure.URL: "signed by an unknown authority",
		plain:      "does not speak TLS",
	} {
		s, _ := labSession(t, labTarget(url), Options{})
		x := sendOne(t, s, plannedNames(t, s.brief.Target, "tls")[0])
		if x.Fault == nil || x.Fault.Kind != schemas.FaultTLS || !strings.Contains(x.Fault.Text, want) {
			t.Errorf("%s: fault = %+v, want tls: %s", url, x.Fault, want)
		}
	}
}

func TestFaultTextsAreOneShortLine(t *testing.T) {
	url, _ := serveConns(t, writes("HTTP/1.1 \x1b[31m"+strings.Repeat("evil", 500)+"\r\n\r\n"))
	s, _ := labSession(t, labTarget(url), Options{})
	x := sendOne(t, s, plannedNames(t, s.brief.Target, "evil")[0])
	if x.Fault == nil {
		t.Fatal("no fault")
	}
	if strings.ContainsAny(x.Fault.Text, "\x1b\r\n") || len(x.Fault.Text) > transport.MaxFaultText+len("…") {
		t.Errorf("fault text %q is not one short plain line", x.Fault.Text)
	}
}
