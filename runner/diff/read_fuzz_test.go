package diff

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
)

// FuzzReadReport reads any text as a report. What is one differs in nothing from itself, in every form.
func FuzzReadReport(f *testing.F) {
	base, fresh := sideWith(was("a", schemas.Kept), answered("b", "fine", "nginx")), sideWith(was("a", schemas.Broken, "NONCE-1"))
	for _, side := range []Side{base, fresh} {
		var text bytes.Buffer
		if err := report.WriteJSON(&text, side.Report); err != nil {
			f.Fatal(err)
		}
		f.Add(text.Bytes())
		for _, old := range []string{`"kept"`, `"a"`, "1", `[`, `"ecs"`, `"rpc"`, `{`} {
			for _, other := range []string{`"\u001b[2J"`, "null", "-1", "1e99", `[]`, `{"a":{"a":[]}}`, `"::error::"`} {
				f.Add(bytes.Replace(text.Bytes(), []byte(old), []byte(other), 1))
			}
		}
	}
	path := filepath.Join(f.TempDir(), "report.json")
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := ReadReport(path)
		if (r == nil) == (err == nil) {
			t.Fatalf("got %v and %v", r, err)
		}
		if err != nil {
			if strings.ContainsFunc(err.Error(), unicode.IsControl) {
				t.Fatalf("a fault of more than a line: %q", err)
			}
			return
		}
		if d := Of(Side{Name: "a", Report: r}, Side{Name: "b", Report: r}, nil); d.Verdict == schemas.Regressed {
			again, _ := json.Marshal(d)
			t.Errorf("it is worse than itself: %s", again)
		}
		for _, other := range []Side{base, fresh} {
			d := Of(Side{Name: "a", Report: r}, other, nil)
			for _, form := range []string{"text", "json", "markdown", "html"} {
				var out bytes.Buffer
				if err := WriteIn(&out, d, form, 0, lang.English); err != nil {
					t.Fatalf("%s: %v", form, err)
				}
				if i := bytes.IndexFunc(out.Bytes(), func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }); i >= 0 {
					t.Fatalf("%s: %q is written as it is", form, out.Bytes()[max(0, i-20):min(out.Len(), i+20)])
				}
			}
		}
	})
}
