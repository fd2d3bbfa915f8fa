package runner

import (
	"bufio"
	"io"
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

// serveRequestLines answers every request and notes its first line.
func serveRequestLines(t *testing.T, line *string) string {
	url, _ := serveConns(t, func(conn net.Conn) {
		got, _ := bufio.NewReader(conn).ReadString('\n')
		*line = strings.TrimRight(got, "\r\n")
		io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
	})
	return url
}

func sendRaw(t *testing.T, s *Session, url, raw string, halfClose bool) *schemas.Exchange {
	t.Helper()
	x := &schemas.Exchange{Request: schemas.Request{Method: "GET", URL: url, Raw: schemas.Body(raw), HalfClose: halfClose}}
	s.wire.Send(t.Context(), transport.Call{X: x, Reservation: s.budget.Reserve(false)})
	return x
}

func TestRawBytesArriveAsTheyAre(t *testing.T) {
	const raw = "GET /\x01 HTTP/1.1\r\nhOst:x\r\n Folded: y\r\n\r\nrest"
	got := make(chan string, 1)
	url, _ := serveConns(t, func(conn net.Conn) {
		all, _ := io.ReadAll(conn) // ends by the half-close
		got <- string(all)
		io.WriteString(conn, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 400 Bad Request\r\nB: 1\r\nA: 2\r\n\r\n{\"Code\":\"X\"}")
	})
	s, _ := labSession(t, labTarget(url), Options{})
	x := sendRaw(t, s, url, raw, true)
	if sent := <-got; sent != raw {
		t.Errorf("server got %q, want %q", sent, raw)
	}
	if x.Fault != nil || x.Response.Status != 400 || string(x.Response.Body) != `{"Code":"X"}` || x.Response.Header.Get("b") != "1" {
		t.Errorf("exchange = %+v %+v, want the 400 after the 100", x.Response, x.Fault)
	}
}

func TestRawAnswerBeforeTheEndIsAnAnswer(t *testing.T) {
	met := make(chan struct{})
	url, _ := serveConns(t, func(conn net.Conn) {
		takeRequest(conn)
		io.WriteString(conn, "HTTP/1.1 431 Too Large\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
		<-met
	})
	defer close(met)
	s, _ := labSession(t, labTarget(url), Options{})
	x := sendRaw(t, s, url, "GET / HTTP/1.1\r\nX: "+strings.Repeat("a", 32<<20), false)
	if x.Fault != nil || x.Response == nil || x.Response.Status != 431 {
		t.Errorf("exchange = %+v %+v, want 431", x.Response, x.Fault)
	}
}

func TestRawOverTLSSpeaksHTTP1(t *testing.T) {
	server := httptest.NewUnstartedServer(http.HandlerFunc(serveSound))
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	s, _ := labSession(t, labTarget(server.URL), Options{Insecure: true})
	x := sendRaw(t, s, server.URL, "GET / HTTP/1.0\r\n\r\n", false)
	if x.Fault != nil || x.Response.Status != 200 || string(x.Response.Body) != soundBody {
		t.Errorf("exchange = %+v %+v, want 200 with the sound body", x.Response, x.Fault)
	}
}

func TestRawHeadHasNoBody(t *testing.T) {
	url, _ := serveConns(t, func(conn net.Conn) {
		takeRequest(conn)
		io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n")
		until(conn)
	})
	s, _ := labSession(t, labTarget(url), Options{})
	if x := sendRaw(t, s, url, "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n", false); x.Fault != nil || x.Response.Length != 0 {
		t.Errorf("exchange = %+v %+v, want 200 without a body", x.Response, x.Fault)
	}
}

// A server that writes a body for HEAD writes it by itself, after the header. One that writes none need not close the connection
// at once.
func TestWhatComesBehindTheAnswerToHeadIsSeen(t *testing.T) {
	for name, c := range map[string]struct {
		behind string
		closes bool
		want   int
	}{
		"a body":            {"{}", true, 2},
		"a body, and open":  {"{}", false, 2},
		"nothing":           {"", true, 0},
		"nothing, and open": {"", false, 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				dial, _ := inMemory(t, func(conn net.Conn) {
					takeRequest(conn)
					io.WriteString(conn, "HTTP/1.1 200 OK\r\n\r\n")
					time.Sleep(10 * time.Millisecond)
					io.WriteString(conn, c.behind)
					if !c.closes {
						until(conn)
					}
				})
				s, _ := labSession(t, labTarget("http://127.0.0.1/"), Options{Dial: dial})
				x := sendRaw(t, s, "http://127.0.0.1/", "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n", false)
				if x.Fault != nil || x.Response == nil || x.Response.Behind != c.want {
					t.Errorf("exchange = %+v %+v, want 200 with %d bytes behind", x.Response, x.Fault, c.want)
				}
			})
		})
	}
}

// However fast a server is, it has begun with all raw copies of a step before it has read the last byte of one.
func TestRawCopiesAreUnderWayTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const copies = 26
		var began atomic.Int64
		least := make(chan int64, copies)
		dial := serveInMemory(t, func(w http.ResponseWriter, r *http.Request) {
			began.Add(1)
			_, _ = io.Copy(io.Discard, r.Body)
			least <- began.Load()
			serveSound(w, r)
		})
		target := labTarget("http://127.0.0.1/")
		s, _ := labSession(t, target, Options{Dial: dial})
		same := suites.ByteEdit{Description: "as it is", Do: func(raw []byte) []byte { return raw }}
		p := plannedCase(t, target, suites.Case{Name: named("burst"), Steps: []suites.Step{
			{Condition: suites.FreshNonces, Change: []suites.Change{suites.Method("POST")}, Parallel: copies, Raw: []suites.ByteEdit{same}}}})
		for _, x := range runAll(t, s, []*suites.Planned{p})[0] {
			if x.Fault != nil {
				t.Error(x.Fault.Text)
			}
		}
		if len(least) != copies {
			t.Fatalf("%d copies came, want %d", len(least), copies)
		}
		for range copies {
			if n := <-least; n < copies {
				t.Errorf("%d calls were under way when the body of one ended, want %d", n, copies)
			}
		}
	})
}
