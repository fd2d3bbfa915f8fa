package mock_test

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mock"
	"github.com/acsconform/acsconform/schemas"
)

// scripted is a mock that answers by a file of that text.
func scripted(t *testing.T, text string, opts ...reference.Option) *mock.Mock {
	t.Helper()
	path := filepath.Join(t.TempDir(), "answers.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	m := mock.New([]*schemas.Profile{builtIn(t, "ecs"), product(t, lending)}, func(string) {}, opts...)
	if _, err := m.Follow(path); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestThrottledThrottledServed(t *testing.T) {
	m := scripted(t, "answers:\n- {operation: DescribeRegions, profile: ecs, replies: [{error: Throttling}, {error: Throttling}, {}]}\n")
	var codes []int
	for range 4 {
		w := ask(t, m, "2014-05-26", schemas.SoundRequest{Action: "DescribeRegions"})
		codes = append(codes, w.Code)
		if w.Code != http.StatusOK && w.Header().Get("X-Acs-Retry-After") == "" {
			t.Errorf("%v", w.Header())
		}
	}
	if codes[0]/100 != 4 || codes[1] != codes[0] || codes[2] != http.StatusOK || codes[3] != http.StatusOK {
		t.Errorf("got %v", codes)
	}
	if w := ask(t, m, lendingVersion, schemas.SoundRequest{Action: "DescribeRegions"}); w.Code != http.StatusOK {
		t.Errorf("the other product answers %d", w.Code)
	}
}

func TestABodyTakesValuesOfTheCall(t *testing.T) {
	m := scripted(t, `answers:
- operation: ListBooks
  replies:
  - headers: {X-Note: hello}
    body:
      RequestId: mine
      TotalCount: {from: PageSize}
      PageNumber: {from: PageNumber}
      Books: [{BookId: {from: ShelfName}, Pages: 12, Tags: [{from: ShelfName}, {from: Nothing}]}]
`)
	w := ask(t, m, lendingVersion, schemas.SoundRequest{Action: "ListBooks", Params: map[string]string{"Format": "JSON", "ShelfName": `"poems" <&>`, "PageSize": "5"}})
	got := served(t, w)
	if !uuid.MatchString(got["RequestId"].(string)) || w.Header().Get("X-Note") != "hello" {
		t.Errorf("%v %v", got["RequestId"], w.Header())
	}
	delete(got, "RequestId")
	text, _ := json.Marshal(got)
	if want := `{"Books":[{"BookId":"\"poems\" \u003c\u0026\u003e","Pages":12,"Tags":["\"poems\" \u003c\u0026\u003e"]}],"TotalCount":5}`; string(text) != want {
		t.Errorf("got %s\nwant %s", text, want)
	}
	if w := ask(t, m, lendingVersion, schemas.SoundRequest{Action: "ListBooks"}); w.Code != http.StatusBadRequest {
		t.Errorf("a call without its required parameters is answered: %d %s", w.Code, w.Body)
	}
}

func TestABrokenConnection(t *testing.T) {
	m := scripted(t, "answers:\n- {operation: DescribeRegions, cycle: true, replies: [{breaks: cut}, {breaks: reset}, {}]}\n")
	l, err := m.Start("127.0.0.1:0", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	var faults []bool
	for range 3 {
		r := byName("2014-05-26", schemas.SoundRequest{Action: "DescribeRegions", Method: "POST"})
		r.URL.Host, r.URL.Scheme, r.RequestURI = strings.TrimPrefix(l.URL(), "http://"), "http", ""
		answer, err := client.Do(r)
		if err == nil {
			_, err = io.ReadAll(answer.Body)
			answer.Body.Close()
		}
		faults = append(faults, err != nil)
	}
	if !faults[0] || !faults[1] || faults[2] {
		t.Errorf("got %v", faults)
	}
}

// Over HTTP/2 the stream alone is broken, and the connection stays.
func TestACutAnswerOverHTTP2(t *testing.T) {
	m := scripted(t, "answers:\n- {operation: DescribeRegions, profile: ecs, cycle: true, replies: [{breaks: cut}, {}]}\n")
	l, err := m.Start("127.0.0.1:0", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	protocols := new(http.Protocols)
	protocols.SetUnencryptedHTTP2(true)
	of := &http.Client{Transport: &http.Transport{Protocols: protocols}}
	var lengths []int
	for i := range 2 {
		r := byName("2014-05-26", schemas.SoundRequest{Action: "DescribeRegions"})
		r.URL.Host, r.URL.Scheme, r.RequestURI = strings.TrimPrefix(l.URL(), "http://"), "http", ""
		answer, err := of.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if lengths = append(lengths, len(text)); answer.ProtoMajor != 2 || (err == nil) != (i == 1) {
			t.Errorf("answer %d: %s %q (%v)", i+1, answer.Proto, text, err)
		}
	}
	if lengths[0] != lengths[1]/2 {
		t.Errorf("%d bytes of %d came", lengths[0], lengths[1])
	}
}

func TestAnyKey(t *testing.T) {
	unknown := func(r *http.Request) {
		r.URL.RawQuery = strings.Replace(r.URL.RawQuery, "AccessKeyId=reference-default", "AccessKeyId=mine", 1)
		r.RequestURI = "/?" + r.URL.RawQuery
	}
	with, without := scripted(t, "answers: []\n", mock.AnyKey()), scripted(t, "answers: []\n")
	call := schemas.SoundRequest{Action: "DescribeRegions"}
	if w := ask(t, with, "2014-05-26", call, unknown); w.Code != http.StatusOK {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := ask(t, without, "2014-05-26", call, unknown); w.Code == http.StatusOK {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
