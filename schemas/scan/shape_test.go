package scan

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// inString returns a body as it stands in a string of a line, in one of the ways it is written.
func inString(body []byte, html bool) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(html)
	_ = e.Encode(string(body))
	return bytes.TrimSuffix(bytes.TrimPrefix(bytes.TrimSpace(b.Bytes()), []byte(`"`)), []byte(`"`))
}

// fits holds a shape against the pass that it stands for: what fits is accepted, and is the same envelope.
func fits(t *testing.T, learned, raw []byte) bool {
	t.Helper()
	if end, _ := str(append(append([]byte{'"'}, learned...), '"'), 0); end != len(learned)+2 {
		return false // not what stands in a string
	}
	s := Scanner{ErrorRoot: "Error"}
	shape := s.LearnShape(learned)
	if shape == nil {
		return false
	}
	line := append(append([]byte{}, raw...), '"')
	if shape.Fit(line, 0) != len(raw) {
		return false
	}
	got := &shape.Envelope
	var want Envelope
	if end, _ := str(append([]byte{'"'}, line...), 0); end != len(line)+1 {
		t.Fatalf("%q fits the shape of %q, and is no string", raw, learned)
	}
	text, _ := unquoted(raw)
	if !s.JSON(text, &want) && !s.XML(text, &want) {
		t.Fatalf("%q fits the shape of %q, and is not accepted", raw, learned)
	}
	same := got.XML == want.XML && string(got.Root) == string(want.Root) && got.count == want.count
	for i, o := range want.Others() {
		same = same && string(o.Name) == string(got.others[i].Name) && o.Kind == got.others[i].Kind
	}
	members := got.members()
	for i, m := range want.members() {
		same = same && m.Kind == members[i].Kind && m.Plain == members[i].Plain && string(m.Raw) == string(members[i].Raw)
	}
	if got.IsUUID {
		id, ok := ParseUUID(want.RequestID.Raw)
		same = same && ok && id == got.UUID
	}
	if !same {
		t.Errorf("%q by the shape of %q is %+v, want %+v", raw, learned, got, want)
	}
	return true
}

func TestBodiesOfOneShape(t *testing.T) {
	const other = "5C467B38-3910-447D-87BC-AC049166F21a"
	for _, c := range []struct{ learned, fits, not string }{
		{`{"RequestId":"` + id + `"}`, `{"RequestId":"` + other + `"}`, `{"RequestId":"` + other[1:] + `"}`},
		{`{"RequestId":"` + id + `"}`, `{"RequestId":"` + id + `"}`, `{"RequestId":"` + other + `","A":1}`},
		{`{"RequestId":"` + id + `"}`, `{"RequestId":"` + id + `"}`, `{"requestid":"` + id + `"}`},
		{`{"RequestId":"` + id + `"}`, `{"RequestId":"` + id + `"}`, `{"RequestId": "` + id + `"}`},
		{`{"RequestId":"` + id + `"}`, `{"RequestId":"` + id + `"}`, `{"RequestId":"` + id + `"} `},
		{`{"A":1,"B":"x"}`, `{"A":-20.5,"B":""}`, `{"A":01,"B":"x"}`},
		{`{"A":1,"B":"x"}`, `{"A":0,"B":"é中"}`, `{"A":1,"A":"x"}`},
		{`{"A":1,"B":"x"}`, `{"A":0,"B":"<&>"}`, `{"A":1e5,"B":"x"}`},
		{`{"A":[1,true,null,"x"]}`, `{"A":[2,true,null,"y"]}`, `{"A":[1,false,null,"x"]}`},
		{`{"A":[1]}`, `{"A":[2]}`, `{"A":["2"]}`},
		{`{"A":[1]}`, `{"A":[2]}`, `{"A":[1,2]}`},
		{`{"Message":"say \"x\"","Code":"A"}`, `{"Message":"say \"x\"","Code":"B"}`, `{"Message":"say \"y\"","Code":"A"}`},
		{`{"Message":"x"}`, `{"Message":"y"}`, `{"Message":"\u0041"}`},
		{`{"Message":"x"}`, `{"Message":"y"}`, `{"Message":"` + "\xff" + `"}`},
		{declared + `<Error><Code>A</Code><X>1</X></Error>`, declared + `<Error><Code>é</Code><X></X></Error>`, declared + `<Error><Code>A&amp;</Code><X>1</X></Error>`},
		{declared + `<Error><Code>A</Code></Error>`, declared + `<Error><Code></Code></Error>`, declared + `<Error><Code>A</Code>x</Error>`},
		{declared + `<Error><Code>A</Code> </Error>`, declared + `<Error><Code>B</Code> </Error>`, declared + `<Error><Code>A</Code>x</Error>`},
		{declared + `<AResponse><L> <B>1</B></L></AResponse>`, declared + `<AResponse><L>x<B></B></L></AResponse>`, declared + `<BResponse><L> <B>1</B></L></BResponse>`},
		{declared + `<Error><Message>a &quot;b&quot;</Message><Code>A</Code></Error>`, declared + `<Error><Message>a &quot;b&quot;</Message><Code>B</Code></Error>`, declared + `<Error><Message>a &quot;c&quot;</Message><Code>A</Code></Error>`},
	} {
		for _, html := range []bool{false, true} {
			learned := inString([]byte(c.learned), html)
			if !strings.Contains(c.fits, "<&>") || !html {
				if !fits(t, learned, inString([]byte(c.fits), html)) {
					t.Errorf("%s does not fit the shape of %s", c.fits, c.learned)
				}
			}
			not := inString([]byte(c.not), html)
			if strings.Contains(c.not, "\xff") {
				not = bytes.ReplaceAll(not, []byte(`\ufffd`), []byte("\xff"))
			}
			if fits(t, learned, not) {
				t.Errorf("%s fits the shape of %s", c.not, c.learned)
			}
		}
	}
}

// FuzzShape takes bodies for what two lines hold: the first is learned, the second held against it.
func FuzzShape(f *testing.F) {
	for _, body := range captured(f) {
		f.Add(inString(body, false), inString(bytes.ReplaceAll(body, []byte("a"), []byte("b")), false), 0, []byte("x"))
		f.Add(inString(body, true), inString(body, true), 40, []byte("\xc3\xa9"))
	}
	f.Add([]byte(`{\"RequestId\":\"`+id+`\",\"N\":[1,{\"a\":\"b\"}]}`), []byte(`{\"RequestId\":\"`+strings.ToLower(id)+`\",\"N\":[0,{\"a\":\"\"}]}`), 9, []byte("0"))
	f.Add([]byte(`<?xml version=\"1.0\" encoding=\"UTF-8\"?><AResponse>\u003cb>1</b><RequestId>x</RequestId></AResponse>`), []byte{}, 60, []byte("<"))
	f.Fuzz(func(t *testing.T, learned, raw []byte, at int, with []byte) {
		fits(t, learned, raw)
		if at >= 0 && at < len(learned) { // what was learned, nearly
			fits(t, learned, append(append(bytes.Clone(learned[:at]), with...), learned[at+1:]...))
			fits(t, learned, append(append(bytes.Clone(learned[:at]), with...), learned[at:]...))
		}
	})
}
