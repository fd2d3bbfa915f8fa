package runner

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/acsconform/acsconform/runner/transport"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// withHeader adds a field to the crafted request.
func withHeader(name, value string) []suites.Change {
	return []suites.Change{{Description: name, Do: func(d *suites.Draft) { d.Header.Set(name, value) }}}
}

func TestRequestGoesOutAsCrafted(t *testing.T) {
	var got http.Header
	var host, proto string
	url := serveHTTP(t, func(w http.ResponseWriter, r *http.Request) {
		got, host, proto = r.Header.Clone(), r.Host, r.Proto
		serveSound(w, r)
	})
	s, _ := labSession(t, labTarget(url), Options{Version: "9.8.7"})
	x := sendOne(t, s, plannedCase(t, s.brief.Target, suites.Case{Name: named("as-crafted"), Change: withHeader("Host", "other.example")}))
	if x.Fault != nil || string(x.Response.Body) != soundBody || x.Response.Proto != "HTTP/1.1" || proto != "HTTP/1.1" {
		t.Fatalf("exchange = %+v %+v, want the sound body over HTTP/1.1", x.Response, x.Fault)
	}
	if want := "acsconform/9.8.7 (case as-crafted)"; got.Get("User-Agent") != want {
		t.Errorf("User-Agent = %q, want %q", got.Get("User-Agent"), want)
	}
	if host != "other.example" {
		t.Errorf("Host = %q, want other.example", host)
	}
	for _, name := range []string{"Accept-Encoding", "Accept", "Cookie"} {
		if v, ok := got[name]; ok {
			t.Errorf("%s: %q was sent, want it left out", name, v)
		}
	}
	if x.Response.Header.Get("content-type") != "application/json;charset=utf-8" || x.Response.Length != int64(len(soundBody)) || x.Attempts != 1 || x.Seconds <= 0 {
		t.Errorf("response = %+v, attempts %d, seconds %v", x.Response, x.Attempts, x.Seconds)
	}
}

func TestBodiesOfAnyMethodAreSent(t *testing.T) {
	url := serveHTTP(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		fmt.Fprintf(w, "%s %s %d %q", r.Method, body, r.ContentLength, r.TransferEncoding)
	})
	s, _ := labSession(t, labTarget(url), Options{})
	for _, c := range []struct{ method, header, body, want string }{
		{"GET", "", "hello", `GET hello 5 []`},
		{"GET", "", "", `GET  0 []`},
		{"POST", "", "hello", `POST hello 5 []`},
		{"DELETE", "", "hello", `DELETE hello 5 []`},
		{"POST", "chunked", "hello", `POST hello -1 ["chunked"]`},
	} {
		r := schemas.Request{Method: c.method, URL: url, Body: schemas.Body(c.body)}
		if c.header != "" {
			r.Header.Set("Transfer-Encoding", c.header)
		}
		x := &schemas.Exchange{Request: r}
		s.wire.Send(t.Context(), transport.Call{X: x, Reservation: s.budget.Reserve(false)})
		if x.Fault != nil || string(x.Response.Body) != c.want {
			t.Errorf("%s: got %+v %+v, want %s", c.method, x.Response, x.Fault, c.want)
		}
	}
}

func TestPathsThatAreNoURLAreSentAsTheyStand(t *testing.T) {
	for _, target := range []string{"/a//b/../c?x=%zz", "/%zz", "//double", "/a?b=c&d", "/%zz?q=1"} {
		var got string
		url := serveRequestLines(t, &got)
		s, _ := labSession(t, labTarget(url), Options{})
		x := &schemas.Exchange{Request: schemas.Request{Method: "GET", URL: url + target}}
		s.wire.Send(t.Context(), transport.Call{X: x, Reservation: s.budget.Reserve(false)})
		if want := "GET " + target + " HTTP/1.1"; got != want {
			t.Errorf("request line %q, want %q (fault %+v)", got, want, x.Fault)
		}
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	var met atomic.Int64
	url := serveHTTP(t, func(w http.ResponseWriter, r *http.Request) {
		met.Add(1)
		http.Redirect(w, r, "/elsewhere", http.StatusFound)
	})
	s, _ := labSession(t, labTarget(url), Options{})
	x := sendOne(t, s, plannedNames(t, s.brief.Target, "moved")[0])
	if x.Response == nil || x.Response.Status != 302 || met.Load() != 1 {
		t.Errorf("response = %+v after %d requests, want 302 after 1", x.Response, met.Load())
	}
}

func gzipped(text []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(text)
	w.Close()
	return b.Bytes()
}

func TestGzip(t *testing.T) {
	bomb := gzipped(make([]byte, 50<<20))
	small := gzipped([]byte(soundBody))
	for _, c := range []struct {
		name      string
		asks      bool
		answer    []byte
		want      string
		length    int64
		truncated bool
		kind      schemas.FaultKind
	}{
		{"opened when asked for", true, small, soundBody, int64(len(soundBody)), false, ""},
		{"left alone when not", false, small, string(small), int64(len(small)), false, ""},
		{"bomb", true, bomb, strings.Repeat("\x00", transport.TruncatedBody), transport.MaxBody, true, schemas.FaultTooLarge},
		{"no gzip at all", true, []byte("{}{}{}{}{}{}"), "", 0, false, schemas.FaultMalformed},
	} {
		t.Run(c.name, func(t *testing.T) {
			url := serveHTTP(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Encoding", "gzip")
				w.Write(c.answer)
			})
			s, _ := labSession(t, labTarget(url), Options{})
			plan := suites.Case{Name: named("gzip")}
			if c.asks {
				plan.Change = withHeader("Accept-Encoding", "gzip")
			}
			x := sendOne(t, s, plannedCase(t, s.brief.Target, plan))
			if x.Response == nil {
				t.Fatalf("no response: %+v", x.Fault)
			}
			if string(x.Response.Body) != c.want || x.Response.Length != c.length || x.Response.Truncated != c.truncated {
				t.Errorf("body of %d bytes, length %d, truncated %v; want %d, %d, %v",
					len(x.Response.Body), x.Response.Length, x.Response.Truncated, len(c.want), c.length, c.truncated)
			}
			if got := x.Fault; (got == nil) != (c.kind == "") || got != nil && got.Kind != c.kind {
				t.Errorf("fault = %+v, want %q", got, c.kind)
			}
		})
	}
}

// A gzip stream of empty members returns nothing to read and never ends.
func TestEndlessEmptyGzip(t *testing.T) {
	empty := string(gzipped(nil))
	url, _ := serveConns(t, forever("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", strings.Repeat(empty, 100)))
	s, _ := labSession(t, labTarget(url), Options{})
	x := sendOne(t, s, plannedCase(t, s.brief.Target, suites.Case{Name: named("gzip"), Change: withHeader("Accept-Encoding", "gzip")}))
	if x.Fault == nil || x.Fault.Kind != schemas.FaultTooLarge {
		t.Errorf("fault = %+v, want too-large", x.Fault)
	}
}

func TestBodySizesAroundTheCaps(t *testing.T) {
	for _, size := range []int{0, 1, transport.SmallBody - 1, transport.SmallBody, transport.SmallBody + 1, 3*transport.SmallBody + 7, transport.MaxBody - 1, transport.MaxBody, transport.MaxBody + 1} {
		for _, chunked := range []bool{false, true} {
			x := &schemas.Exchange{Request: schemas.Request{Method: "GET", URL: serveHTTP(t, func(w http.ResponseWriter, r *http.Request) {
				if chunked {
					w.(http.Flusher).Flush()
				}
				w.Write(bytes.Repeat([]byte("z"), size))
			})}}
			s, _ := labSession(t, labTarget(x.Request.URL), Options{})
			claim := s.budget.Reserve(false)
			s.wire.Send(t.Context(), transport.Call{X: x, Reservation: claim})
			claim.Release()
			over := size > transport.MaxBody
			if x.Response == nil || len(x.Response.Body) != min(size, transport.MaxBody) || x.Response.Truncated != over || (x.Fault != nil) != over {
				t.Errorf("size %d, chunked %v: %d bytes, fault %+v", size, chunked, len(x.Response.Body), x.Fault)
			}
			if held := len(s.budget); held != 0 {
				t.Errorf("size %d: %d places still held", size, held)
			}
		}
	}
}

func TestHTTP2WhereTLSOffersIt(t *testing.T) {
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Remote", r.RemoteAddr)
		serveSound(w, r)
	}))
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	s, _ := labSession(t, labTarget(server.URL), Options{Insecure: true})
	together := plannedCase(t, s.brief.Target, suites.Case{Name: named("at-once"), Steps: []suites.Step{{Parallel: 3}}})
	all := runAll(t, s, append(plannedNames(t, s.brief.Target, "alone"), together))
	remotes := map[string]bool{}
	for _, x := range append(all[0], all[1]...) {
		if x.Fault != nil || x.Response.Proto != "HTTP/2.0" {
			t.Fatalf("exchange = %+v %+v, want HTTP/2.0", x.Response, x.Fault)
		}
	}
	for _, x := range all[1] {
		remotes[x.Response.Header.Get("X-Remote")] = true
	}
	if len(remotes) != 3 {
		t.Errorf("copies came over %d connections, want 3", len(remotes))
	}
}

func TestBrokenGetIsNotSentAgainBehindOurBack(t *testing.T) {
	var mu sync.Mutex
	nonces := map[string]int{}
	var first atomic.Bool
	url := serveHTTP(t, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		nonces[r.URL.Query().Get("SignatureNonce")]++
		mu.Unlock()
		if r.UserAgent() == "acsconform/dev (case second)" && first.CompareAndSwap(false, true) {
			conn, _, _ := http.NewResponseController(w).Hijack()
			conn.Close()
			return
		}
		serveSound(w, r)
	})
	s, _ := labSession(t, labTarget(url), Options{Concurrency: 1})
	all := runAll(t, s, plannedNames(t, s.brief.Target, "first", "second"))
	if x := all[1][0]; x.Fault != nil || x.Attempts != 2 {
		t.Errorf("second case: fault %+v after %d attempts, want an answer at the second", x.Fault, x.Attempts)
	}
	for nonce, n := range nonces {
		if n != 1 {
			t.Errorf("nonce %s was sent %d times, want once", nonce, n)
		}
	}
}
