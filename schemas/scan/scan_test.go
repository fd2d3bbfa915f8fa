package scan

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"encoding/json"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// accepted holds what the pass says against the full reader.
func accepted(t *testing.T, payload []byte) bool {
	t.Helper()
	var s Scanner
	var e Envelope
	ok := s.JSON(payload, &e)
	if coded(t, payload, &e) && !ok {
		t.Fatalf("accepted in a string, but not by itself: %q", payload)
	}
	if !ok {
		ok = s.XML(payload, &e)
	}
	if !ok || body.Sniff(payload) == body.NatureHTML { // a page is none by its root alone
		return false
	}
	full := body.Open(payload)
	if full == nil || len(full.Faults) > 0 {
		t.Fatalf("accepted, but the full reader finds %+v in %q", full, payload)
	}
	if (full.Format == schemas.XML) != e.XML || full.Root != string(e.Root) {
		t.Errorf("%q: format or root differ", payload)
	}
	if len(e.Members()) != len(full.Members) {
		t.Fatalf("%q: %d members, want %d", payload, len(e.Members()), len(full.Members))
	}
	for i, m := range e.Members() {
		want := full.Members[i]
		text, deep := string(m.Raw), want.Kind == body.KindObject || want.Kind == body.KindArray || want.Kind == body.KindElement
		switch {
		case m.Plain:
		case e.XML:
			text = string(Unescape(nil, m.Raw))
		default:
			text = string(Unquote(nil, m.Raw))
		}
		if string(m.Name) != want.Name || deep != (m.Kind == Object || m.Kind == Array) || !deep && text != want.Text {
			t.Errorf("%s = %q, want %+v in %q", m.Name, text, want, payload)
		}
		if (m.Kind == String) != (want.Kind == body.KindString || want.Kind == body.KindText) {
			t.Errorf("%s is %s in %q", m.Name, want.Kind, payload)
		}
	}
	return true
}

// coded holds the reading of a body in a string against that of the body by itself, where both accept it.
func coded(t *testing.T, payload []byte, alone *Envelope) bool {
	t.Helper()
	if bytes.ContainsAny(payload, "\n") { // Go and others write it as an escape, which is not accepted
		return false
	}
	quoted := bytes.ReplaceAll(bytes.ReplaceAll(payload, []byte(`\`), []byte(`\\`)), []byte(`"`), []byte(`\"`))
	line := append(append([]byte(`{"b":"`), quoted...), `"}`...)
	var s Scanner
	var e Envelope
	var v [1]Value
	read, ok := s.PickBody(NewPicker("b").WithBody(0), line, v[:], &e)
	if !read || !ok {
		return false
	}
	if string(v[0].Raw) != string(line[len(`{"b":"`):len(line)-2]) {
		t.Errorf("the body is picked as %q of %q", v[0].Raw, line)
	}
	same := slices.EqualFunc(e.Members(), alone.Members(), func(a, b Member) bool {
		return string(a.Name) == string(b.Name) && a.Kind == b.Kind && string(a.Raw) == string(b.Raw) && a.Plain == b.Plain
	})
	if !same {
		t.Errorf("%q is read otherwise in a string", payload)
	}
	return true
}

const id = "4C467B38-3910-447D-87BC-AC049166F216"

func TestTheCommonCaseIsAccepted(t *testing.T) {
	for _, payload := range []string{
		`{"RequestId":"` + id + `"}`, `{ "RequestId" : "x" , "N" : -1.5 }`,
		`{"RequestId":"x","Regions":{"Region":[{"RegionId":"cn","Ok":true,"No":null},{"RegionId":"de","Ok":false,"No":[]}]}}`,
		`{"Code":"A","Message":"say \"x\" \u4e2d é","RequestId":"x","HostId":"h","HttpStatus":404,"Recommend":"u"}`, `{}`,
		declared + `<Error><RequestId>x</RequestId><Message>a &quot;b&quot; é</Message></Error>`,
		declaredSingle + `<AResponse><RequestId>x</RequestId><E/><A><B>1</B><B>2</B> x</A> <C>1</C></AResponse>`,
	} {
		if !accepted(t, []byte(payload)) {
			t.Errorf("not accepted: %s", payload)
		}
	}
}

func TestWhatIsNotPlainIsLeftToTheFullReader(t *testing.T) {
	for _, payload := range []string{
		"", "{", `{"a":1,}`, `{"a":1 "b":2}`, `{"a":01}`, `{"a":1e5}`, `{"a":"` + "\xff" + `"}`, `{"a":"\ud800"}`, `{"a":"\x"}`, `[1]`,
		`{"a":1,"a":2}`, `{"b":{"a":1,"a":2}}`, "{\n}", "{\t}", `{"a":tru}`, `{"a":1}x`, "\xef\xbb\xbf{}", `{"a":-}`, `{"a":.5}`, `{"a":1.}`,
		`{"\u0061":1}`, "{\"a\":\"\x01\"}", `<a></a>`, declared + `<a b="c"></a>`, declared + `<Error><!-- --></Error>`, declared + `<Error>&#65;</Error>`,
		declared + `<Error><b></a></b>`, declared + `<a></a><a></Error>`, declared + `<Error><RequestId/></Error>`, declared + "<Error>\n</Error>", declared + `<Error><Code><x/></Code></Error>`,
		declared + `<Error><Code>1</Code><Code>2</Code></Error>`, declared + `<Error>]]></Error>`, declared + `<Error><a:b></a:b></Error>`, declared + `<html></html>`, declared + `<Error><a></Error></a>`, declared + `<a>`, declared,
	} {
		if accepted(t, []byte(payload)) {
			t.Errorf("accepted: %q", payload)
		}
	}
}

func FuzzAcceptedIsSound(f *testing.F) {
	for _, payload := range captured(f) {
		f.Add(payload)
	}
	f.Add([]byte(declared + `<AResponse><b><c>1</c></b><RequestId>x</RequestId></AResponse>`))
	f.Fuzz(func(t *testing.T, payload []byte) { accepted(t, payload) })
}

// captured returns the bodies of the captures, where they are.
func captured(tb testing.TB) [][]byte {
	tb.Helper()
	files, err := filepath.Glob("../../fixtures/captures/*.json")
	if err != nil || len(files) == 0 {
		tb.Fatalf("no captures: %v", err)
	}
	var bodies [][]byte
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		var c schemas.Capture
		if err := json.Unmarshal(text, &c); err != nil {
			tb.Fatal(err)
		}
		if c.Exchange.Response != nil {
			bodies = append(bodies, c.Exchange.Response.Body)
		}
	}
	return bodies
}

func TestCapturesMutilated(t *testing.T) {
	n := 0
	for _, payload := range captured(t) {
		for i := range payload {
			for _, c := range []byte("\"\\{}[],:<>&/ \n0\xc3x") {
				changed := bytes.Clone(payload)
				changed[i] = c
				if accepted(t, changed) {
					n++
				}
			}
			accepted(t, append(bytes.Clone(payload[:i]), payload[i+1:]...))
			accepted(t, payload[:i])
		}
	}
	if n == 0 {
		t.Error("nothing was accepted, so that nothing is shown")
	}
}

func TestPick(t *testing.T) {
	p := NewPicker("status", "response.body", "", "http.code", "list")
	into := make([]Value, 5)
	var s Scanner
	line := "{\"x\":{\"status\":1},\t\"status\" : \"200\",\"response\":{\"z\":[1],\"body\":\"a\\\"b\"},\"http.code\":7,\"list\":[{\"a\":1},2]}\r"
	if !s.Pick(p, []byte(line), into) {
		t.Fatal("not accepted")
	}
	got := []string{string(into[0].Raw), string(Unquote(nil, into[1].Raw)), string(into[2].Raw), string(into[3].Raw), string(into[4].Raw)}
	if strings.Join(got, "|") != `200|a"b||7|[{"a":1},2]` {
		t.Errorf("got %q", got)
	}
	var elements []string
	for e, at, ok := s.Element(into[4].Raw, 0); ok; e, at, ok = s.Element(into[4].Raw, at) {
		elements = append(elements, string(e))
	}
	if strings.Join(elements, "|") != `{"a":1}|2` {
		t.Errorf("elements %q", elements)
	}
	var e Envelope
	if read, ok := s.PickBody(NewPicker("x", "b").WithBody(1), []byte(`{"b":"{\"RequestId\":\"é\",\"L\":[{\"a\":1},{\"a\":2}]}","x":1}`), into, &e); !read || !ok ||
		string(e.Get("RequestId").Raw) != "é" || len(e.Members()) != 2 || string(into[0].Raw) != "1" {
		t.Errorf("the body was not read on the way: %v %v %+v", read, ok, e)
	}
	for _, bad := range []string{"", "[]", `{"a":1`, `{"a":1}}`, "{\"a\":\"\xff\"}", "plain"} {
		if s.Pick(p, []byte(bad), into) {
			t.Errorf("accepted %q", bad)
		}
	}
}

// Of the objects that are named no member is passed over.
func TestPickOnlyWhatIsKnown(t *testing.T) {
	p := NewPicker("a.b", "c", "d").Only("").Only("a")
	into := make([]Value, 3)
	var s Scanner
	for line, want := range map[string]bool{
		`{"a":{"b":1},"c":{"x":2}}`: true, `{"d":1}`: true, `{"a":{"b":1,"x":2}}`: false, `{"x":1}`: false, `{"a":{"b":1},"x":{"b":1}}`: false,
	} {
		if s.Pick(p, []byte(line), into) != want {
			t.Errorf("accepted: %v, want %v: %s", !want, want, line)
		}
	}
}

func TestNothingIsAllocated(t *testing.T) {
	var s Scanner
	var e Envelope
	json := []byte(`{"Code":"A","Message":"say \"x\"","RequestId":"x","R":[{"a":1},{"a":2}]}`)
	xml := []byte(declared + `<AResponse><RequestId>x</RequestId><A><B>1</B></A></AResponse>`)
	if n := testing.AllocsPerRun(100, func() { s.JSON(json, &e); s.XML(xml, &e) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
