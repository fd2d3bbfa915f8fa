package lint

import (
	"bytes"
	"encoding/json"
	"fmt"
	"github.com/acsconform/acsconform/runner/lint/input"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// readme returns the indented block of README.md that begins with the given text.
func readme(t *testing.T, beginsWith string) string {
	t.Helper()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(text), "\n    "+beginsWith)
	block, _, _ := strings.Cut(beginsWith+rest, "\n\n")
	if !ok {
		t.Fatalf("README.md has no block that begins with %q", beginsWith)
	}
	return strings.ReplaceAll(block, "\n    ", "\n") + "\n"
}

// The lines of nginx.conf and the map that README.md shows, with the real nginx; the body, which nginx does not log, is
// the upstream's as a script in nginx would hand it over: here it comes in a header, so that nginx itself escapes it.
func TestALogOfTheRealNginx(t *testing.T) {
	path, err := exec.LookPath("nginx")
	if err != nil {
		path = "/usr/sbin/nginx"
	}
	if _, err := os.Stat(path); err != nil {
		t.Skip("nginx is not installed (apt-get install nginx)")
	}
	format := readme(t, "log_format answers escape=json")
	format = regexp.MustCompile(`"\$answer_body"`).ReplaceAllString(format, `"$$http_x_answer"`)
	mapping := filepath.Join(t.TempDir(), "map.yaml")
	if err := os.WriteFile(mapping, []byte(readme(t, "status: status")), 0o600); err != nil {
		t.Fatal(err)
	}
	m, err := input.LoadMap(mapping)
	if err != nil {
		t.Fatal(err)
	}
	url, log, stop := startNginx(t, path, format)
	const id = "4C467B38-3910-447D-87BC-AC049166F216"
	for _, c := range []struct{ query, body string }{
		{"200?Action=DescribeRegions&Format=JSON", `{"RequestId":"` + id + `"}`},
		{"404?Action=DescribeZones", `{"Code":"No\u00e9","Message":"a \"b\" \\ /\tü 错误"}`},
		{"200?Action=DescribeRegions", `{"RequestId":"` + strings.ToLower(id) + `","Regions":{}}`},
		{"500?Action=DescribeRegions", `<html>oops</html>`},
		{"500", `<html>oops</html>`},
	} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+c.query, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("X-Answer", c.body)
		request.Host = "ecs.aliyuncs.com"
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
	}
	stop()
	text, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(text) {
		if !json.Valid(line) {
			t.Errorf("nginx does not write JSON: %s", line)
		}
	}
	r := linted(t, Options{Profile: ecs(t), Map: m}, text)
	if got := clausesOf(r); !slices.Equal(got, []string{"ERROR-1 1", "ERROR-1 1 Noé", "REQUESTID-2 1", "REQUESTID-4 1"}) || r.Judged != 4 || r.NotJudged != 1 || r.Malformed != 0 {
		t.Errorf("%q, %d judged, first malformed %+v, in\n%s", got, r.Judged, r.First, text)
	}
	for _, f := range r.Findings {
		if f.First.IsZero() || f.Examples[0].Time.IsZero() {
			t.Errorf("%s has no time", f.Clause)
		}
		if f.Code == "Noé" && (len(f.Places) != 1 || f.Places[0] != FindingPlace{Host: "ecs.aliyuncs.com", Action: "DescribeZones", Count: 1}) {
			t.Errorf("the place is %+v", f.Places)
		}
	}
}

// startNginx starts nginx with a log format, on a server that answers with the status that the path names.
func startNginx(t *testing.T, path, format string) (url, log string, stop func()) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	_ = l.Close()
	dir := t.TempDir()
	log = filepath.Join(dir, "answers.jsonl")
	format = regexp.MustCompile(`access_log \S+`).ReplaceAllString(format, "access_log "+log)
	config := fmt.Sprintf(`daemon off; master_process off; pid %[1]s/pid; error_log %[1]s/error.log;
events {}
http { client_body_temp_path %[1]s/a; proxy_temp_path %[1]s/b; fastcgi_temp_path %[1]s/c; uwsgi_temp_path %[1]s/d; scgi_temp_path %[1]s/e;
%[3]s
server { listen %[2]s; default_type "application/json;charset=utf-8"; location /200 { return 200 "{}"; } location /404 { return 404 "{}"; } location /500 { return 500 "{}"; } } }`, dir, address, format)
	file := filepath.Join(dir, "nginx.conf")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	command := exec.Command(path, "-c", file, "-p", dir, "-e", filepath.Join(dir, "error.log"))
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- command.Wait() }()
	stop = func() {
		_ = command.Process.Signal(os.Interrupt)
		<-done
	}
	for {
		if conn, err := net.Dial("tcp", address); err == nil {
			_ = conn.Close()
			return "http://" + address + "/", log, stop
		}
		select {
		case err := <-done:
			text, _ := os.ReadFile(filepath.Join(dir, "error.log"))
			t.Fatalf("nginx does not run: %v\n%s", err, text)
		default:
		}
	}
}
