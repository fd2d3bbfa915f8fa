package runner

import (
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/acsconform/acsconform/runner/transport"
	"github.com/acsconform/acsconform/schemas"
)

// Whatever a target says of waiting, one request waits half a minute at most, and never less than nothing.
func TestNoArithmeticGetsPastTheWaits(t *testing.T) {
	texts := []string{"1", "29", "31", "Fri, 31 Dec 9999 23:59:59 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", strconv.FormatInt(math.MaxInt64, 10), "-1",
		strconv.FormatInt(math.MinInt64, 10), "9223372036855", "18446744073709551616", "1e9", "", "86400", "0x7fffffff"}
	pick := func() string { return texts[rand.N(len(texts))] }
	now := time.Date(2026, 11, 27, 8, 0, 0, 0, time.UTC)
	for range 3000 {
		var spent waits
		total := time.Duration(0)
		for tries := 0; ; tries++ {
			x := &schemas.Exchange{Response: &schemas.Response{Status: 429, Header: schemas.Header{
				{Name: "Retry-After", Value: pick()}, {Name: "x-acs-retry-after", Value: pick()}, {Name: "Date", Value: pick()}}}}
			wait, again := spent.next(x, now, true)
			if !again {
				break
			}
			if total += wait; wait < 0 || total > maxWaited || tries > maxThrottled {
				t.Fatalf("after %d tries it waits %v, %v in all: %+v", tries, wait, total, x.Response.Header)
			}
		}
	}
}

// A target that draws out the preflight is given up in time, in whatever way it does.
func TestAPreflightHasAnEnd(t *testing.T) {
	answers := map[string]func(n int64, w http.ResponseWriter){
		"asks to wait, then for ever": func(n int64, w http.ResponseWriter) {
			w.Header().Set("Retry-After", []string{"1", "Fri, 31 Dec 9999 23:59:59 GMT"}[n%2])
			w.WriteHeader(429)
			io.WriteString(w, ecsError("Throttling.User", "slow down"))
		},
		"takes all the time it has": func(n int64, w http.ResponseWriter) {
			time.Sleep(9 * time.Second)
			w.WriteHeader(400)
			io.WriteString(w, ecsError("Nothing", "like that"))
		},
		"throttles now and then": func(n int64, w http.ResponseWriter) {
			if n%3 > 0 {
				w.Header().Set("Retry-After", "9")
				w.WriteHeader(429)
				io.WriteString(w, ecsError("Throttling.User", "slow down"))
				return
			}
			w.WriteHeader(400)
			io.WriteString(w, ecsError("Nothing", "like that"))
		},
	}
	for name, answer := range answers {
		synctest.Test(t, func(t *testing.T) {
			var n atomic.Int64
			dial := serveInMemory(t, func(w http.ResponseWriter, _ *http.Request) { answer(n.Add(1), w) })
			o := Options{Dial: dial, Timeout: 10 * time.Second}
			b, began := briefFor(t, labTarget("http://127.0.0.1/")), time.Now()
			_, err := Open(t.Context(), b, o)
			var why *Untestable
			if took := time.Since(began); !errors.As(err, &why) || took > MaxPreflight(b, o)+o.Timeout {
				t.Errorf("a target that %s: Open = %v after %v, want an *Untestable within %v", name, err, took, MaxPreflight(b, o))
			}
			time.Sleep(time.Minute) // the server ends too
			if why != nil && strings.Contains(why.Line, "\n") {
				t.Errorf("%q is not one line", why.Line)
			}
		})
	}
}

// As many interim answers as fit into a header are passed over by every door; where they never end, every door says the same.
func TestInterimAnswersHaveOneLimit(t *testing.T) {
	const hint = "HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n"
	for interim, fault := range map[int]string{7: "", 300: "", 1 << 20: "the header goes on past 64 KiB"} {
		url, _ := serveConns(t, func(conn net.Conn) {
			takeRequest(conn)
			for range interim {
				if _, err := io.WriteString(conn, hint); err != nil {
					return
				}
			}
			io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
		})
		s, _ := labSession(t, labTarget(url), Options{})
		for door, c := range map[string]transport.Call{
			"raw":    {X: &schemas.Exchange{Request: schemas.Request{Method: "GET", URL: url, Raw: schemas.Body("GET / HTTP/1.1\r\nHost: h\r\n\r\n")}}},
			"pooled": {X: &schemas.Exchange{Request: schemas.Request{Method: "GET", URL: url}}},
			"fresh":  {X: &schemas.Exchange{Request: schemas.Request{Method: "GET", URL: url}}, Fresh: true},
		} {
			c.Reservation = s.budget.Reserve(false)
			s.wire.Send(t.Context(), c)
			got := ""
			if c.X.Fault != nil {
				got = c.X.Fault.Text
			}
			if got != fault {
				t.Errorf("%d interim answers, %s: %q, want %q", interim, door, got, fault)
			}
		}
	}
}
