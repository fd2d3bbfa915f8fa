package scan

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// kindsIn lists the kinds that are at each place of a value, any item of an array at the same place.
func kindsIn(value any, at string, into map[string]bool) {
	into[fmt.Sprintf("%s %T", at, value)] = true
	switch v := value.(type) {
	case map[string]any:
		for name, member := range v {
			kindsIn(member, at+"\x00"+name, into)
		}
	case []any:
		for _, item := range v {
			kindsIn(item, at+"\x00[]", into)
		}
	}
}

func kindsOf(t *testing.T, text []byte) []string {
	t.Helper()
	var value any
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&value); err != nil || d.More() {
		t.Fatalf("%v in %s", err, text)
	}
	found := map[string]bool{}
	kindsIn(value, "", found)
	return slices.Sorted(maps.Keys(found))
}

func TestKinds(t *testing.T) {
	for body, want := range map[string]string{
		`{}`:                                    `{}`,
		`{"a":"x","b":-1.5,"c":false,"d":null}`: `{"a":"","b":0,"c":true,"d":null}`,
		`{"l":[ ],"m":[1,2,3],"n":[[],["x"]]}`:  `{"l":[],"m":[0],"n":[[""]]}`,
		`{"l":[{"a":1},{"b":"x"},{"a":2}]}`:     `{"l":[{"a":0,"b":""}]}`,
		`{"l":[{"a":1},{"a":"x","b":{"c":1}},{"b":{"c":null}},7]}`: `{"l":[0,{"a":0,"b":{"c":null}},{"a":"","b":{"c":0}}]}`,
		`{"l":[[1],["x"],[{"a":[true]}]]}`:                         `{"l":[[0,"",{"a":[true]}]]}`,
	} {
		var k Kinds
		got, ok := k.OfText([]byte(body))
		if !ok || string(got) != want {
			t.Errorf("%s: %s, %v, want %s", body, got, ok, want)
		}
		if a, b := kindsOf(t, []byte(body)), kindsOf(t, got); !slices.Equal(a, b) {
			t.Errorf("%s has %q, and %s %q", body, a, got, b)
		}
	}
}

// Lists are written alike whatever their length, in a string of a log as by themselves, and nothing is allocated for them.
func TestKindsOfListsOfAnyLength(t *testing.T) {
	var k Kinds
	first := ""
	for n := 1; n < 1000; n *= 3 {
		body := `{"RequestId":"x","L":[` + strings.Repeat(`{"Id":"a","N":{"M":[1,2]}},`, n) + `{"Id":"b","N":{"M":[]}}]}`
		line := `{"b":"` + strings.ReplaceAll(body, `"`, `\"`) + `"}`
		var s Scanner
		var e Envelope
		var v [1]Value
		if read, ok := s.PickBody(NewPicker("b").WithBody(0), []byte(line), v[:], &e); !read || !ok {
			t.Fatal("not read")
		}
		coded, ok := k.Of(&e)
		if first == "" {
			first = strings.ReplaceAll(string(coded), `\`, "")
		}
		if !ok || string(coded) != first {
			t.Errorf("%d: %s, want %s", n, coded, first)
		}
		if alone, ok := k.OfText([]byte(body)); !ok || string(alone) != first {
			t.Errorf("%d: %s by itself, want %s", n, alone, first)
		}
		if allocated := testing.AllocsPerRun(10, func() { k.Of(&e) }); allocated != 0 {
			t.Errorf("%d: %v allocations", n, allocated)
		}
	}
}

// What is no JSON, and what is beyond the bounds, is left to others.
func TestKindsAreBounded(t *testing.T) {
	many := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format+",", i)
		}
		return strings.TrimSuffix(b.String(), ",")
	}
	for _, body := range []string{
		"", "{", `{"a":1}x`, `{"a":1e5}`, `{"\u0061":1}`, "{\n}", `{"a":}`, `[1`, `[1 2]`, `{"a" 1}`, `{"a":tru}`, `<a/>`,
		strings.Repeat("[", 60) + strings.Repeat("]", 60), "{" + many(300, `"a%d":1`) + "}", "[" + many(300, `{"a%d":1}`) + "]",
		"[[" + many(250, `{"a%d":1}`) + "]]",
		`[` + many(200, `{"a`+strings.Repeat("a", 400)+`%d":1}`) + `]`,
	} {
		var k Kinds
		got, ok := k.OfText([]byte(body))
		if ok && !slices.Equal(kindsOf(t, []byte(body)), kindsOf(t, got)) {
			t.Errorf("%.80s: %.80s", body, got)
		}
		if ok != strings.HasPrefix(body, "[[{") {
			t.Errorf("taken: %v: %.80s", ok, body)
		}
	}
}

// FuzzKinds holds the kinds of any body against those that a decoder finds in it.
func FuzzKinds(f *testing.F) {
	for _, body := range captured(f) {
		f.Add(body)
	}
	f.Add([]byte(`{"l":[{"a":1},{"a":"x","b":{"c":1}},{"b":{"c":null}},7,[[],[{"a":true}]]]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		var s Scanner
		var e Envelope
		var k Kinds
		if !s.JSON(body, &e) {
			return
		}
		got, ok := k.Of(&e)
		if !ok {
			return
		}
		if a, b := kindsOf(t, body), kindsOf(t, got); !slices.Equal(a, b) {
			t.Errorf("%s has %q, and %s %q", body, a, got, b)
		}
	})
}
