package lint

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/acsconform/acsconform/runner/lint/input"
)

// told writes a result in every form, in which nothing but line breaks is out of the ordinary.
func told(t *testing.T, r *Result) {
	t.Helper()
	for name, write := range outputs() {
		var out bytes.Buffer
		if err := write(&out, r); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if i := bytes.IndexFunc(out.Bytes(), func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }); i >= 0 {
			t.Fatalf("%s: %q is written as it is", name, out.Bytes()[max(0, i-20):min(out.Len(), i+20)])
		}
	}
}

// FuzzHAR reads any text as a HAR file: what it holds is judged or counted, and the fault is one line.
func FuzzHAR(f *testing.F) {
	har, err := os.ReadFile(filepath.Join("testdata", "browser.har"))
	if err != nil {
		f.Fatal(err)
	}
	const entry = `{"log":{"entries":[{"request":{"method":"GET","url":"http://h/?Action=A"},"response":{"status":400,"content":{"mimeType":"text/xml","text":"PGE+","encoding":"base64"}}}]}}`
	for _, seed := range []string{string(har[:min(len(har), 4<<10)]), entry, strings.Replace(entry, "400", "1e99", 1), strings.Replace(entry, `"GET"`, "null", 1), `{"log":`, `{"log":{"entries":{}}}`, "{\"log\":{\"entries\":[\n\n{}]}}"} {
		f.Add([]byte(seed))
	}
	profile := ecs(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := Run(t.Context(), []*input.Input{input.From("a.har", bytes.NewReader(text))}, Options{Profile: profile, Workers: 1}.withBook())
		if err != nil && strings.ContainsFunc(err.Error(), unicode.IsControl) {
			t.Fatalf("a fault of more than a line: %q", err)
		}
		if r != nil {
			told(t, r)
		}
	})
}

// FuzzMap reads any text as a map of fields, and a line of a log by it where it is one.
func FuzzMap(f *testing.F) {
	for _, seed := range []string{"status: status\nbody: body\n", "status: '@status'\nbody: a.b\nbody_encoding: base64\n", "status: s\nbody: b\nonly: [host=*.a]\nskip: [path=/*]\n", "status: s\nbody: b\nskip: [patV=/*]\n", "status: [a]\n", "body: ''\n", "- a"} {
		f.Add([]byte(seed), []byte(`{"status":400,"s":"200","@status":500,"body":"{}","b":"PGE+","a":{"b":"bm8="},"time":1,"host":"h.a"}`))
	}
	profile, path := ecs(f), filepath.Join(f.TempDir(), "map.yaml")
	f.Fuzz(func(t *testing.T, text, line []byte) {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		m, err := input.LoadMap(path)
		if (m == nil) == (err == nil) {
			t.Fatalf("got %v and %v", m, err)
		}
		if err != nil {
			return
		}
		r, err := Run(t.Context(), []*input.Input{input.From("a.log", io.MultiReader(bytes.NewReader(line), strings.NewReader("\n")))}, Options{Profile: profile, Map: m, Workers: 1}.withBook())
		if r == nil {
			t.Fatal(err)
		}
		told(t, r)
	})
}
