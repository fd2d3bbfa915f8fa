package proxy

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

// watched returns what is written down of a talk, and what is counted.
func watched(t testing.TB, k talk) ([]*schemas.Exchange, Tally) {
	t.Helper()
	var lines bytes.Buffer
	w := NewWatch(&lines, "ecs", memory)
	address, peers := upstreamOf(t, k.upstream)
	proxied, closed := started(t, address, w)
	k.play(t, proxied, peers)
	closed()
	var xs []*schemas.Exchange
	for line := range strings.Lines(lines.String()) {
		if err := file.CheckJSON(file.Exchange, []byte(line)); err != nil {
			t.Errorf("%s: %v", line, err)
		}
		x := &schemas.Exchange{}
		if err := json.Unmarshal([]byte(line), x); err != nil {
			t.Fatal(err)
		}
		xs = append(xs, x)
	}
	return xs, w.Tally()
}

// sketch writes exchanges in a line each.
func sketch(xs []*schemas.Exchange) (list []string) {
	for _, x := range xs {
		list = append(list, fmt.Sprintf("%s %s %d %s", x.Request.Method, x.Request.URL, x.Response.Status, x.Response.Body))
	}
	return list
}

func times(n int, text string) []string { return slices.Repeat([]string{text}, n) }

func TestWhatIsSeenOfEachTalk(t *testing.T) {
	post := "POST http://a.example.test/?Action=DescribeRegions 200 " + good
	for _, c := range []struct {
		talk  string
		seen  []string
		notes string
	}{
		{"an exchange", times(1, post), ""},
		{"several exchanges", times(2, post), ""},
		{"pipelined", times(50, post), ""},
		{"chunks and a trailer", times(1, post), ""},
		{"a chunked request", times(1, "POST http://a/ 200 "+good), ""},
		{"HEAD", times(1, post), "1 exchange not judged: an answer to HEAD has no body"},
		{"100-continue", times(1, "POST http://a/ 200 "+good), ""},
		{"100-continue refused", times(1, "POST http://a/ 417 "), ""},
		{"early hints", times(1, post), ""},
		{"204 and 304", []string{"POST http://a.example.test/?Action=DescribeRegions 204 ", "POST http://a.example.test/?Action=DescribeRegions 304 "}, ""},
		{"a body until the end", times(1, post), ""},
		{"HTTP/1.0", times(1, "GET / 200 "+good), ""},
		{"the client ends its sending first", times(1, post), ""},
		{"large both ways", times(1, "POST http://a/ 200 "+large[:cutBody]), ""},
		{"the upstream ends in mid-body", nil, "1 exchange not judged: it has no complete answer"},
		{"the upstream resets in mid-body", nil, "1 exchange not judged: it has no complete answer"},
		{"the upstream ends without a byte", nil, "1 exchange not judged: it has no complete answer"},
		{"the upstream resets without a byte", nil, "1 exchange not judged: it has no complete answer"},
		{"the client resets", times(1, post), ""},
		{"the client resets in mid-request", nil, "1 exchange not judged: it has no complete answer"},
		{"no byte at all", nil, ""},
		{"the upstream speaks first", nil, "1 connection not watched to the end: an answer came that nobody asked for"},
		{"garbage", nil, "1 connection not watched to the end: it is not HTTP/1"},
		{"a request that is wrong", times(1, "GET /a b 200 "+good), "1 connection not watched to the end: it is not clear where a request ends"},
		{"WebSocket", nil, "1 exchange not judged: it became something else than HTTP; 1 connection not watched to the end: it became something else than HTTP"},
		{"CONNECT", nil, "1 exchange not judged: it became something else than HTTP; 1 connection not watched to the end: it became something else than HTTP"},
		{"HTTP/2", nil, "1 connection not watched to the end: it is HTTP/2"},
	} {
		t.Run(c.talk, func(t *testing.T) {
			t.Parallel()
			i := slices.IndexFunc(talks, func(k talk) bool { return k.name == c.talk })
			xs, tally := watched(t, talks[i])
			tally.Unseen = 0 // it depends on how soon it was known
			if notes := strings.Join(tally.Notes(), "; "); notes != c.notes || !slices.Equal(sketch(xs), c.seen) {
				t.Errorf("saw %.300q, %s\nwant %.300q, %s", sketch(xs), notes, c.seen, c.notes)
			}
		})
	}
}

// exchanged is one request and its answer.
func exchanged(request, answer string) talk {
	return talk{"", []step{say(request), closeWrite, hearAll}, []step{hear(len(request)), say(answer), shut}}
}

func packed(text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(text))
	_ = w.Close()
	return b.String()
}

func withCoding(coding, body string) string {
	return answered(fmt.Sprintf("Content-Encoding: %s\r\nContent-Length: %d\r\n", coding, len(body)), body)
}

func TestPackedBodiesAreOpenedForJudging(t *testing.T) {
	asks := "GET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip, br\r\n\r\n"
	bomb := packed(strings.Repeat("a", 2<<20))
	for _, c := range []struct {
		name, request, answer, body, notes string
		cut                                bool
	}{
		{name: "gzip", request: asks, answer: withCoding("gzip", packed(good)), body: good},
		{name: "gzip unasked stays as it came", request: strings.Replace(asks, "Accept-Encoding", "X", 1), answer: withCoding("gzip", packed(good)), body: packed(good)},
		{name: "br", request: asks, answer: withCoding("br", "\x0b\x00\x80a\x03"), notes: "1 exchange not judged: its body cannot be unpacked"},
		{name: "broken", request: asks, answer: withCoding("gzip", packed(good)[:30]), notes: "1 exchange not judged: its body cannot be unpacked"},
		{name: "past the cap", request: asks, answer: withCoding("gzip", bomb), body: strings.Repeat("a", cutBody), cut: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			xs, tally := watched(t, exchanged(c.request, c.answer))
			if notes := strings.Join(tally.Notes(), "; "); notes != c.notes {
				t.Errorf("%q, want %q", notes, c.notes)
			}
			if c.notes == "" && (len(xs) != 1 || string(xs[0].Response.Body) != c.body || xs[0].Response.Cut != c.cut) {
				t.Errorf("%.200q", sketch(xs))
			}
		})
	}
}

func TestWhatIsKnownOfARequest(t *testing.T) {
	form := func(url, body string) string {
		return fmt.Sprintf("POST %s HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", url, len(body), body)
	}
	for request, format := range map[string]schemas.Format{
		form("/", "Action=X&Format=XML"):    schemas.XML,
		form("/", "Format=JSON"):            schemas.JSON,
		form("/", "Format=JSON&Format=XML"): "",
		strings.Replace(form("/", "Format=XML"), "Host: a", "Content-Encoding: gzip", 1): "", // it cannot be read
		form("/", "Format=YAML"):                       "",
		form("/?Format=XML", "Format=JSON"):            "", // that of the URL is found when it is judged
		"GET /?Format=XML HTTP/1.1\r\nHost: a\r\n\r\n": "",
	} {
		xs, _ := watched(t, exchanged(request, sized(good)))
		if len(xs) != 1 || xs[0].Intent.Format != format || xs[0].Intent.Profile != "ecs" || xs[0].Started.IsZero() {
			t.Errorf("%q: %+v", request, xs)
		}
	}
}

func TestABrowsersQuestionBeforehandIsNotJudged(t *testing.T) {
	_, tally := watched(t, exchanged("OPTIONS / HTTP/1.1\r\nHost: a\r\nOrigin: b\r\nAccess-Control-Request-Method: POST\r\n\r\n", "HTTP/1.1 204 No Content\r\n\r\n"))
	if tally.NotJudged[Preflight] != 1 {
		t.Errorf("%v", tally.Notes())
	}
}

func TestNothingSecretIsWrittenDown(t *testing.T) {
	request := "POST /?AccessKeyId=id&Signature=c2lnbmF0dXJlMQ%3D%3D&SecurityToken=secret-token-1&NewPassword=secret-word-2 HTTP/1.1\r\nHost: a\r\n" +
		"Authorization: acs id:secret-sign-3\r\nCookie: s=secret-cookie-4\r\nX-Api-Key: secret-key-5\r\nx-acs-security-token: secret-token-6\r\n" +
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 29\r\n\r\na=b&ClientSecret=secret-own-7"
	body := `{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216","Credentials":{"AccessKeySecret":"secret-key-8","SecurityToken" : "secret-\"token-9"},"Plaintext":"secret-text-10","Message":"no such token: secret-token-1"}`
	answer := fmt.Sprintf("HTTP/1.1 200 OK\r\nSet-Cookie: secret-cookie-11\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
	xml := "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<R><AccessKeySecret>secret-key-12</AccessKeySecret></R>"
	for _, answer := range []string{answer, xml} {
		xs, _ := watched(t, exchanged(request, answer))
		if len(xs) != 1 {
			t.Fatalf("%d exchanges", len(xs))
		}
		line, _ := json.Marshal(xs[0])
		if strings.Contains(string(line), "secret-") || strings.Contains(string(line), "c2lnbmF0dXJl") {
			t.Errorf("%s", line)
		}
	}
}
