package server

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/acsconform/acsconform/runner/internal/pipe"
	"github.com/acsconform/acsconform/runner/reference/wire"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// hurl sends bytes over a socket, closes the sending side if asked to, and reads the first answer.
func hurl(t *testing.T, address, text string, half bool) answer {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	return hurled(t, c, text, half)
}

// hurled is hurl over a connection, which it closes.
func hurled(t *testing.T, c net.Conn, text string, half bool) answer {
	t.Helper()
	defer c.Close()
	go func() {
		io.WriteString(c, text)
		if half {
			c.(interface{ CloseWrite() error }).CloseWrite()
		}
	}()
	r, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Errorf("no answer: %v", err)
		return answer{header: http.Header{}}
	}
	return answerOf(r)
}

func host(l *wire.Listening) string {
	_, address, _ := strings.Cut(l.URL(), "://")
	return address
}

// garbage is what net/http, left alone, would answer in plain text or not at all.
func garbage() map[string]string {
	const head = "GET / HTTP/1.1\r\nHost: localhost\r\n"
	return map[string]string{
		"a word":                     "hello\r\n\r\n",
		"half a request line":        "GET /?Action=",
		"a bare newline":             "X\n",
		"no host":                    "GET / HTTP/1.1\r\n\r\n",
		"two hosts":                  head + "Host: other\r\n\r\n",
		"a broken host":              "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
		"a header without a colon":   head + "nonsense\r\n\r\n",
		"a header with a space":      head + "a b: c\r\n\r\n",
		"a NUL in a header":          head + "A: \x00\r\n\r\n",
		"headers without end":        head + strings.Repeat("A: b\r\n", 200000),
		"a long request line":        "GET /?A=" + strings.Repeat("a", 64<<10) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"version 3":                  "GET / HTTP/3.0\r\nHost: localhost\r\n\r\n",
		"version x":                  "GET / HTTP/x\r\nHost: localhost\r\n\r\n",
		"HTTP/1.0":                   "GET / HTTP/1.0\r\n\r\n",
		"a method of its own":        "BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"a method in brackets":       "G(T / HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"OPTIONS *":                  "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"CONNECT":                    "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost:80\r\n\r\n",
		"a path without slash":       "GET nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"a broken path":              "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"a broken query":             "GET /?a=%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"a query that is not UTF-8":  "GET /?a=%ff HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"two slashes":                "GET //a HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"dots":                       "GET /a/../b HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"another expectation":        head + "Expect: miracles\r\n\r\n",
		"another transfer coding":    head + "Transfer-Encoding: smoke\r\n\r\n",
		"broken chunks":              "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
		"a length that is no number": "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: many\r\n\r\n",
		"two lengths":                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
		"a body too large":           "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3000000\r\n\r\n" + strings.Repeat("a", 3000000),
		"TLS":                        "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n\n",
	}
}

func TestGarbageIsAnsweredInTheEnvelope(t *testing.T) {
	for _, name := range profileNames {
		p := profileOf(t, name)
		l := start(t, New(p))
		for says, text := range garbage() {
			t.Run(name+"/"+says, func(t *testing.T) {
				t.Parallel()
				got := hurl(t, host(l), text, true)
				if fits(t, p, got); got.status < 400 || got.status > 499 {
					t.Errorf("%d %s", got.status, got.body)
				}
			})
		}
	}
}

func TestRefusalObeysFormat(t *testing.T) {
	l := start(t, New(profileOf(t, "ecs")))
	for format, root := range map[string]string{"JSON": "", "XML": "Error"} {
		got := hurl(t, host(l), "GET /?Format="+format+" HTTP/1.1\r\n\r\n", true)
		if got.root != root || got.status != 400 || got.code() != "InvalidParameter" {
			t.Errorf("%s: %d %s", format, got.status, got.body)
		}
	}
}

// posted writes out a sound request of style roa with a body, whose Content-Length is off by so many bytes.
func posted(s *Server, off int) string {
	const body = `{"a":1}`
	r := headerRequest(s, schemas.ROA, "POST", "/echo", body, []sign.Param{}, func(http.Header) {})
	var b bytes.Buffer
	fmt.Fprintf(&b, "POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n", len(body)+off)
	r.Header.Write(&b)
	b.WriteString("\r\n" + body)
	return b.String()
}

func TestContentLength(t *testing.T) {
	p := profileOf(t, "gateway")
	s := New(p)
	l := start(t, s)
	for off, code := range map[int]string{
		0: "", 1: "ContentLengthDoesNotMatch", 100: "ContentLengthDoesNotMatch", -1: "ContentLengthDoesNotMatch", -6: "ContentLengthDoesNotMatch",
	} {
		got := hurl(t, host(l), posted(s, off), true)
		if fits(t, p, got); got.code() != code {
			t.Errorf("%+d bytes: %d %s", off, got.status, got.body)
		}
	}
}

// A client that stops in the middle and leaves its side open is answered once the server's patience is over.
func TestWhoWaitsTooLongIsAnswered(t *testing.T) {
	for _, half := range []func(*Server) string{
		func(s *Server) string { return posted(s, 5) },
		func(*Server) string { return "GET / HT" },
	} {
		synctest.Test(t, func(t *testing.T) {
			p := profileOf(t, "gateway")
			s, network, begun := New(p), pipe.Listen(), time.Now()
			defer network.End()
			go s.Serve(network)
			c, err := network.Dial(t.Context(), "tcp", "")
			if err != nil {
				t.Fatal(err)
			}
			got := hurled(t, c, half(s), false)
			if fits(t, p, got); got.status != 400 || time.Since(begun) != wire.Patience {
				t.Errorf("after %s: %d %s", time.Since(begun), got.status, got.body)
			}
		})
	}
}

func TestConnectionIsKept(t *testing.T) {
	s := New(profileOf(t, "ecs"))
	l := start(t, s)
	c, err := net.Dial("tcp", host(l))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	in := bufio.NewReader(c)
	for i := range 5 {
		a := sound(s)
		if a.method = "GET"; i%2 == 1 {
			a.method = "POST"
		}
		r := a.request(l.URL())
		if err := r.Write(c); err != nil {
			t.Fatal(err)
		}
		back, err := http.ReadResponse(in, r)
		if err != nil {
			t.Fatal(err)
		}
		if got := answerOf(back); got.status != 200 {
			t.Errorf("%d %s", got.status, got.body)
		}
	}
}

func TestVersionsOfHTTP(t *testing.T) {
	s := New(profileOf(t, "gateway"))
	plain := start(t, s)
	secure, err := s.StartTLS("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer secure.Close()
	for _, c := range []struct {
		says, url string
		protocols func(*http.Protocols)
		major     int
		code      string
	}{
		{"HTTP/1", plain.URL(), func(p *http.Protocols) { p.SetHTTP1(true) }, 1, "InvalidProtocol.NeedSsl"},
		{"HTTP/2 with prior knowledge", plain.URL(), func(p *http.Protocols) { p.SetUnencryptedHTTP2(true) }, 2, "InvalidProtocol.NeedSsl"},
		{"HTTP/1 over TLS", secure.URL(), func(p *http.Protocols) { p.SetHTTP1(true) }, 1, ""},
		{"HTTP/2 over TLS", secure.URL(), func(p *http.Protocols) { p.SetHTTP2(true) }, 2, ""},
	} {
		transport := &http.Transport{Protocols: new(http.Protocols), TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
		c.protocols(transport.Protocols)
		r, err := transport.RoundTrip(sound(s).by("POST").set("Action", "DescribeSecret").request(c.url))
		if err != nil {
			t.Errorf("%s: %v", c.says, err)
			continue
		}
		if got := answerOf(r); r.ProtoMajor != c.major || got.code() != c.code {
			t.Errorf("%s: HTTP/%d, %d %s", c.says, r.ProtoMajor, got.status, got.body)
		}
		transport.CloseIdleConnections()
	}
	if got := hurl(t, host(secure), "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", true); got.status != 400 || got.code() == "" {
		t.Errorf("plain HTTP where TLS is spoken: %d %s", got.status, got.body)
	}
}

func TestDelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(profileOf(t, "kms"), func(s *Server) { s.Delay = 30 * time.Millisecond })
		begun := time.Now()
		if got := sound(s).serve(); got.status != 200 || time.Since(begun) != 30*time.Millisecond {
			t.Errorf("%d after %s", got.status, time.Since(begun))
		}
	})
}
