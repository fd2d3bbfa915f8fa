package report_test

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/report"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// nginx starts the real one before a server, as somebody configures it who wants its error pages for every 404.
func nginx(t *testing.T, upstream string) string {
	t.Helper()
	path, err := exec.LookPath("nginx")
	if err != nil {
		path = "/usr/sbin/nginx"
	}
	if _, err := os.Stat(path); err != nil {
		t.Skip("nginx is not installed (apt-get install nginx)")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	_ = l.Close()
	dir := t.TempDir()
	config := fmt.Sprintf(`daemon off; master_process off; pid %[1]s/pid; error_log %[1]s/error.log;
events {}
http { access_log off; client_body_temp_path %[1]s/a; proxy_temp_path %[1]s/b; fastcgi_temp_path %[1]s/c; uwsgi_temp_path %[1]s/d; scgi_temp_path %[1]s/e;
server { listen %[2]s; location / { proxy_pass %[3]s; proxy_set_header Host $http_host; proxy_intercept_errors on; error_page 404 @none; }
location @none { return 404; } } }`, dir, address, upstream)
	file := filepath.Join(dir, "nginx.conf")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	command := exec.Command(path, "-c", file, "-p", dir, "-e", filepath.Join(dir, "error.log"))
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = command.Process.Kill(); _ = command.Wait() })
	for range 100 {
		if conn, err := net.Dial("tcp", address); err == nil {
			_ = conn.Close()
			return "http://" + address
		}
		time.Sleep(20 * time.Millisecond)
	}
	log, _ := os.ReadFile(filepath.Join(dir, "error.log"))
	t.Fatalf("nginx does not listen: %s", log)
	return ""
}

// A gateway whose error pages are HTML is one finding that names it, with the conditions it hits.
func TestPagesOfNginxAreOneFindingThatNamesIt(t *testing.T) {
	profile, err := fixtures.Profile("kms")
	if err != nil {
		t.Fatal(err)
	}
	server := reference.New(profile)
	listening, err := server.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listening.Close()
	brief := suites.Brief{Profile: profile, Clauses: fixtures.Clauses(), Target: server.Target(nginx(t, listening.URL()))}
	ctx := context.Background()
	session, err := runner.Open(ctx, brief, runner.Options{Timeout: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	session.Start(ctx, session.Plan())
	run := session.Finish()
	var out bytes.Buffer
	r := report.Assemble(schemas.Suite{}, time.Now(), []schemas.Run{run})
	if err := (report.Terminal{Clauses: fixtures.Clauses()}).Write(&out, r); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	pages := 0
	for _, block := range strings.Split(text, "\n\n") {
		if strings.Contains(block, "HTML page") && strings.HasPrefix(block, "×") {
			pages++
			if !strings.Contains(block, "nginx") || !strings.Contains(block, "more cases") {
				t.Errorf("the finding does not name nginx and its cases:\n%s", block)
			}
		}
	}
	if pages != 1 {
		t.Errorf("%d findings about pages of HTML, want 1:\n%s", pages, text)
	}
}
