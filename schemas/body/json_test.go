package body

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas"
	"github.com/go-json-experiment/json/jsontext"
)

// Each flaw is beside its legal neighbour.
var jsonReadings = []reading{
	{"sound", `{"RequestId":"1","Code":"X"}`, nil, "RequestId=1 Code=X"},
	{"spaces", `{"RequestId": "1", "Code": "X"} `, nil, "RequestId=1 Code=X"},
	{"kinds", `{"a":1,"b":true,"c":null,"d":{"x":[1]},"e":[],"f":"é\u00e9\/"}`, nil, `a=1 b=true c=null d={"x":[1]} e=[] f=éé/`},
	{"empty object", `{}`, nil, ""},
	{"newline at the end", "{\"a\":1}\n", []FlawKind{FlawLineBreaks}, "a=1"},
	{"CRLF at the end", "{\"a\":1}\r\n", []FlawKind{FlawLineBreaks}, "a=1"},
	{"two newlines at the end", "{\"a\":1}\n\n", []FlawKind{FlawLineBreaks}, "a=1"},
	{"newline at the beginning", "\n{\"a\":1}", []FlawKind{FlawLineBreaks}, "a=1"},
	{"pretty", "{\n  \"a\": 1\n}", []FlawKind{FlawLineBreaks}, "a=1"},
	{"pretty inside", "{\"a\":{\n\"b\":1}}", []FlawKind{FlawLineBreaks}, "a={\n\"b\":1}"},
	{"tab", "{\t\"a\":1}", []FlawKind{FlawLineBreaks}, "a=1"},
	{"escaped newline in a string", `{"a":"x\ny"}`, nil, "a=x\ny"},

	{"page after the object", `{"Code":"X"}<html>`, []FlawKind{FlawTrailing}, "Code=X"},
	{"second object", `{"Code":"X"}{"Code":"Y"}`, []FlawKind{FlawTrailing}, "Code=X"},
	{"NUL after the object", "{\"Code\":\"X\"}\x00", []FlawKind{FlawTrailing}, "Code=X"},
	{"bracket after the object", `{"Code":"X"}}`, []FlawKind{FlawTrailing}, "Code=X"},

	{"repeated member", `{"Code":"X","Code":"Y"}`, []FlawKind{FlawRepeated}, "Code=X Code=Y"},
	{"repeated by an escape", `{"Code":"X","\u0043ode":"Y"}`, []FlawKind{FlawRepeated}, "Code=X Code=Y"},
	{"other case is no repeat", `{"Code":"X","code":"Y"}`, nil, "Code=X code=Y"},
	{"repeated deeper", `{"a":[{"b":1,"b":2}]}`, []FlawKind{FlawRepeated}, `a=[{"b":1,"b":2}]`},
	{"same name at two places", `{"a":[{"b":1},{"b":2}],"b":1}`, nil, `a=[{"b":1},{"b":2}] b=1`},
	{"repeated 20th member", manyMembers(20) + `,"m03":1}`, []FlawKind{FlawRepeated}, manyBrief(20) + " m03=1"},
	{"20 members", manyMembers(20) + `}`, nil, manyBrief(20)},

	{"byte order mark", "\xef\xbb\xbf{\"a\":1}", []FlawKind{FlawBOM}, "a=1"},
	{"UTF-16", "\xff\xfe{\x00}\x00", []FlawKind{FlawEncoding}, ""},
	{"not UTF-8", "{\"a\":\"\xc3\x28\",\"b\":1}", []FlawKind{FlawEncoding}, "a=\uFFFD( b=1"},
	{"not UTF-8 in a name", "{\"\xff\":1}", []FlawKind{FlawEncoding}, "\uFFFD=1"},
	{"not UTF-8 deeper", "{\"a\":[\"\xff\"]}", []FlawKind{FlawEncoding}, "a=[\"\xff\"]"},
	{"lone surrogate", `{"a":"\ud800","b":1}`, []FlawKind{FlawEncoding}, "a=\uFFFD b=1"},
	{"lone surrogate deeper", `{"a":{"b":"\udc00x"}}`, []FlawKind{FlawEncoding}, `a={"b":"\udc00x"}`},
	{"surrogate pair", `{"a":"\ud83d\ude00","b":["\ud83d\ude00"]}`, nil, `a=😀 b=["\ud83d\ude00"]`},

	{"comment", `{"Code":"X" /* why */,"a":1}`, []FlawKind{FlawComment}, "Code=X a=1"},
	{"comment first", `/* why */{"Code":"X"}`, []FlawKind{FlawComment}, "Code=X"},
	{"comment after the bracket", `{/* why */"Code":"X"}`, []FlawKind{FlawComment}, "Code=X"},
	{"comment after a name", `{"Code"/* why */:"X"}`, []FlawKind{FlawComment}, "Code=X"},
	{"comment after a colon", `{"Code":/* why */"X"}`, []FlawKind{FlawComment}, "Code=X"},
	{"comment after a comma", `{"Code":"X", // why` + "\n" + `"a":1}`, []FlawKind{FlawComment, FlawLineBreaks}, "Code=X a=1"},
	{"comment with a quote", `{"Code":"X" /* don't " say */,"a":"{"}`, []FlawKind{FlawComment}, "Code=X a={"},
	{"comment deeper", `{"a":{"b":[1,/**/2]},"Code":"X"}`, []FlawKind{FlawComment}, `a={"b":[1,    2]} Code=X`},
	{"comment after the object", `{"Code":"X"} // bye`, []FlawKind{FlawComment}, "Code=X"},
	{"comment without an end", `{"Code":"X" /* why }`, []FlawKind{FlawComment, FlawSyntax}, "Code=X"},
	{"comment, and a fault", `{"Code":"X" /* why */ "a":1}`, []FlawKind{FlawComment, FlawSyntax}, "Code=X a=1"},
	{"what looks like a comment", `{"a":"http://x/*y*/","b":["// no"]}`, nil, `a=http://x/*y*/ b=["// no"]`},

	{"array", `[{"Code":"X"}]`, []FlawKind{FlawNotAnObject}, ""},
	{"string", `"Code"`, []FlawKind{FlawNotAnObject}, ""},
	{"null", `null`, []FlawKind{FlawNotAnObject}, ""},
	{"array that is not strict", `[{"a":1,"a":2}]`, []FlawKind{FlawNotAnObject, FlawRepeated}, ""},
	{"string that is not UTF-8", "\"\xff\"", []FlawKind{FlawNotAnObject, FlawEncoding}, ""},
	{"array and more", `[1]x`, []FlawKind{FlawNotAnObject, FlawTrailing}, ""},

	{"absurd exponent", `{"N":1e10000000,"Code":"X"}`, []FlawKind{FlawNumber}, "N=1e10000000 Code=X"},
	{"absurd exponent deeper", `{"a":[-1E-10000000]}`, []FlawKind{FlawNumber}, "a=[-1E-10000000]"},
	{"zero to an absurd power", `{"N":0e10000000}`, []FlawKind{FlawNumber}, "N=0e10000000"},
	{"past the doubles", `{"N":1e309}`, []FlawKind{FlawNumber}, "N=1e309"},
	{"within the doubles", `{"N":1e308,"M":[-1.5E-7]}`, nil, "N=1e308 M=[-1.5E-7]"},
	{"too deep", `{"a":` + strings.Repeat("[", 128) + strings.Repeat("]", 128) + `,"Code":"X"}`, []FlawKind{FlawDepth}, "a=" + strings.Repeat("[", 128) + strings.Repeat("]", 128) + " Code=X"},
	{"deep", `{"a":` + strings.Repeat("[", 127) + strings.Repeat("]", 127) + `}`, nil, "a=" + strings.Repeat("[", 127) + strings.Repeat("]", 127)},
	{"brackets in a string", `{"a":"` + strings.Repeat("[", 200) + `"}`, nil, "a=" + strings.Repeat("[", 200)},

	{"missing comma", `{"HttpStatus":401 "Code":"X" "Message":"m"}`, []FlawKind{FlawSyntax}, "HttpStatus=401 Code=X Message=m"},
	{"trailing comma", `{"Code":"X",}`, []FlawKind{FlawSyntax}, "Code=X"},
	{"line break in a string", "{\"Message\":\"a\nb\",\"Code\":\"X\"}", []FlawKind{FlawSyntax}, "Message=a\nb Code=X"},
	{"line break and slashes in a string", "{\"Message\":\"a\n//b\",\"Code\":\"X\"}", []FlawKind{FlawSyntax}, "Message=a\n//b Code=X"},
	{"quote in a string", `{"Message":"The "http://x" is","Code":"X"}`, []FlawKind{FlawSyntax}, "Message=The  Code=X"},
	{"bad escape", `{"Message":"a\xb","Code":"X"}`, []FlawKind{FlawSyntax}, `Message=a\xb Code=X`},
	{"single quotes", `{'Code':'X',"a":1}`, []FlawKind{FlawSyntax}, "a=1"},
	{"no quotes", `{Code:"X","a":None,"b":01,"c":true}`, []FlawKind{FlawSyntax}, "c=true"},
	{"cut in a name", `{"Code":"X","Mess`, []FlawKind{FlawSyntax}, "Code=X"},
	{"cut in a value", `{"Code":"X","Message":"The`, []FlawKind{FlawSyntax}, "Code=X"},
	{"cut in an object", `{"Code":"X","a":{"b":1`, []FlawKind{FlawSyntax}, "Code=X"},
	{"nothing but a bracket", `{`, []FlawKind{FlawSyntax}, ""},
	{"NaN", `{"a":NaN,"Code":"X"}`, []FlawKind{FlawSyntax}, "Code=X"},
	{"form feed", "\f{\"a\":1}", []FlawKind{FlawSyntax}, "a=1"},
}

func manyMembers(n int) string {
	return `{` + joined(n, `"m%":"%"`, ",")
}

func manyBrief(n int) string { return joined(n, "m%=%", " ") }

// joined repeats a form with its % replaced by 0, 1, 2, …
func joined(n int, form, between string) string {
	var parts []string
	for i := range n {
		parts = append(parts, strings.ReplaceAll(form, "%", string(rune('0'+i/10))+string(rune('0'+i%10))))
	}
	return strings.Join(parts, between)
}

func TestOpenJSON(t *testing.T) { checkReadings(t, schemas.JSON, jsonReadings) }

func TestOpenJSONNamesTheMember(t *testing.T) {
	for body, want := range map[string]Flaw{
		`{"Code":"X","Code":"Y"}`:       {FlawRepeated, "", "Code"},
		`{"Data":{"a":1,"a":2}}`:        {FlawRepeated, "", "Data"},
		`{"Message":"\ud800"}`:          {FlawEncoding, "", "Message"},
		`{"N":1e999}`:                   {FlawNumber, "", "N"},
		`{"Data":[1e999],"Code":"X"}`:   {FlawNumber, "", "Data"},
		`{"Data":["\ud800"],"Code":""}`: {FlawEncoding, "", "Data"},
	} {
		e := Open([]byte(body))
		if len(e.Faults) != 1 || e.Faults[0].Kind != want.Kind || e.Faults[0].Member != want.Member {
			t.Errorf("%s: faults %+v, want one of kind %s in %s", body, e.Faults, want.Kind, want.Member)
		}
	}
}

// TestOpenJSONKinds: every kind of value is told.
func TestOpenJSONKinds(t *testing.T) {
	e := Open([]byte(`{"a":1,"b":false,"c":null,"d":{},"e":[],"f":""}`))
	want := []Kind{KindNumber, KindBool, KindNull, KindObject, KindArray, KindString}
	for i, m := range e.Members {
		if m.Kind != want[i] {
			t.Errorf("%s is %s, want %s", m.Name, m.Kind, want[i])
		}
	}
}

// TestOpenJSONAgrees holds every reading against two other readers: the grammar against encoding/json, and the
// rules of strict JSON against jsontext. Line breaks, depth, numbers and the top are rules of our own.
func TestOpenJSONAgrees(t *testing.T) {
	ours := []FlawKind{FlawLineBreaks, FlawDepth, FlawNumber, FlawNotAnObject}
	grammar := []FlawKind{FlawSyntax, FlawComment, FlawTrailing, FlawBOM}
	for _, r := range jsonReadings {
		e := Open([]byte(r.body))
		found := slices.DeleteFunc(kinds(e), func(k FlawKind) bool { return slices.Contains(ours, k) })
		if got, want := len(found) == 0, jsontext.Value(r.body).IsValid(); got != want {
			t.Errorf("%s: sound %v, jsontext says %v", r.name, got, want)
		}
		broken := slices.ContainsFunc(found, func(k FlawKind) bool { return slices.Contains(grammar, k) })
		if r.name != "UTF-16" && broken == json.Valid([]byte(r.body)) {
			t.Errorf("%s: grammar broken %v, encoding/json says valid", r.name, broken)
		}
		if len(found) == 0 && !slices.Contains(kinds(e), FlawNotAnObject) {
			compareMembers(t, r, e)
		}
	}
}

// compareMembers holds members against what encoding/json makes of the body.
func compareMembers(t *testing.T, r reading, e *Envelope) {
	t.Helper()
	var object map[string]json.RawMessage
	if err := json.Unmarshal([]byte(r.body), &object); err != nil {
		t.Fatalf("%s: %v", r.name, err)
	}
	if len(object) != len(e.Members) {
		t.Errorf("%s: %d members, encoding/json finds %d", r.name, len(e.Members), len(object))
	}
	for _, m := range e.Members {
		raw := object[m.Name]
		if m.Kind == KindString {
			var text string
			if err := json.Unmarshal(raw, &text); err != nil || text != m.Text {
				t.Errorf("%s: %s is %q, encoding/json reads %q (%v)", r.name, m.Name, m.Text, text, err)
			}
		} else if !bytes.Equal(raw, []byte(m.Text)) {
			t.Errorf("%s: %s is %q, encoding/json reads %q", r.name, m.Name, m.Text, raw)
		}
	}
}
