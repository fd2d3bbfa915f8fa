package runner

import (
	"reflect"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/internal/steady"
	"github.com/acsconform/acsconform/runner/redact"
	"github.com/acsconform/acsconform/runner/transport"
	"github.com/acsconform/acsconform/schemas"
)

func TestSteady(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "The specified Action is not valid.": "The specified Action is not valid.",
		"request 4C467B38-3910-447D-87BC-AC049166F216 took 12 ms":                      "request # took # ms",
		"at 2026-11-23T03:04:05.678Z, or Mon, 23 Nov 2026 03:04:05 GMT":                "at #, or #",
		"key LTAInosuchkeycc79efe8c50 does not exist":                                  "key # does not exist",
		"string to sign is:GET&%2F&AccessKeyId%3Dreference":                            "string to sign is:GET&%#&AccessKeyId%#",
		"Signature=2Xn50S… and token c2lnbmF0dXJlIGFib3ZlIHRoaXM+/w==":                 "Signature=# and token #",
		"see https://help.example.test/document_detail/troubleshooting/internationale": "see https://help.example.test/document_detail/troubleshooting/internationale",
	} {
		if got := steady.Text(text); got != want {
			t.Errorf("Steady(%q)\ngot  %q\nwant %q", text, got, want)
		}
	}
}

func TestSpelling(t *testing.T) {
	const id = "4C467B38-3910-447D-87BC-AC049166F216"
	for text, want := range map[string]string{
		"": "", id: "upper-case UUID", strings.ToLower(id): "lower-case UUID", "4c" + id[2:]: "mixed-case UUID",
		strings.ReplaceAll(id, "-", ""): "upper-case UUID without hyphens", "req-17": "lower-case id",
	} {
		if got := steady.RequestID(text); got != want {
			t.Errorf("Spelling(%q) = %q, want %q", text, got, want)
		}
	}
}

// answerOf returns the answer that a report shows of an error with these values.
func answerOf(id, date, message string) schemas.Answer {
	return Answer(&schemas.ExchangeReport{Response: &schemas.Response{Proto: "HTTP/1.1", Status: 400,
		Header: schemas.Header{{Name: "X-Acs-Request-Id", Value: id}, {Name: "Date", Value: date}, {Name: "Content-Type", Value: "text/xml"}, {Name: "Set-Cookie", Value: "sid=" + id + "; Path=/"}},
		Body:   schemas.Body(`<?xml version="1.0" encoding="UTF-8"?><Error><RequestId>` + id + `</RequestId><Code>Bad</Code><Message>` + message + `</Message></Error>`)}})
}

func TestAnswerLeavesOutWhatDiffersEachTime(t *testing.T) {
	a := answerOf("4C467B38-3910-447D-87BC-AC049166F216", "Mon, 23 Nov 2026 03:04:05 GMT", "wait 3 seconds")
	b := answerOf("00467B38-3910-447D-87BC-AC0491660000", "Tue, 24 Nov 2026 03:04:05 GMT", "wait 17 seconds")
	if !reflect.DeepEqual(a, b) {
		t.Errorf("got\n%+v\n%+v", a, b)
	}
	want := schemas.Answer{Proto: "HTTP/1.1", Status: 400, ContentType: "text/xml", Code: "Bad", Message: "wait # seconds", RequestID: "upper-case UUID",
		Members: []string{"Code", "Message", "RequestId"}, Header: schemas.Header{{Name: "Set-Cookie", Value: "sid=…"}, {Name: "X-Acs-Request-Id", Value: "#"}}}
	if !reflect.DeepEqual(a, want) {
		t.Errorf("got\n%+v\nwant\n%+v", a, want)
	}
	if c := answerOf("4c467b38-3910-447d-87bc-ac049166f216", "", "go on"); c.Message == a.Message || c.RequestID == a.RequestID {
		t.Errorf("another message and spelling of the id do not show: %+v", c)
	}
}

func TestAnswerSaysNothingOfACutBody(t *testing.T) {
	body := schemas.Body(`{"Code":"Bad","Padding":"` + strings.Repeat("a", transport.TruncatedBody))[:transport.TruncatedBody]
	if a := Answer(&schemas.ExchangeReport{Response: &schemas.Response{Status: 400, Body: body, Length: 1 << 20}}); !a.Cut || a.Code != "" || len(a.Members) > 0 {
		t.Errorf("got %+v", a)
	}
}

func TestAnswersOfSeveralExchangesHaveNoOrder(t *testing.T) {
	s := &Session{redactor: redact.New(&schemas.Target{})}
	one := &schemas.Exchange{Response: &schemas.Response{Status: 200}}
	other := &schemas.Exchange{Response: &schemas.Response{Status: 400}, Request: schemas.Request{URL: "http://x/?Signature=abcdefghijk"}}
	a, b := s.answers([]*schemas.Exchange{one, other, one}, nil), s.answers([]*schemas.Exchange{other, one}, nil)
	if len(a) != 2 || !reflect.DeepEqual(a, b) {
		t.Errorf("got %+v and %+v", a, b)
	}
	if got := s.answers([]*schemas.Exchange{one}, nil); got != nil {
		t.Errorf("of one exchange: %+v, want nothing", got)
	}
}
