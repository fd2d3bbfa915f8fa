package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

// built builds both programs into one folder.
func built(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, b := range [][2]string{{".", "."}, {"../../../..", "./runner/cmd/conform"}} {
		cmd := exec.Command("go", "build", "-o", dir+string(filepath.Separator), b[1])
		cmd.Dir = b[0]
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s\n%s", err, out)
		}
	}
	return dir
}

// ran runs conform run --sdk against a server and returns the exit code, the summary and the report.
func ran(t *testing.T, dir string, options ...reference.Option) (int, string, *schemas.Report) {
	t.Helper()
	profile, err := fixtures.Profile("gateway")
	if err != nil {
		t.Fatal(err)
	}
	server := reference.New(profile, options...)
	l, err := server.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	reports := t.TempDir()
	cmd := exec.Command(filepath.Join(dir, "conform"), "run", "--sdk", "--target", l.URL(), "--profile", "gateway", "--report-dir", reports)
	key := server.Target(l.URL()).Credentials[schemas.DefaultKey]
	cmd.Env = append(os.Environ(), "ALIBABA_CLOUD_ACCESS_KEY_ID="+key.AccessKeyID, "ALIBABA_CLOUD_ACCESS_KEY_SECRET="+key.AccessKeySecret)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	_ = cmd.Run()
	text, err := os.ReadFile(filepath.Join(reports, "report.json"))
	if err != nil {
		t.Fatalf("%s\n%s", err, out.String())
	}
	if err := file.CheckJSON(file.Report, text); err != nil {
		t.Error(err)
	}
	var r schemas.Report
	if err := json.Unmarshal(text, &r); err != nil {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), out.String(), &r
}

func TestRunAsksTheSDKs(t *testing.T) {
	dir := built(t)
	code, out, r := ran(t, dir)
	if code != 0 || !strings.Contains(out, "sdks  ") {
		t.Errorf("the right server: exit %d\n%s", code, out)
	}
	if s := r.Runs[0].SDKs; s == nil || len(s.Answers) < 2 || !strings.HasPrefix(s.Asked[0].Version, "v1.63.") {
		t.Errorf("the right server: the table is %+v", s)
	}
	for _, kind := range r.Runs[0].SDKs.Answers {
		for _, read := range kind.Read {
			if read.Understood != read.Given {
				t.Errorf("the right server, %s: %+v", kind.Kind, read)
			}
		}
	}
	for _, v := range mutants.All() {
		if v.Name != "code-is-a-number" {
			continue
		}
		code, out, r := ran(t, dir, reference.With(v))
		if code != 1 || !strings.Contains(out, "CLIENT-2") || !strings.Contains(out, "alibaba-cloud-sdk-go: panics") {
			t.Errorf("a server of which the Code is a number: exit %d\n%s", code, out)
		}
		for _, kind := range r.Runs[0].SDKs.Answers {
			if read := kind.Read[0]; read.Else != "" && strings.Contains(read.Else, "panics") && read.Case != "" {
				return
			}
		}
		t.Error("the table of a server of which the Code is a number shows no panic")
	}
}
