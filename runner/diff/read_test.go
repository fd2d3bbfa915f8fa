package diff

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
)

func TestKindOf(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string]struct {
		text string
		want Kind
	}{
		"report.json": {"", ReportKind}, "target.yaml": {"{}", TargetKind}, "target.yml": {"", TargetKind},
		"a": {" \n{\"schema\":1}", ReportKind}, "b": {"url: http://x/", TargetKind},
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := KindOf(path); got != c.want || err != nil {
			t.Errorf("%s: got %q, %v, want %q", name, got, err, c.want)
		}
	}
	if got, err := KindOf(dir); got != ReportKind || err != nil {
		t.Errorf("a folder: got %q, %v", got, err)
	}
	if _, err := KindOf(filepath.Join(dir, "none.json")); err == nil {
		t.Error("a file that is not there has a kind")
	}
}

func TestReadReport(t *testing.T) {
	dir := t.TempDir()
	r := report.Assemble(schemas.Suite{Version: "v1", Book: "b"}, time.Unix(1, 0), []schemas.Run{{Target: schemas.RunTarget{URL: "http://x/", Profile: "ecs", Style: schemas.RPC}, Verdict: schemas.Conformant}})
	if err := (report.Files{}).Write(dir, r); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{dir, filepath.Join(dir, report.JSONFile)} {
		if got, err := ReadReport(path); err != nil || got.Suite != r.Suite || len(got.Runs) != 1 {
			t.Errorf("%s: got %+v, %v", path, got, err)
		}
	}
	for text, want := range map[string]string{
		"":                     `^x\.json: is empty .*conform run writes such reports$`,
		"{":                    `^x\.json: .*is not JSON`,
		"{}":                   `^x\.json: missing key "runs"`,
		`{"schema":"other/1"}`: `^x\.json: `,
	} {
		t.Chdir(dir)
		if err := os.WriteFile("x.json", []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadReport("x.json"); err == nil || !regexp.MustCompile(want).MatchString(err.Error()) || regexp.MustCompile("\n").MatchString(err.Error()) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
	if _, err := ReadReport("none.json"); err == nil || err.Error() != "none.json: cannot be read: no such file or directory (name a report.json or a target file)" {
		t.Errorf("got %v", err)
	}
}
