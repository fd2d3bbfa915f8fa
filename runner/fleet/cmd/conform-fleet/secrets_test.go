package main

import (
	"database/sql"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

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

// No secret of the worker's environment is in the database or in any output, also where a target sends it back.
func TestSecretsStayWhereTheWorkerIs(t *testing.T) {
	const id, secret, token = "fleettestid", "Zq8vKd0tW3mXr7LpJ2nYc5Hb", "fleet-token-Q7wE9rT1yU3iO5pA"
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
	dir := t.TempDir()
	path := filepath.Join(dir, "fleet.db")
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
`)
	_, out, errs := conformFleet(t, "run", fleet, "--db", path)
	written := []string{out, errs}
	for _, format := range []string{"text", "json", "html", "junit", "markdown"} {
		_, out, errs := conformFleet(t, "report", "--db", path, "-o", format)
		written = append(written, out, errs)
	}
	files, err := filepath.Glob(path + "*")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		written = append(written, string(text))
	}
	for _, text := range append(written, unpacked(t, path)...) {
		for _, secret := range []string{secret, token} {
			if found := leaktest.Find(text, secret); len(found) > 0 {
				t.Errorf("a secret was written: %q\n%s", found, around(text, secret))
			}
		}
	}
	if !strings.Contains(strings.Join(written, ""), "${FLEET_TEST_SECRET}") {
		t.Error("the database lacks the target file as it was written")
	}
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
func unpacked(t *testing.T, path string) []string {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	rows, err := db.QueryContext(t.Context(), "SELECT body FROM fleet_blob UNION ALL SELECT body FROM fleet_result WHERE body IS NOT NULL")
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
