package matchers_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/onsi/gomega"

	"github.com/acsconform/acsconform/suites/matchers"
)

const good = `{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216","Code":"InvalidParameter","Message":"The specified parameter is not valid."}`

func response(body io.Reader) *http.Response {
	return &http.Response{StatusCode: 400, Header: http.Header{"Content-Type": {"application/json;charset=utf-8"}}, Body: io.NopCloser(body), ContentLength: -1}
}

// closing is a body that knows whether it was closed.
type closing struct {
	io.Reader
	closed bool
}

func (c *closing) Close() error { c.closed = true; return nil }

func TestTheBodyIsPutBack(t *testing.T) {
	g := gomega.NewWithT(t)
	body := &closing{Reader: strings.NewReader(good)}
	res := response(nil)
	res.Body = body
	for range 3 {
		g.Expect(res).To(matchers.BeErrorEnvelope("ecs", "InvalidParameter"))
	}
	half := make([]byte, 10)
	if _, err := io.ReadFull(res.Body, half); err != nil {
		t.Fatal(err)
	}
	g.Expect(res).To(matchers.HaveRequestID()) // whatever was read since
	rest, err := io.ReadAll(res.Body)
	if got := string(half) + string(rest); got != good || err != nil {
		t.Errorf("read %q, %v", got, err)
	}
	if body.closed {
		t.Error("the matcher closed the body")
	}
	if res.Body.Close(); !body.closed {
		t.Error("the body cannot be closed any more")
	}
}

func TestALongBodyIsReadUpToALimit(t *testing.T) {
	const size = 3 << 20
	read := 0
	res := response(readerFunc(func(p []byte) (int, error) {
		if read == size {
			return 0, io.EOF
		}
		n := min(len(p), size-read)
		for i := range n {
			p[i] = ' '
		}
		read += n
		return n, nil
	}))
	if word, text := outcome(matchers.BeErrorEnvelope("ecs", ""), res); word != "error" || !strings.Contains(text, "the body goes on past 1 MiB") {
		t.Errorf("%s: %s", word, text)
	}
	if read > 1<<20+1 {
		t.Errorf("%d bytes were read", read)
	}
	if n, err := io.Copy(io.Discard, res.Body); n != size || err != nil {
		t.Errorf("%d bytes are left to the caller (%v), want %d", n, err, size)
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestABodyThatBreaksOff(t *testing.T) {
	cut, told := errors.New("connection reset"), false
	res := response(io.MultiReader(strings.NewReader(good[:20]), readerFunc(func([]byte) (int, error) {
		if told {
			return 0, io.EOF
		}
		told = true
		return 0, cut
	})))
	for range 2 {
		if word, text := outcome(matchers.HaveRequestID(), res); word != "error" || !strings.Contains(text, "the body cannot be read: connection reset (") {
			t.Errorf("%s: %s", word, text)
		}
	}
	if text, err := io.ReadAll(res.Body); string(text) != good[:20] || !errors.Is(err, cut) {
		t.Errorf("the caller reads %q, %v", text, err)
	}
}

// What a request asked for is read off it, where the response knows it.
func TestTheRequestOfAResponse(t *testing.T) {
	const xml = `<?xml version="1.0" encoding="UTF-8"?><DescribeZonesResponse><RequestId>4C467B38-3910-447D-87BC-AC049166F216</RequestId></DescribeZonesResponse>`
	header := func(r *http.Request) { r.Header.Set("x-acs-action", "DescribeRegions") }
	for _, c := range []struct {
		url    string
		change func(*http.Request)
		clause string
		status int
		body   string
		want   string
	}{
		{"/?Format=XML", nil, "FORMAT-4", 400, good, "failed"},
		{"/?Format=JSON", nil, "FORMAT-4", 400, good, "met"},
		{"/?Format=YAML", nil, "FORMAT-4", 400, good, "error"},
		{"/?Action=DescribeRegions", nil, "SUCCESS-3", 200, xml, "failed"},
		{"/?Action=DescribeZones", nil, "SUCCESS-3", 200, xml, "met"},
		{"/", header, "SUCCESS-3", 200, xml, "failed"},
		{"/", nil, "SUCCESS-3", 200, xml, "met"}, // the action is not known
		{"/", nil, "ERROR-11", 400, strings.Replace(good, "{", `{"HostId":"elsewhere.example.test",`, 1), "failed"},
		{"/", nil, "ERROR-11", 400, strings.Replace(good, "{", `{"HostId":"h.example.test",`, 1), "met"},
	} {
		res := response(strings.NewReader(c.body))
		res.StatusCode = c.status
		res.Request = httptest.NewRequest("GET", "http://h.example.test:8080"+c.url, nil)
		if c.change != nil {
			c.change(res.Request)
		}
		if word, text := outcome(matchers.For("ecs").Keep(c.clause), res); word != c.want {
			t.Errorf("GET %s, %s of %s: %s, want %s: %s", c.url, c.clause, c.body, word, c.want, text)
		}
	}
}
