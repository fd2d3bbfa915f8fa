package lint

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/lint/sample"
)

// clausesOf lists the clauses found broken, each with its code and count.
func clausesOf(r *Result) []string {
	var list []string
	for _, f := range r.Findings {
		list = append(list, strings.TrimSuffix(fmt.Sprintf("%s %d %s", f.Clause, f.Count, f.Code), " "))
	}
	slices.Sort(list)
	return list
}

func inputFile(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestHARs(t *testing.T) {
	r := linted(t, Options{Profile: ecs(t)}, inputFile(t, "browser.har"))
	if r.Records != 4 || r.Judged != 2 || r.Bodiless != 1 || r.Malformed != 1 {
		t.Errorf("browser: %+v", r)
	}
	if got := clausesOf(r); !slices.Equal(got, []string{"ERROR-1 1 NoSuchThing"}) {
		t.Errorf("browser: %q", got)
	}
	f := r.Findings[0]
	if f.Examples[0].Line != 24 || f.Places[0] != (FindingPlace{Host: "ecs.aliyuncs.com", Action: "DescribeZones", Count: 1}) || f.First.Format("15:04") != "08:00" {
		t.Errorf("browser: the finding is %+v", f)
	}
	r = linted(t, Options{Profile: ecs(t)}, inputFile(t, "proxy.har"))
	if got := clausesOf(r); !slices.Equal(got, []string{"SUCCESS-3 1"}) {
		t.Errorf("proxy: %q", got)
	}
}

func TestAHARThatIsNone(t *testing.T) {
	for _, text := range []string{`{"log":{"version":"1.2"}}`, `{"log":{"entries":[{"request":`, `{"log":{"entries":{}}}`} {
		if _, err := Run(t.Context(), []*input.Input{input.From("x.har", strings.NewReader(text))}, Options{Profile: ecs(t), Clauses: fixtures.Clauses()}); err == nil || !strings.Contains(err.Error(), "x.har: line 1") {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func packed(t *testing.T, text []byte) (zipped, zst []byte) {
	t.Helper()
	var g bytes.Buffer
	w := gzip.NewWriter(&g)
	if _, err := w.Write(text); err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	z, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return g.Bytes(), z.EncodeAll(text, nil)
}

func TestPackedInputs(t *testing.T) {
	text := logged(t, sample.Kind{Seed: 11, Bad: 0.1}, 5000, false)
	o := Options{Profile: ecs(t), Map: sampleMap(t)}
	want := linted(t, o, text)
	zipped, zst := packed(t, text)
	same(t, "gzip", want, linted(t, o, zipped))
	same(t, "zstd", want, linted(t, o, zst))
	frame := []byte("\x5f\x2a\x4d\x18\x04\x00\x00\x00abcd") // is passed over; indexed files have one behind or in front
	same(t, "zstd behind a frame", want, linted(t, o, slices.Concat(frame, zst)))
	same(t, "zstd between frames", want, linted(t, o, slices.Concat(frame, frame, zst, frame)))
	two, err := Run(t.Context(), []*input.Input{input.From("a", bytes.NewReader(zipped)), input.From("b", bytes.NewReader(zst))}, o.withBook())
	if err != nil {
		t.Fatal(err)
	}
	if i := slices.IndexFunc(two.Findings, func(f Finding) bool { return f.Clause == "REQUESTID-2" }); i < 0 || !strings.Contains(two.Findings[i].Examples[0].Got, "first seen in a:1") ||
		two.Findings[i].Examples[0].File != "b" || two.Findings[i].Count < 4500 {
		t.Errorf("the ids of both files were not compared: %v", clausesOf(two))
	}
	if _, err := Run(t.Context(), []*input.Input{input.From("cut.gz", bytes.NewReader(zipped[:len(zipped)/2]))}, o.withBook()); err == nil || !strings.Contains(err.Error(), "cut.gz") {
		t.Errorf("a cut file: %v", err)
	}
}

// nginx writes a status as a string, times with fractions of seconds, and a dash where there is nothing.
func TestALogOfNginx(t *testing.T) {
	m := filepath.Join(t.TempDir(), "map.yaml")
	if err := os.WriteFile(m, []byte("status: status\nbody: upstream.body\ncontent_type: sent_http_content_type\ntime: msec\nhost: host\nurl: args\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	fields, err := input.LoadMap(m)
	if err != nil {
		t.Fatal(err)
	}
	id := "4C467B38-3910-447D-87BC-AC049166F216"
	text := `{"msec":"1772359200.123","status":"200","host":"ecs.aliyuncs.com:443","args":"Action=DescribeRegions&Format=JSON","sent_http_content_type":"application/json;charset=utf-8","upstream":{"body":"{\"RequestId\":\"` + id + `\"}"}}
{"msec":1772359201.123,"status":500,"host":"ecs.aliyuncs.com","args":"-","sent_http_content_type":"text/html","upstream":{"body":"<html>oops</html>"}}

garbage
{"msec":1772359201.123,"status":"200","host":"ecs.aliyuncs.com","upstream":{}}
{"msec":"1772359202","status":"200","host":"ecs.aliyuncs.com","args":"Action=DescribeRegions","sent_http_content_type":"application/json;charset=utf-8","upstream":{"body":"{\"RequestId\":\"` + strings.ToLower(id) + `\"}"}}
`
	r := linted(t, Options{Profile: ecs(t), Map: fields}, []byte(text))
	if got := clausesOf(r); !slices.Equal(got, []string{"ERROR-1 1", "REQUESTID-2 1", "REQUESTID-4 1"}) {
		t.Errorf("got %q", got)
	}
	if r.First == nil || r.First.Line != 4 || r.Malformed != 1 || r.Bodiless != 1 || r.Judged != 3 {
		t.Errorf("got %+v, first %+v", r, r.First)
	}
	for _, f := range r.Findings {
		if f.Clause == "ERROR-1" && f.First.Unix() != 1772359201 {
			t.Errorf("time %v", f.First)
		}
	}
}

// A dash stands for nothing in many logs: it is no id, no host, no action.
func TestDashesInALog(t *testing.T) {
	m := &input.Map{Status: "s", Body: "b", RequestID: "id", Host: "h", Action: "a", URL: "q", Format: "f", Time: "m", ContentType: "t"}
	text := []byte(`{"s":200,"id":"-","h":"-","a":"-","q":"-","f":"-","m":"-","t":"application/json;charset=utf-8","b":"{\"RequestId\":\"4C467B38-3910-447D-87BC-AC049166F216\"}"}` + "\n")
	for _, thorough := range []bool{false, true} {
		r := linted(t, Options{Profile: ecs(t), Map: m, Thorough: thorough}, text)
		if len(r.Findings) != 0 || len(r.Places) != 0 || r.Judged != 1 {
			t.Errorf("thorough %v: %q, places %v, %d judged", thorough, clausesOf(r), r.Places, r.Judged)
		}
	}
}

func TestMapsThatAreWrong(t *testing.T) {
	for text, want := range map[string]string{
		"body: b\n":   `:1:1: missing key "status" (want the field that has the HTTP status)`,
		"status: s\n": `:1:1: missing key "body" (want the field that has the body of the answer)`,
		"status: s\nbody: b\nbody_encoding: hex\n": `:3:16: body_encoding: got "hex", want text or base64`,
		"status: s\nbody: b\nbodies: c\n":          `:3:1: unknown key "bodies" (the keys here are action, body, body_encoding, content_type, format, host, method, only, request_id, skip, status, time, url)`,
		"status: s\nbody: b\nonly: host=x\n":       `:3:7: only: got a text, want a list`,
		"status: s\nbody: b\nskip: [hots=x]\n":     `:3:8: skip[0]: "hots=x" compares "hots", want host, path, method or type; is it host? (write host=*.example.com, path=/health*, method=GET or type=text/html)`,
		"":                                         ":1:1: the file is empty (write keys and values)",
		"- a\n":                                    ":1:1: got a list, want keys and values",
	} {
		path := filepath.Join(t.TempDir(), "map.yaml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := input.LoadMap(path); err == nil || err.Error() != path+want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func TestBodiesInBase64(t *testing.T) {
	o := Options{Profile: ecs(t), Map: &input.Map{Status: "s", Body: "b", BodyEncoding: "base64"}}
	r := linted(t, o, []byte(`{"s":200,"b":"eyJSZXF1ZXN0SWQiOiI0QzQ2N0IzOC0zOTEwLTQ0N0QtODdCQy1BQzA0OTE2NkYyMTYifQ=="}
{"s":200,"b":"/+8="}
{"s":200,"b":"?"}`))
	if got := clausesOf(r); !slices.Equal(got, []string{"SUCCESS-1 1"}) || r.Malformed != 1 {
		t.Errorf("got %q, %+v", got, r.First)
	}
}

// Whatever comes where records should be, it is counted and nothing breaks.
func TestHostileLines(t *testing.T) {
	long := `{"status":200,"body":"` + strings.Repeat("x", 24<<20) + `"}` + "\n"
	text := "\x00\x01\n" + strings.Repeat("[", 100_000) + "\n" + long + `{"request":{"method":"GET","url":"u"}}` + "\n" + `null` + "\n" +
		`{"request":{},"response":{"status":200,"body":{"base64":"?"}}}` + "\n" + `{"request":{},"response":{"status":204}}` + "\n"
	r := linted(t, Options{Profile: ecs(t)}, []byte(text))
	if r.Records != 7 || r.Malformed != 6 || r.Judged != 1 || r.First.Line != 1 {
		t.Errorf("%d records, %d malformed, %d judged, first %+v", r.Records, r.Malformed, r.Judged, r.First)
	}
	if f := r.Findings[0]; f.Examples[0].Line != 7 {
		t.Errorf("lines are miscounted: %+v", f)
	}
}

func TestNothing(t *testing.T) {
	r := linted(t, Options{Profile: ecs(t)}, nil)
	if r.Records != 0 || r.Judged != 0 || len(r.Findings) != 0 || !slices.Contains(Summary(r), "nothing was judged") {
		t.Errorf("%+v", r)
	}
}

func TestGuess(t *testing.T) {
	o := Options{}.withBook()
	guess := func(o Options, text []byte) []string {
		t.Helper()
		in := input.From("in", bytes.NewReader(text))
		names, why, needed := Guess([]*input.Input{in}, o)
		if !needed || why == "" {
			t.Errorf("guess: needed %v, why %q", needed, why)
		}
		r, err := Run(t.Context(), []*input.Input{in}, o)
		if err != nil || r.Records == 0 {
			t.Errorf("nothing is left after the guess: %v", err)
		}
		return names
	}
	if names := guess(o, logged(t, sample.Kind{Seed: 1, XML: 0.5, Bad: 0.05}, 3000, true)); !slices.Equal(names, []string{"ecs"}) {
		t.Errorf("guessed %q", names)
	}
	zipped, _ := packed(t, logged(t, sample.Kind{Seed: 1, XML: 0.5, Bad: 0.05}, 4000, false))
	o.Map = sampleMap(t)
	if names := guess(o, zipped); !slices.Equal(names, []string{"ecs"}) {
		t.Errorf("guessed %q", names)
	}
	o.Map = nil
	if names := guess(o, inputFile(t, "browser.har")); len(names) < 2 {
		t.Errorf("one success tells the profile: %q", names)
	}
}
