package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/crypto/bcrypt"

	"github.com/acsconform/acsconform/runner/internal/selfsigned"
)

// pagesOfThePage runs up with its pages, by a password and TLS where flags are given, and reads the first page.
func pagesOfThePage(t *testing.T, fleet, db string, flags []string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	_ = l.Close()
	args, scheme := []string{"up", fleet, "--workers", "0", "--db", db, "--listen", address}, "http"
	client := &http.Client{}
	if len(flags) > 0 {
		scheme = "https"
		given, roots := secured(t)
		for _, flag := range flags {
			args = append(args, flag)
			if value, ok := given[flag]; ok {
				args = append(args, value)
			}
		}
		client.Transport = &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}
	}
	cmd := begin(t, args...)
	ask := func(path, password string) (int, string) {
		for range 500 {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, scheme+"://"+address+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			if password != "" {
				r.SetBasicAuth("ann", password)
			}
			if answer, err := client.Do(r); err == nil {
				body, _ := io.ReadAll(answer.Body)
				_ = answer.Body.Close()
				return answer.StatusCode, string(body)
			}
			time.Sleep(20 * time.Millisecond)
		}
		return 0, ""
	}
	if len(flags) > 0 {
		if code, _ := ask("/", ""); code != http.StatusUnauthorized {
			t.Errorf("without a password: %d", code)
		}
	}
	if code, body := ask("/", "right"); code != http.StatusOK || !strings.Contains(body, "fleet page") || strings.Contains(body, "Run now") != slices.Contains(flags, "--allow-actions") {
		t.Errorf("%v: %d\n%.300s\n%s", flags, code, body, cmd.Stderr)
	}
	for path, holds := range map[string]string{ // each has statements that the two databases write differently
		"/?label=region%3Deast&q=server&clause=NONCE-1&outcome=red": "0 targets", "/target?name=server-n1": "The last rounds", "/report?name=server-n1": "<html",
		"/diff": "targets compared", "/logs": "gateway", "/log?name=gateway": "<html", "/rounds": "since the round before", "/causes": "Causes",
		"/?kind=partial&label=profile%3Dgateway": "4 targets", "/heat?by=Server": "Heat map", "/clauses": "Kept by all", "/matrix.csv?kind=partial": "server-n1", "/live": "line",
		"/metrics": "acsconform_fleet_database_up 1", "/jobs/api/states": "completed",
	} {
		if code, body := ask(path, "right"); code != http.StatusOK || !strings.Contains(body, holds) {
			t.Errorf("%s: %d, lacks %q\n%.300s\n%s", path, code, holds, body, cmd.Stderr)
		}
	}
	_ = cmd.Process.Signal(syscall.SIGTERM)
	_ = cmd.Wait()
}

// secured makes what the flags name: a certificate with its key, and a user.
func secured(t *testing.T) (map[string]string, *x509.CertPool) {
	t.Helper()
	dir := t.TempDir()
	cert, err := selfsigned.Server("pages", time.Now().Add(-time.Hour), time.Now().Add(time.Hour), nil, net.IPv4(127, 0, 0, 1))
	if err != nil {
		t.Fatal(err)
	}
	key, err := x509.MarshalPKCS8PrivateKey(cert.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	hash, err := bcrypt.GenerateFromPassword([]byte("right"), 10)
	if err != nil {
		t.Fatal(err)
	}
	pool, chain := x509.NewCertPool(), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Certificate[0]})
	pool.AppendCertsFromPEM(chain)
	given := map[string]string{}
	for flag, text := range map[string][]byte{"--tls-cert": chain, "--tls-key": pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key}), "--auth-file": []byte("ann:" + string(hash) + "\n")} {
		given[flag] = filepath.Join(dir, strings.TrimPrefix(flag, "--"))
		if err := os.WriteFile(given[flag], text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return given, pool
}

// Pages that others could read, and flags that make no sense, are refused before anything begins.
func TestPagesAreForThisMachineUnlessSecured(t *testing.T) {
	given, _ := secured(t)
	fleet := written(t, "name: one\nschedule: {every: 6h}\ntargets: [{reference: right, profile: gateway}]\n")
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--listen", "0.0.0.0:0"}, "others can connect there (add --auth-file, --tls-cert and --tls-key"},
		{[]string{"--listen", ":0", "--auth-file", given["--auth-file"]}, "others can connect there"},
		{[]string{"--listen", "192.0.2.1:0", "--tls-cert", given["--tls-cert"], "--tls-key", given["--tls-key"]}, "others can connect there"},
		{[]string{"--listen", "127.0.0.1:0", "--tls-cert", given["--tls-cert"]}, "belong together"},
		{[]string{"--listen", "127.0.0.1:0", "--tls-cert", fleet, "--tls-key", given["--tls-key"]}, "--tls-cert"},
		{[]string{"--listen", "127.0.0.1:0", "--auth-file", fleet}, "fleet.yaml:1: want NAME:HASH"},
		{[]string{"--listen", "8090"}, "want HOST:PORT"},
		{[]string{"--allow-actions"}, "add --listen"},
	} {
		path := filepath.Join(t.TempDir(), "fleet.db")
		code, _, errs := conformFleet(t, append([]string{"up", fleet, "--db", path}, c.args...)...)
		if code != exitUsage || !strings.Contains(errs, c.want) || strings.Count(errs, "\n") != 1 {
			t.Errorf("%v: exit %d\n%s", c.args, code, errs)
		}
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%v: a database was made", c.args)
		}
	}
	// Of receivers whose address is not in the environment, the name is told.
	alerts := written(t, "name: one\nschedule: {every: 6h}\nalerts: [{name: a, url: '${FLEET_TEST_NOT_SET}', format: slack}]\ntargets: [{reference: right, profile: gateway}]\n")
	if code, _, errs := conformFleet(t, "up", alerts, "--db", filepath.Join(t.TempDir(), "fleet.db")); code != exitUsage || !strings.Contains(errs, "lacks FLEET_TEST_NOT_SET") {
		t.Errorf("exit %d\n%s", code, errs)
	}
}
