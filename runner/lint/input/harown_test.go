package input_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/acsconform/acsconform/runner/har"
	"github.com/acsconform/acsconform/runner/internal/armed"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/schemas"
)

// exchanges are those that HAR has least place for.
func exchanges() map[string]*schemas.Exchange {
	at := time.Date(2026, 11, 27, 8, 0, 0, 123456789, time.UTC)
	answer := &schemas.Response{Proto: "HTTP/1.1", Status: 400, Header: schemas.Header{{Name: "Content-Type", Value: "text/xml"}, {Name: "Set-Cookie", Value: "a"}, {Name: "Set-Cookie", Value: "b"}}, Body: schemas.Body("<Error/>")}
	plain := schemas.Request{Method: "GET", URL: "http://127.0.0.1:8080/?Action=A&b=%zz&Format=", Header: schemas.Header{{Name: "Accept", Value: "*/*"}}}
	return map[string]*schemas.Exchange{
		"an answer": {Intent: schemas.Intent{Case: "a", Variant: "XML, GET", Clause: "NONCE-1", Profile: "ecs", Style: schemas.RPC, Step: 2, Stamped: at, Row: &schemas.RowKey{Code: "A", Status: schemas.Exactly(400)}},
			Request: plain, Response: answer, Started: at, Seconds: 0.25, Attempts: 2, SetAside: true},
		"a form without a type": {Request: schemas.Request{Method: "POST", URL: "http://127.0.0.1/", Body: schemas.Body("a=b&c=%2F"), Header: schemas.Header{{Name: "Accept", Value: "*/*"}}}, Response: answer},
		"no header":             {Request: schemas.Request{Method: "POST", URL: "http://127.0.0.1/", Body: schemas.Body("a")}, Response: &schemas.Response{Status: 200, Body: schemas.Body("{}")}},
		"bytes that are no text": {Request: schemas.Request{Method: "PUT", URL: "http://127.0.0.1/", Header: schemas.Header{{Name: "A", Value: "b"}}, Body: schemas.Body("\xff\x00")},
			Response: &schemas.Response{Status: 200, Header: schemas.Header{{Name: "A", Value: "b"}}, Body: schemas.Body("\xfe{")}},
		"a raw request":     {Request: schemas.Request{Method: "GET", URL: "http://127.0.0.1/", Raw: schemas.Body("GET / HTTP/9\r\n\r\n"), HalfClose: true, Address: "127.0.0.2"}, Response: answer},
		"no answer":         {Request: plain, Fault: &schemas.Fault{Kind: schemas.FaultReset, Text: "connection reset"}, Started: at},
		"a part of one":     {Request: plain, Response: &schemas.Response{Status: 200, Body: schemas.Body("{"), Length: 70000, Cut: true, Header: schemas.Header{{Name: "A", Value: "b"}}}, Fault: &schemas.Fault{Kind: schemas.FaultCut, Text: "cut"}},
		"an endless answer": {Request: plain, Response: &schemas.Response{Status: 200, Body: schemas.Body("{"), Length: 1 << 20, Truncated: true, Behind: 7, Header: schemas.Header{{Name: "A", Value: "b"}}}},
	}
}

func written(t *testing.T, list ...*schemas.Exchange) string {
	t.Helper()
	var transcript, out bytes.Buffer
	e := json.NewEncoder(&transcript)
	for _, x := range list {
		if err := e.Encode(x); err != nil {
			t.Fatal(err)
		}
	}
	if err := har.Write(&out, &transcript, "v1"); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// What is written is read as it was, by the reader of captured traffic.
func TestExchangesComeBackWhole(t *testing.T) {
	for name, x := range exchanges() {
		text := written(t, x)
		got, err := input.ReadHAR(strings.NewReader(text))
		if err != nil || len(got) != 1 {
			t.Errorf("%s: %v, %d exchanges of %s", name, err, len(got), text)
			continue
		}
		want, back := canonical(t, x), canonical(t, got[0])
		if !reflect.DeepEqual(want, back) {
			t.Errorf("%s: got\n%s\nwant\n%s", name, back, want)
		}
	}
}

// canonical is an exchange as JSON: an empty header and none are the same there.
func canonical(t *testing.T, x *schemas.Exchange) string {
	t.Helper()
	text, err := json.Marshal(x)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// What HAR 1.2 makes mandatory is there, for a request without an answer too.
func TestMandatoryMembers(t *testing.T) {
	var doc struct {
		Log struct {
			Version string
			Creator struct{ Name, Version string }
			Entries []map[string]json.RawMessage
		}
	}
	var list []*schemas.Exchange
	for _, x := range exchanges() {
		list = append(list, x)
	}
	if err := json.Unmarshal([]byte(written(t, list...)), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Log.Version != "1.2" || doc.Log.Creator.Name != "acsconform" || len(doc.Log.Entries) != len(list) {
		t.Errorf("%+v", doc.Log)
	}
	for _, e := range doc.Log.Entries {
		has(t, e, "startedDateTime", "time", "request", "response", "cache", "timings")
		has(t, member(t, e["request"]), "method", "url", "httpVersion", "cookies", "headers", "queryString", "headersSize", "bodySize")
		answer := member(t, e["response"])
		has(t, answer, "status", "statusText", "httpVersion", "cookies", "headers", "content", "redirectURL", "headersSize", "bodySize")
		has(t, member(t, answer["content"]), "size", "mimeType")
		has(t, member(t, e["timings"]), "send", "wait", "receive")
	}
	if written(t) != "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"acsconform\",\"version\":\"v1\"},\"entries\":[\n]}}\n" {
		t.Errorf("nothing is written as %s", written(t))
	}
}

func member(t *testing.T, raw json.RawMessage) (m map[string]json.RawMessage) {
	t.Helper()
	if err := json.Unmarshal(raw, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

func has(t *testing.T, m map[string]json.RawMessage, names ...string) {
	t.Helper()
	for _, name := range names {
		if raw, ok := m[name]; !ok || string(raw) == "null" {
			t.Errorf("%q is %s", name, raw)
		}
	}
}

func TestNoEntryPassesACommandOn(t *testing.T) {
	for _, text := range armed.Texts() {
		x := &schemas.Exchange{}
		armed.Fill(x, text, func(string) bool { return false })
		x.Intent.Row.Status = schemas.Exactly(400)
		if found := armed.In(written(t, x)); len(found) > 0 {
			t.Errorf("an entry passes on %q", found)
		}
	}
}

// A member that only looks like an exchange of ours is a fault of its entry, not of the reading.
func TestEntriesThatAreNone(t *testing.T) {
	for _, own := range []string{`{}`, `{"response":{"status":200}}`, `{"fault":null}`} {
		text := `{"log":{"entries":[{"request":{"method":"GET","url":"http://a/"},"response":{"status":0,"content":{}},"_exchange":` + own + `}]}}`
		if got, err := input.ReadHAR(strings.NewReader(text)); err == nil || len(got) > 0 {
			t.Errorf("%s: got %d exchanges, %v", own, len(got), err)
		}
	}
}
