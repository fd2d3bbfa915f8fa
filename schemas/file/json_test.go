package file_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"
	"time"

	oracle "github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

func TestCheckJSON(t *testing.T) {
	const sound = `{"asked":{},"request":{"method":"GET","url":"http://x/"}}`
	tests := []struct{ text, want string }{
		{"", "is empty (want one JSON value)"},
		{sound + "<html>", "line 1, column 58: something follows the JSON value (keep one value)"},
		{sound + "\n" + sound, "line 2, column 2: something follows the JSON value (keep one value)"},
		{"{\n\"a\":1,\n\"a\":2}", `line 3, column 1: is not JSON: duplicate object member name "a"`},
		{`{}`, `missing key "request" (want what was sent)`},
		{`[]`, "got a list, want keys and values"},
		{`{"request":{"method":"GET","url":"x","headers":[]}}`, `request: unknown key "headers" (did you mean header?)`},
		{`{"request":{"method":"GET","url":"x"},"response":{"status":"200"}}`, `response.status: got "200", want a whole number`},
		{`{"request":{"method":"GET","url":"x"},"seconds":1e10000000}`, `the number "1e10000000" is out of all bounds`},
		{`{"request":{"method":"GET","url":"x"},"fault":{"kind":"resett","text":""}}`,
			`fault.kind: got "resett", want refused, unreachable, tls, reset, empty, cut, timeout, malformed, too-large or cancelled (did you mean reset?)`},
		{`{"request":{"method":"GET","url":"x"},"started":"yesterday"}`, `started: got "yesterday", want a time of RFC 3339`},
		{`{"request":{"method":"GET","url":"x","body":{"base64":"?"}}}`, `request.body.base64: got "?", want bytes in base64`},
	}
	if err := file.CheckJSON(file.Exchange, []byte(sound)); err != nil {
		t.Error(err)
	}
	for _, tt := range tests {
		if err := file.CheckJSON(file.Exchange, []byte(tt.text)); err == nil || err.Error() != tt.want {
			t.Errorf("%s:\ngot  %v\nwant %s", tt.text, err, tt.want)
		}
	}
	if err := file.CheckJSON("song", []byte("{}")); err == nil || err.Error() != `no kind of file is called "song"` {
		t.Errorf("got %v", err)
	}
}

// fullReport has something in every field that may be left out.
func fullReport() schemas.Report {
	request := schemas.Request{Method: "GET", URL: "http://x/", Header: schemas.Header{{Name: "A", Value: "b"}}, Body: schemas.Body("a=b"), Raw: schemas.Body{0xff}, HalfClose: true}
	response := &schemas.Response{Proto: "HTTP/1.1", Status: 400, Header: schemas.Header{}, Body: schemas.Body("{}"), Length: 2, Truncated: true}
	fault := &schemas.Fault{Kind: schemas.FaultCut, Text: "closed"}
	return schemas.Report{
		Schema: schemas.ReportSchema, Suite: schemas.Suite{Version: "v1", Book: "abc"}, Started: time.Unix(1, 5), Seconds: 1.25, Verdict: schemas.NonConformant,
		Runs: []schemas.Run{{
			Target: schemas.RunTarget{URL: "http://x/", Profile: "ecs", Style: schemas.RPC}, Verdict: schemas.Inconclusive, Why: "no reply", Notes: []string{"n"},
			Clauses: []schemas.ClauseState{{ID: "NONCE-1", Level: schemas.Must, State: schemas.NotApplicable, Exchanges: 2, Why: "w"}},
			Codes:   []schemas.CodeState{{Code: "A", Status: schemas.Status{Low: 400, High: 499}, Message: "m", State: schemas.CodeSeen, Cases: []string{"c"}}},
			Cases: []schemas.CaseResult{{Name: "a", Clause: "NONCE-1", Condition: "nonce-reused", Format: schemas.XML, Method: "GET", Outcome: schemas.NotJudged, Why: "w",
				Findings: []schemas.Finding{{Clause: "NONCE-1", Level: schemas.Should, Got: "g", Want: "w"}},
				Exchange: &schemas.ExchangeReport{Request: request, Response: response, Fault: fault, Curl: "curl x"}, Seconds: 0.5, Source: "suites/nonce.go:21", Behind: "b",
				Answers: []schemas.Answer{{Proto: "HTTP/1.1", Status: 400, Fault: schemas.FaultCut, ContentType: "text/xml", Code: "A", Message: "m", RequestID: "i",
					Members: []string{"Code"}, Header: schemas.Header{{Name: "A", Value: "b"}}, Cut: true}}}},
		}},
	}
}

func TestReportsFitTheirSchema(t *testing.T) {
	text, err := json.Marshal(fullReport())
	if err != nil {
		t.Fatal(err)
	}
	if err := file.CheckJSON(file.Report, text); err != nil {
		t.Error(err)
	}
	if err := file.CheckJSON(file.Report, bytes.Replace(text, []byte("report/1"), []byte("report/2"), 1)); err == nil {
		t.Error("a report of another schema passes")
	}
}

// Every change of a sound document is judged alike by the validator and by another one.
func TestTwoValidatorsAgree(t *testing.T) {
	report, err := json.Marshal(fullReport())
	if err != nil {
		t.Fatal(err)
	}
	agree(t, file.Report, report)
	agree(t, file.Vectors, []byte(`{"vectors":[{"id":"a","style":"rpc","source":"s","note":"n","secret":"k","method":"GET","path":"/","params":{"a":"b"},`+
		`"header":[{"name":"A","value":"b"}],"string_to_sign":"x","signature":"y"}],"wrong":[{"id":"w","style":"roa","source":"s","like":"a","published":"z","right":"y"}]}`))
	for kind, path := range map[file.Kind]string{
		file.Profile: "../../fixtures/generated/ess.json", file.Capture: "../../fixtures/captures/ecs-error-as-deployed.json",
	} {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		agree(t, kind, text)
	}
}

func agree(t *testing.T, kind file.Kind, text []byte) {
	t.Helper()
	other := oracleOf(t, kind)
	var root any
	if err := json.Unmarshal(text, &root); err != nil {
		t.Fatal(err)
	}
	refused := 0
	check := func(what string) {
		changed, err := json.Marshal(root)
		if err != nil {
			t.Fatal(err)
		}
		document, err := oracle.UnmarshalJSON(bytes.NewReader(changed))
		if err != nil {
			t.Fatal(err)
		}
		ours, theirs := file.CheckJSON(kind, changed), other.Validate(document)
		if (ours == nil) != (theirs == nil) {
			t.Errorf("%s, %s: one says %v, the other %v", kind, what, ours, theirs)
		}
		if ours != nil {
			refused++
		}
	}
	check("as it is")
	if refused > 0 {
		t.Errorf("%s: the sound document is refused", kind)
	}
	changes := eachChange(string(kind), root, func(v any) { root = v }, check)
	if refused < changes/4 {
		t.Errorf("%s: only %d of %d changes are refused", kind, refused, changes)
	}
}

// eachChange puts wrong values in every place of a document, one at a time, and leaves members out.
func eachChange(path string, v any, set func(any), check func(string)) (n int) {
	for _, wrong := range []any{nil, "", "?", 0, 1.5, -1, 1000, true, []any{}, map[string]any{}, map[string]any{"zz": 1}, []any{"a", "a"}} {
		set(wrong)
		check(fmt.Sprintf("%s set to %v", path, wrong))
		n++
	}
	set(v)
	switch v := v.(type) {
	case []any:
		for i := range v[:min(len(v), 3)] {
			item := v[i]
			n += eachChange(fmt.Sprintf("%s[%d]", path, i), item, func(w any) { v[i] = w }, check)
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			member := v[name]
			delete(v, name)
			check(path + " without " + name)
			n += 1 + eachChange(path+"."+name, member, func(w any) { v[name] = w }, check)
		}
	}
	return n
}
