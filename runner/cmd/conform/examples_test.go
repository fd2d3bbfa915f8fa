package main

import (
	"bytes"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/schemas"
)

const examples = "../../../fixtures/examples"

// example gives the path of an example from anywhere.
func examplePath(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join(examples, name))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// meet runs the suite against the mock, by its target file.
func meet(t *testing.T, mock *weather, args ...string) (code int, out string) {
	t.Helper()
	server := httptest.NewServer(mock)
	defer server.Close()
	cmd := process(t.TempDir(), append([]string{"run", "--config", examplePath(t, "weather-target.yaml")}, args...)...)
	cmd.Env = append(cmd.Env, "WEATHER_URL="+server.URL, "WEATHER_SECRET="+mock.secret)
	var text bytes.Buffer
	cmd.Stdout, cmd.Stderr = &text, &text
	_ = cmd.Run()
	return cmd.ProcessState.ExitCode(), text.String()
}

func TestThirdPartyMockIsConformantByItsOwnTable(t *testing.T) {
	code, out := meet(t, &weather{secret: "of-the-mock", status: 409})
	if code != exitKept || !strings.Contains(out, "✓ conformant  weather/rpc") {
		t.Errorf("exit %d\n%s", code, out)
	}
}

// Each of these mocks differs from its own table in one thing.
func TestThirdPartyMockThatIsWrongIsRed(t *testing.T) {
	for name, c := range map[string]struct {
		mock   *weather
		clause string
	}{
		"serves a nonce twice":   {&weather{served: true}, "NONCE-1 MUST"},
		"another status":         {&weather{status: 400}, "STATUS-3 MUST"},
		"without its own member": {&weather{status: 409, silent: true}, "ERROR-1 MUST"},
	} {
		c.mock.secret = "of-the-mock"
		if code, out := meet(t, c.mock); code != exitBroken || !strings.Contains(out, c.clause) {
			t.Errorf("%s: exit %d, want 1 and %s\n%s", name, code, c.clause, out)
		}
	}
}

func TestImaginaryServiceIsServedAndConformant(t *testing.T) {
	dir, parcel := t.TempDir(), examplePath(t, "parcel.yaml")
	expect(t, dir, exitKept, `parcel +Throttling +429 +Request was denied`, "list", "codes", "--profile", parcel)
	serving(t, dir, parcel)
	expect(t, dir, exitKept, `✓ conformant  parcel/rpc .*\n +rows +17 of 17 answered`, "run", "--config", "target.yaml", "--require-complete")
	text, err := os.ReadFile(filepath.Join(dir, "conform-report", "report.json"))
	if err != nil || schemas.CheckJSON(schemas.ReportFile, text) != nil {
		t.Errorf("report.json: %v", err)
	}
}
