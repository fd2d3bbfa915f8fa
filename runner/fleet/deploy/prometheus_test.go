package deploy

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/acsconform/acsconform/runner/fleet/made"
	"github.com/acsconform/acsconform/runner/fleet/metrics"
	"github.com/acsconform/acsconform/runner/fleet/store"
)

// program finds one of Debian's package prometheus. Without it the test is skipped; in CI, where it is installed, it fails.
func program(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is missing (apt-get install prometheus)", name)
	}
	t.Skipf("%s is not installed (apt-get install prometheus)", name)
	return ""
}

// scraped serves the metrics of a made-up fleet that is called cloud.
func scraped(t *testing.T) *httptest.Server {
	t.Helper()
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "fleet.db"))
	if err == nil {
		err = s.Migrate(t.Context())
	}
	if err == nil {
		err = made.Fleet{Name: "cloud", Targets: 60, Rounds: 3, Red: 5, Breaks: 4, First: time.Now().Add(-3 * time.Hour), Every: time.Hour}.Write(t.Context(), s)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	h, err := metrics.Handler(s, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server
}

func body(t *testing.T, address string) (int, []byte) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, nil
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, nil
	}
	return answer.StatusCode, text
}

// The rules and the metrics pass promtool.
func TestPromtool(t *testing.T) {
	promtool := program(t, "promtool")
	if out, err := exec.CommandContext(t.Context(), promtool, "check", "rules", "alerts.yaml").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	code, text := body(t, scraped(t).URL)
	if code != http.StatusOK {
		t.Fatalf("the metrics are answered by %d", code)
	}
	check := exec.CommandContext(t.Context(), promtool, "check", "metrics")
	check.Stdin = strings.NewReader(string(text))
	out, err := check.CombinedOutput()
	if err != nil || len(out) > 0 {
		t.Errorf("%v\n%s", err, out)
	}
	t.Logf("promtool check metrics: %d lines, no remark", strings.Count(string(text), "\n"))
}

// prometheus runs a server that scrapes an address and knows the rules.
func prometheus(t *testing.T, target string) (address string) {
	t.Helper()
	path := program(t, "prometheus")
	rules, err := filepath.Abs("alerts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listen := l.Addr().String()
	_ = l.Close()
	dir := t.TempDir()
	config := fmt.Sprintf("global: {scrape_interval: 1s, evaluation_interval: 1s}\nrule_files: [%q]\nscrape_configs: [{job_name: fleet, static_configs: [{targets: [%q]}]}]\n",
		rules, strings.TrimPrefix(target, "http://"))
	if err := os.WriteFile(filepath.Join(dir, "prometheus.yml"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, path, "--config.file="+filepath.Join(dir, "prometheus.yml"), "--storage.tsdb.path="+filepath.Join(dir, "data"), "--web.listen-address="+listen, "--log.level=error")
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	var said strings.Builder
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop()
		_ = cmd.Wait()
		if t.Failed() {
			t.Log(said.String())
		}
	})
	return "http://" + listen
}

// Every query of the dashboard returns data from a Prometheus that scrapes the pages, and it takes the rules.
func TestQueriesReturnData(t *testing.T) {
	address := prometheus(t, scraped(t).URL)
	for what, query := range expressions(t) {
		if strings.HasPrefix(what, "ConformFleet") { // a rule, which returns data when something is wrong
			continue
		}
		n := 0
		for range 600 { // until it was scraped
			if n = found(t, address, query); n > 0 {
				break
			}
			time.Sleep(100 * time.Millisecond)
		}
		if n == 0 {
			t.Errorf("%s: %s returns nothing", what, query)
			continue
		}
		t.Logf("%s: %d series", what, n)
	}
	_, text := body(t, address+"/api/v1/rules")
	var rules struct {
		Data struct {
			Groups []struct {
				Rules []struct{ Name, LastError string }
			}
		}
	}
	if err := json.Unmarshal(text, &rules); err != nil || len(rules.Data.Groups) != 1 || len(rules.Data.Groups[0].Rules) < 5 {
		t.Fatalf("%v\n%.500s", err, text)
	}
	for _, r := range rules.Data.Groups[0].Rules {
		if r.LastError != "" {
			t.Errorf("%s: %s", r.Name, r.LastError)
		}
	}
}

// found is how many series a query returns.
func found(t *testing.T, address, query string) int {
	t.Helper()
	code, text := body(t, address+"/api/v1/query?query="+url.QueryEscape(query))
	if code == 0 {
		return 0 // it does not listen yet
	}
	var answer struct {
		Status, Error string
		Data          struct{ Result []json.RawMessage }
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		return 0
	}
	if answer.Status == "error" && code != http.StatusServiceUnavailable {
		t.Fatalf("%s: %s", query, answer.Error)
	}
	return len(answer.Data.Result)
}
