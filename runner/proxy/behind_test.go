package proxy

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// a move is what passes next: bytes of the client or of the upstream, or a pause.
type move struct {
	sent, answered string
	pause          time.Duration
}

// numbered is a request, and the right answer to it.
func numbered(n int) (request, answer string) {
	return asking(fmt.Sprintf("/?Action=Call%d", n), ""), sized(fmt.Sprintf(`{"RequestId":"4C467B38-3910-447D-87BC-AC04%08X"}`, n))
}

// stepped returns what is written down of a connection on which one thing passes after another.
func stepped(t *testing.T, moves ...move) (xs []*schemas.Exchange, tally Tally) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		var lines bytes.Buffer
		w := NewWatch(&lines, "gateway", memory)
		tap := w.connection()
		for _, m := range moves {
			time.Sleep(m.pause)
			for s, text := range map[*stream]string{tap.sent: m.sent, tap.answered: m.answered} {
				if text != "" {
					s.put([]byte(text))
					s.wake()
				}
			}
			synctest.Wait()
		}
		tap.sent.finish(io.EOF)
		tap.answered.finish(io.EOF)
		w.Close()
		if left := w.budget.left.Load(); left != memory {
			t.Errorf("%d bytes are held at the end", memory-left)
		}
		for line := range strings.Lines(lines.String()) {
			x := &schemas.Exchange{}
			if err := json.Unmarshal([]byte(line), x); err != nil {
				t.Fatal(err)
			}
			xs = append(xs, x)
		}
		tally = w.Tally()
	})
	return xs, tally
}

// Bytes behind an answer are a finding about it, and are not taken for the answer to the next request.
func TestBytesBehindAnAnswer(t *testing.T) {
	one, a := numbered(1)
	two, b := numbered(2)
	_, more := numbered(3)
	head := strings.Replace(one, "GET", "HEAD", 1)
	chunked := answered("Transfer-Encoding: chunked\r\n", fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(good), good))
	early := strings.Replace(one, "GET", "POST", 1)
	early = strings.TrimSuffix(early, "\r\n") + "Content-Length: 5\r\n\r\n"
	for _, c := range []struct {
		name   string
		moves  []move
		behind []int // of each answer that is written down
		notes  string
	}{
		{"nothing", []move{{sent: one}, {answered: a}, {sent: two}, {answered: b}}, []int{0, 0}, ""},
		{"a second answer", []move{{sent: one}, {answered: a + more}}, []int{len(more)}, ""},
		{"a second answer, and another request", []move{{sent: one}, {answered: a + more}, {sent: two}, {answered: b}}, []int{len(more), 0}, ""},
		{"a second answer in a piece of its own", []move{{sent: one}, {answered: a}, {answered: more}, {sent: two}, {answered: b}}, []int{len(more), 0}, ""},
		{"a second answer in two pieces", []move{{sent: one}, {answered: a + more[:40]}, {answered: more[40:]}, {sent: two}, {answered: b}}, []int{40, 0}, ""},
		{"a second answer later", []move{{sent: one}, {answered: a}, {answered: more, pause: time.Minute}, {sent: two}, {answered: b}}, []int{0, 0},
			fmt.Sprintf("%d bytes came behind answers that are not judged, or were judged before", len(more))},
		{"a byte", []move{{sent: one}, {answered: a + "\x00"}, {sent: two}, {answered: b}}, []int{1, 0}, ""},
		{"a byte behind each", []move{{sent: one}, {answered: a + "\x00"}, {sent: two}, {answered: b + "\x00"}}, []int{1, 1}, ""},
		{"behind chunks", []move{{sent: one}, {answered: chunked + "ab"}, {sent: two}, {answered: b}}, []int{2, 0}, ""},
		{"a body behind 204", []move{{sent: one}, {answered: "HTTP/1.1 204 No Content\r\n\r\n{}"}, {sent: two}, {answered: b}}, []int{2, 0}, ""},
		{"a body behind HEAD", []move{{sent: head}, {answered: a}, {sent: two}, {answered: b}}, []int{0},
			fmt.Sprintf("1 exchange not judged: an answer to HEAD has no body; %d bytes came behind answers that are not judged, or were judged before", len(good))},
		{"the next answer in the same piece", []move{{sent: one}, {answered: a[:9]}, {sent: two}, {answered: a[9:] + b}}, []int{0, 0}, ""},
		{"pipelined", []move{{sent: one + two}, {answered: a + b}}, []int{0, 0}, ""},
		{"an answer before the request is whole", []move{{sent: early}, {answered: a}, {sent: "12345" + two}, {answered: b}}, []int{0, 0}, ""},
		{"the end of an idle connection", []move{{sent: one}, {answered: a}, {answered: "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n", pause: time.Minute}}, []int{0},
			"1 connection not watched to the end: an answer came that nobody asked for"},
		{"before the first request", []move{{answered: more}, {sent: one}, {answered: a}}, nil,
			"1 connection not watched to the end: an answer came that nobody asked for"},
	} {
		t.Run(c.name, func(t *testing.T) {
			xs, tally := stepped(t, c.moves...)
			var behind []int
			for i, x := range xs {
				behind = append(behind, x.Response.Behind)
				if want := fmt.Sprintf("Action=Call%d", len(c.behind)-len(xs)+i+1); len(c.behind) > 1 && !strings.Contains(x.Request.URL, want) {
					t.Errorf("answer %d is that of %s", i, x.Request.URL)
				}
			}
			tally.Unseen = 0
			if notes := strings.Join(tally.Notes(), "; "); !slices.Equal(behind, c.behind) || notes != c.notes {
				t.Errorf("behind the answers were %d bytes, %q; want %d, %q", behind, notes, c.behind, c.notes)
			}
			r, clauses := found(t, xs, "gateway")
			if wrong := slices.ContainsFunc(c.behind, func(n int) bool { return n > 0 }); wrong != slices.Contains(clauses, "ROBUST-1") {
				t.Errorf("found %q: %+v", clauses, r.Findings)
			}
			if slices.Contains(clauses, "REQUESTID-2") {
				t.Errorf("an answer was taken for another: %+v", r.Findings)
			}
		})
	}
}

// Through a socket too, and every byte passes.
func TestTwoAnswersThroughAProxy(t *testing.T) {
	_, a := numbered(1)
	_, more := numbered(2)
	_, b := numbered(3)
	k := talk{"", []step{say(ask), hear(len(a + more)), say(ask), hear(len(b)), closeWrite, hearAll},
		[]step{hear(len(ask)), say(a + more), hear(len(ask)), say(b), hearAll}}
	xs, _ := watched(t, k)
	if r, clauses := found(t, xs, "ecs"); r.Judged != 2 || !slices.Contains(clauses, "ROBUST-1") || !strings.HasSuffix(b, string(xs[1].Response.Body)) {
		t.Errorf("%d judged, found %q\n%q", r.Judged, clauses, sketch(xs))
	}
}

// What follows a packed body within its length is behind it too; several members of gzip are one body.
func TestBytesBehindAPackedBody(t *testing.T) {
	asks := asking("/?Action=DescribeRegions", "Accept-Encoding: gzip, deflate\r\n")
	var deflated strings.Builder
	z := zlib.NewWriter(&deflated)
	_, _ = z.Write([]byte(good))
	_ = z.Close()
	for _, c := range []struct {
		name, coding, body string
		behind             int
	}{
		{"gzip", "gzip", packed(good), 0},
		{"two members", "gzip", packed(good[:20]) + packed(good[20:]), 0},
		{"junk behind gzip", "gzip", packed(good) + "garbage", 7},
		{"a byte behind gzip", "gzip", packed(good) + "\x1f", 1},
		{"junk behind two members", "gzip", packed(good[:20]) + packed(good[20:]) + "0123456789", 10},
		{"deflate", "deflate", deflated.String(), 0},
		{"junk behind deflate", "deflate", deflated.String() + "garbage", 7},
	} {
		xs, tally := watched(t, exchanged(asks, withCoding(c.coding, c.body)))
		if len(xs) != 1 || string(xs[0].Response.Body) != good || xs[0].Response.Behind != c.behind {
			t.Errorf("%s: %q, %q", c.name, sketch(xs), tally.Notes())
			continue
		}
		if _, clauses := found(t, xs, "ecs"); slices.Contains(clauses, "ROBUST-1") != (c.behind > 0) {
			t.Errorf("%s: found %q", c.name, clauses)
		}
	}
}
