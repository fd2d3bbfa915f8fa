package main

import (
	"database/sql"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/acsconform/acsconform/runner/fleet/outcome"
	"github.com/acsconform/acsconform/runner/internal/leaktest"
)

// counting is a server that answers nothing of the convention but takes every request, and notes when it came.
func counting(t *testing.T) (address string, times func() []time.Time) {
	t.Helper()
	var mu sync.Mutex
	var all []time.Time
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		all = append(all, time.Now())
		n := len(all)
		mu.Unlock()
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		_, _ = fmt.Fprintf(w, `{"RequestId":"4C467B38-3910-447D-87BC-%012X","HostId":"h","Code":"InvalidAction","Message":"m"}`, n)
	}))
	t.Cleanup(s.Close)
	return s.URL, func() []time.Time { mu.Lock(); defer mu.Unlock(); return append([]time.Time{}, all...) }
}

// The secrets of the worker's environment.
const (
	id     = "fleettestid"
	secret = "Zq8vKd0tW3mXr7LpJ2nYc5Hb"
	token  = "fleet-token-Q7wE9rT1yU3iO5pA"
)

// No secret of the worker's environment is in the database or in any output, also where a target sends it back.
func TestSecretsStayWhereTheWorkerIs(t *testing.T) {
	path := filepath.Join(t.TempDir(), "fleet.db")
	texts := secretly(t, path, "sqlite", path)
	files, err := filepath.Glob(path + "*")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	discreet(t, texts)
}

// The same of a dump of PostgreSQL, and of what its server logs.
func TestSecretsAreInNoDump(t *testing.T) {
	p := startPostgreSQL(t)
	texts := secretly(t, p.addr, "pgx", p.addr)
	for _, args := range [][]string{{"-a", "--inserts"}, {"-F", "c"}} {
		out, err := p.command("pg_dump", append(args, "-U", "fleet", "-h", p.dir, "postgres")...).Output()
		if err != nil || len(out) < 10_000 {
			t.Fatalf("pg_dump: %v, %d bytes", err, len(out))
		}
		texts = append(texts, string(out))
	}
	log, err := os.ReadFile(p.dir + "/log")
	if err != nil {
		t.Fatal(err)
	}
	discreet(t, append(texts, string(log)))
}

// discreet reports secrets in what was written.
func discreet(t *testing.T, texts []string) {
	t.Helper()
	for _, text := range texts {
		for _, secret := range []string{secret, token} {
			if found := leaktest.Find(text, secret); len(found) > 0 {
				t.Errorf("a secret was written: %q\n%s", found, around(text, secret))
			}
		}
	}
	if !strings.Contains(strings.Join(texts, ""), "${FLEET_TEST_SECRET}") {
		t.Error("the database lacks the target file as it was written")
	}
}

// secretly tests targets that know the secrets, and a log that holds one, and returns every output and what the database holds.
func secretly(t *testing.T, db, driver, source string) []string {
	t.Helper()
	t.Setenv("FLEET_TEST_ID", id)
	t.Setenv("FLEET_TEST_SECRET", secret)
	t.Setenv("FLEET_TEST_TOKEN", token)
	echo := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		known := token // what the target's file names, and a server may so know
		if strings.HasPrefix(r.URL.Path, "/signed") {
			known = secret
		}
		w.Header().Set("X-Echo", known)
		w.WriteHeader(http.StatusForbidden)
		_, _ = fmt.Fprintf(w, `{"RequestId":"4C467B38-3910-447D-87BC-AC049166F216","HostId":"%s","Code":"%s","Message":"%s %s"}`, known, known, known, r.URL.RawQuery)
	}))
	defer echo.Close()
	fleet := written(t, `name: secret
max_requests: 150
targets:
  - name: signed
    target:
      url: `+echo.URL+`/signed
      profile: gateway
      credentials: {default: {access_key_id: "${FLEET_TEST_ID}", access_key_secret: "${FLEET_TEST_SECRET}", security_token: "${FLEET_TEST_TOKEN}"}}
  - name: unsigned
    target: {url: `+echo.URL+`, profile: gateway, headers: {X-Token: "${FLEET_TEST_TOKEN}"}}
  - name: wrong
    target: {url: "${FLEET_TEST_SECRET}", profile: gateway}
  - {name: shown, reference: right, profile: ecs}
logs: [{name: log, files: [a.log], map: map.yaml, profile: ecs}]
`)
	line := `{"s":400,"u":"/?Action=A&SecurityToken=` + token + `","b":"{\\"RequestId\\":\\"r\\",\\"Code\\":\\"` + token + `\\",\\"Message\\":\\"` + token + `\\"}"}` + "\n"
	for name, text := range map[string]string{"a.log": strings.Repeat(line, 3), "map.yaml": "status: s\nbody: b\nurl: u\n"} {
		if err := os.WriteFile(filepath.Join(filepath.Dir(fleet), name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var written []string
	add := func(args ...string) {
		code, out, errs := conformFleet(t, append(args, "--db", db)...)
		if code == exitUsage {
			t.Fatalf("%v: %s", args, errs)
		}
		written = append(written, out, errs)
	}
	add("run", fleet)
	for _, format := range []string{"text", "json", "html", "junit", "markdown", "sarif", "github", "gitlab"} {
		add("report", "-o", format)
		if format != "junit" && !slices.Contains(outcome.IssueFormats, format) {
			add("report", "--log", "log", "-o", format)
		}
	}
	add("run", fleet)
	for _, format := range []string{"text", "json"} {
		add("diff", "1", "2", "-o", format)
	}
	return append(written, unpacked(t, driver, source)...)
}

// A secret that is written out in a fleet file is refused, with its place.
func TestSecretsWrittenOutAreRefused(t *testing.T) {
	fleet := written(t, `name: secret
targets:
  - name: signed
    target:
      url: https://user:password@example.test/
      profile: gateway
      credentials:
        default:
          access_key_id: LTAI
          access_key_secret: Zq8vKd0tW3mXr7LpJ2nYc5Hb
`)
	code, _, errs := conformFleet(t, "run", fleet, "--db", filepath.Join(t.TempDir(), "fleet.db"))
	for _, place := range []string{"fleet.yaml:10:30: targets[0].target.credentials.default.access_key_secret: ", "fleet.yaml:5:12: "} {
		if code != exitUsage || !strings.Contains(errs, place) {
			t.Errorf("exit %d, lacks %s\n%s", code, place, errs)
		}
	}
	if strings.Contains(errs, "Zq8v") {
		t.Error("the error shows the secret")
	}
}

// unpacked returns the texts and reports that a database holds, in plain.
func unpacked(t *testing.T, driver, source string) []string {
	t.Helper()
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	rows, err := db.QueryContext(t.Context(), "SELECT body FROM fleet_blob UNION ALL SELECT body FROM fleet_result WHERE body IS NOT NULL UNION ALL SELECT body FROM fleet_log")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	reader, err := zstd.NewReader(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	packed := 0
	var texts []string
	for rows.Next() {
		var body []byte
		if err := rows.Scan(&body); err != nil {
			t.Fatal(err)
		}
		if text, err := reader.DecodeAll(body, nil); err == nil {
			body = text
			packed++
		}
		texts = append(texts, string(body))
	}
	if packed == 0 {
		t.Error("no report was found in the database")
	}
	return texts
}

// around returns what is before a secret.
func around(text, secret string) string {
	at := strings.Index(text, secret)
	return text[max(0, at-300):max(0, at)]
}
