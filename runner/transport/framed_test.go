package transport

import (
	"bufio"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

const twoBytes = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"

// trailing listens, over TLS where it is secure, and answers every connection once: with at once, and with later when the test
// says so; then the test hears when the client has closed it.
func trailing(t *testing.T, secure bool, atOnce, later string, turn chan bool) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	scheme := "http://"
	if secure {
		s := httptest.NewTLSServer(nil)
		defer s.Close()
		l = tls.NewListener(l, &tls.Config{Certificates: s.TLS.Certificates})
		scheme = "https://"
	}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				if _, err := http.ReadRequest(bufio.NewReader(c)); err != nil {
					return
				}
				_, _ = io.WriteString(c, atOnce)
				if later == "" {
					_, _ = io.Copy(io.Discard, c)
					return
				}
				<-turn
				_, _ = io.WriteString(c, later)
				_, _ = io.Copy(io.Discard, c)
				turn <- true
			}()
		}
	}()
	return scheme + l.Addr().String() + "/"
}

// carried sends a request to a URL and returns the exchange.
func carried(t *testing.T, w *Wire, url string) *schemas.Exchange {
	t.Helper()
	x := &schemas.Exchange{Request: schemas.Request{Method: "GET", URL: url}}
	c := NewMemoryBudget().Reserve(false)
	defer c.Release()
	w.Send(t.Context(), Call{X: x, Reservation: c})
	if x.Fault != nil {
		t.Fatal(x.Fault)
	}
	return x
}

func insecure(t *testing.T) *Wire {
	t.Helper()
	w, err := New(Config{Dial: (&net.Dialer{}).DialContext, Insecure: true, Timeout: time.Minute, Connections: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	return w
}

// What comes behind an answer is seen over TLS as well as without.
func TestBytesBehindAnAnswerAreSeenOverTLS(t *testing.T) {
	for _, secure := range []bool{false, true} {
		for more, want := range map[string]int{"": 0, twoBytes: len(twoBytes), "\r\n": 2} {
			x := carried(t, insecure(t), trailing(t, secure, twoBytes+more, "", nil))
			if x.Response.Behind != want {
				t.Errorf("secure %v: %d bytes behind, want %d", secure, x.Response.Behind, want)
			}
		}
	}
}

// What comes when the answer was already taken is counted, but for the 408 that a server may send over an idle connection.
func TestBytesThatComeLaterAreCounted(t *testing.T) {
	for _, secure := range []bool{false, true} {
		for more, want := range map[string]int{twoBytes: 1, "HTTP/1.0 408 Request Time-out\r\n\r\n": 0} {
			turn := make(chan bool)
			w := insecure(t)
			url := trailing(t, secure, twoBytes, more, turn)
			if x := carried(t, w, url); x.Response.Behind != 0 {
				t.Errorf("%d bytes are behind before they came", x.Response.Behind)
			}
			turn <- true
			<-turn
			if got := w.Late(); got != want {
				t.Errorf("secure %v, %q: %d answers had bytes behind them, want %d", secure, more, got, want)
			}
		}
	}
}

// HTTP/2 is taken where the target offers it.
func TestHTTP2IsTakenOverTLS(t *testing.T) {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, r.Proto) }))
	s.EnableHTTP2 = true
	s.StartTLS()
	defer s.Close()
	if x := carried(t, insecure(t), s.URL); string(x.Response.Body) != "HTTP/2.0" {
		t.Errorf("got %s, want HTTP/2.0", x.Response.Body)
	}
}
