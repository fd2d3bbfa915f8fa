package observe

import (
	"fmt"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/scan"
)

// sample is one captured answer.
type sample struct {
	status                         int
	contentType, header, host, did string
	format                         schemas.Format
	published                      string // the action, where it is a published operation
	body                           string
}

func (s sample) exchange() *schemas.Exchange {
	return &schemas.Exchange{
		Intent: schemas.Intent{Operation: s.published, Action: s.did, Host: s.host, Format: s.format, Profile: "ecs", Method: "GET"},
		Response: &schemas.Response{Status: s.status, Body: schemas.Body(s.body), Header: schemas.Header{
			{Name: "Server", Value: "x"}, {Name: "content-type", Value: s.contentType}, {Name: "X-Acs-Request-Id", Value: s.header}}},
	}
}

// record returns the record of a sample; nil where its body is not accepted.
func (s sample) record() *Record {
	r := &Record{Published: s.published != "", Status: s.status, ContentType: []byte(s.contentType), IDHeader: []byte(s.header), Action: []byte(s.did), Host: []byte(s.host), Format: s.format}
	var scanner scan.Scanner
	var e scan.Envelope
	if !scanner.JSON([]byte(s.body), &e) && !scanner.XML([]byte(s.body), &e) || !r.Read(&e) {
		return nil
	}
	return r
}

const (
	id       = "4C467B38-3910-447D-87BC-AC049166F216"
	declared = `<?xml version="1.0" encoding="UTF-8"?>`
)

var (
	inJSON = sample{200, "application/json", id, "h.example.test", "Query", schemas.JSON, "Query", `{"RequestId":"` + id + `","HostId":"h.example.test","Message":"at \"h.example.test\"","N":7,"L":[1]}`}
	inXML  = sample{400, "text/xml", id, "h.example.test", "Query", schemas.XML, "Query", declared + `<QueryResponse><RequestId>` + id + `</RequestId><HostId>h.example.test</HostId><Message>at h.example.test</Message><N>7</N><L><M>1</M></L></QueryResponse>`}
)

func (s sample) with(change func(*sample)) sample {
	change(&s)
	return s
}

func (s sample) written(old, other string) sample {
	return s.with(func(s *sample) { s.body = strings.Replace(s.body, old, other, 1) })
}

// asked lists every question with a change of the sample that changes its answer. Flaws have none: records have none.
func asked(s sample) map[question]sample {
	changed := map[question]sample{
		{what: status}:               s.with(func(s *sample) { s.status++ }),
		{header, "Content-Type"}:     s.with(func(s *sample) { s.contentType += ";charset=utf-8" }),
		{header, "x-acs-request-id"}: s.with(func(s *sample) { s.header = "" }),
		{what: action}:               s.with(func(s *sample) { s.did, s.published = "", "" }),
		{what: host}:                 s.with(func(s *sample) { s.host = "i.example.test" }),
		{what: operation}:            s.with(func(s *sample) { s.published = "" }),
		{what: hostKnown}:            s.with(func(s *sample) { s.host = "" }),
		{what: askedFormat}:          s.with(func(s *sample) { s.format = "" }),
		{class, "Message"}:           s.written(`Message`, `Massage`).written(`Message>`, `Massage>`),
		{class, "N"}:                 s.written(`"N":7,`, ``).written(`<N>7</N>`, ``),
		{value, "N"}:                 s.written(`:7`, `:8`).written(`>7<`, `>8<`),
		{values, "N"}:                s.written(`:7`, `:8`).written(`>7<`, `>8<`),
		{what: names}:                s.written(`HostId`, `HastId`).written(`HostId>`, `HastId>`),
		{what: structured}:           s.written(`[1]`, `1`).written(`<M>1</M>`, `1`),
		{what: idFormat}:             s.written(id, id[1:]),
		{what: requestID}:            s.written(id, id[1:]+"0"),
		{what: idHeader}:             s.written(id, id[1:]+"0"),
		{sameAsHost, "HostId"}:       s.written("h.example.test", "H.example.test"),
		{holdsHost, "Message"}:       s.with(func(s *sample) { s.host = "other.example.test" }),
	}
	if s.format == schemas.JSON {
		changed[question{class, "N"}] = s.written(`:7`, `:7.5`)
		changed[question{what: nature}] = inXML
		changed[question{what: kinds}] = s.written(`[1]`, `[[1]]`)
	} else {
		changed[question{what: nature}] = inJSON
		changed[question{what: root}] = s.written("QueryResponse", "AskResponse").written("/QueryResponse", "/AskResponse")
		changed[question{rootOfForm, "{Action}Response"}] = s.with(func(s *sample) { s.did, s.published = "Other", "Other" })
	}
	return changed
}

// A record that answers one question otherwise than the one that was kept is not found, and one that answers alike is.
func TestEveryQuestionCounts(t *testing.T) {
	seen := map[what]bool{flaws: true}
	for _, s := range []sample{inJSON, inXML} {
		for q, other := range asked(s) {
			seen[q.what] = true
			notes := &Notes{}
			Open(s.exchange(), notes).ask(q)
			var m Memo[int]
			verdict := 7
			if !m.Keep(s.record(), notes, &verdict) {
				t.Errorf("%+v: nothing is kept of %s", q, s.body)
				continue
			}
			if got := m.Find(s.record()); got == nil || *got != 7 {
				t.Errorf("%+v: the same record is not found", q)
			}
			if r := other.record(); r == nil || m.Find(r) != nil {
				t.Errorf("%+v: found, though it answers otherwise: %+v", q, other)
			}
			for further, another := range asked(s) {
				a, b := Open(s.exchange(), nil).answer(q), Open(another.exchange(), nil).answer(q)
				if r := another.record(); r != nil && (m.Find(r) != nil) != (a == b) {
					t.Errorf("%+v: found: %v, after a change of %+v: %+v and %+v", q, a != b, further, a, b)
				}
			}
		}
	}
	for w := range allQuestions {
		if !seen[w] {
			t.Errorf("question %d is not asked here", w)
		}
	}
}

// A verdict that depends on what no record answers is not kept.
func TestWhatIsBeyondARecord(t *testing.T) {
	for name, read := range map[string]func(*View){
		"the exchange":    func(v *View) { v.Exchange() },
		"a method":        func(v *View) { v.Method() },
		"another header":  func(v *View) { v.Header("Server") },
		"an empty header": func(v *View) { v.HasHeader("Server") },
		"a list":          func(v *View) { v.Envelope().Get("L") },
		"all members":     func(v *View) { v.Envelope().Members() },
	} {
		notes := &Notes{}
		read(Open(inJSON.exchange(), notes))
		if (&Memo[int]{}).Keep(inJSON.record(), notes, new(int)) {
			t.Errorf("%s: kept", name)
		}
	}
	for name, change := range map[string]func(*schemas.Exchange){
		"a fault":     func(x *schemas.Exchange) { x.Fault = &schemas.Fault{} },
		"a condition": func(x *schemas.Exchange) { x.Intent.Condition = schemas.Sound },
		"a secret":    func(x *schemas.Exchange) { x.Intent.Secrets = []string{"x"} },
		"a reading":   func(x *schemas.Exchange) { x.Readings = []schemas.Reading{{}} },
		"no answer":   func(x *schemas.Exchange) { x.Response = nil },
	} {
		x, notes := inJSON.exchange(), &Notes{}
		change(x)
		Open(x, notes)
		if (&Memo[int]{}).Keep(inJSON.record(), notes, new(int)) {
			t.Errorf("%s: kept", name)
		}
	}
}

// A memo is bounded: it lets go of all when it is full, and of what came since it finds each.
func TestMemoIsBounded(t *testing.T) {
	var m Memo[string]
	last := 0
	for n := range 20_000 {
		s := inJSON.with(func(s *sample) { s.did = fmt.Sprint("Action", n) })
		notes := &Notes{}
		v := Open(s.exchange(), notes)
		v.Status()
		text := v.Action()
		if !m.Keep(s.record(), notes, &text) {
			t.Fatalf("not kept: %d", n)
		}
		if m.held < last {
			last = -1
			break
		}
		if got := m.Find(s.record()); got == nil || *got != text {
			t.Fatalf("%v, want %s", got, text)
		}
		last = m.held
	}
	if last >= 0 || m.held > mostHeld {
		t.Errorf("it holds %d bytes", m.held)
	}
}

func TestNothingIsAllocated(t *testing.T) {
	for _, s := range []sample{inJSON, inXML} {
		notes := &Notes{}
		v := Open(s.exchange(), notes)
		for q := range asked(s) {
			v.ask(q)
		}
		var m Memo[int]
		r := s.record()
		if !m.Keep(r, notes, new(int)) {
			t.Fatal("not kept")
		}
		if n := testing.AllocsPerRun(100, func() { m.Find(r) }); n != 0 {
			t.Errorf("%v allocations", n)
		}
	}
}

// FuzzRecord holds the answers of records against those of their exchanges.
func FuzzRecord(f *testing.F) {
	for _, s := range []sample{inJSON, inXML} {
		f.Add(s.status, s.contentType, s.header, s.host, s.did, s.body)
		for _, other := range asked(s) {
			f.Add(other.status, other.contentType, other.header, other.host, other.did, other.body)
		}
	}
	for _, text := range []string{
		`{"RequestId":" x\n","HostId":null,"Message":"<\u0041>","N":-0.5,"L":{"a":[]},"Code":true}`, `{"RequestId":7,"Message":" ","HostId":""}` + "\n", "{}",
		declared + `<html><RequestId>x</RequestId></html>`, declared + `<KMS><RequestId> x </RequestId><Message>&lt;&gt;&amp;&quot;&apos;&lt</Message><N/><N>1</N></KMS>`,
	} {
		f.Add(400, "", "x", "", "", text)
	}
	f.Fuzz(func(t *testing.T, status int, contentType, header, host, did, text string) {
		s := sample{status, contentType, header, host, did, schemas.JSON, "", text}
		r := s.record()
		if r == nil {
			return
		}
		v := Open(s.exchange(), nil)
		for w := range allQuestions {
			for _, name := range []string{"Content-Type", "x-acs-request-id", "RequestId", "HostId", "Message", "Code", "N", "L", "{Action}Response", "KMS"} {
				q := question{w, name}
				want := v.answer(q)
				if code, got, ok := r.answer(&q); ok && (code != want.code || string(got) != want.text) {
					t.Errorf("%+v: %d %q, want %+v of %q", q, code, got, want, text)
				}
			}
		}
	})
}
