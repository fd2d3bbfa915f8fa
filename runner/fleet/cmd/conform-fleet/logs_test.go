package main

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/lint"
	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/lint/sample"
	"github.com/acsconform/acsconform/schemas"
)

// traffic writes a log of about so many MiB, of which the first ids come again at the end, its map, and a fleet file that cuts
// the log into eight shards. It returns the fleet file.
func traffic(t *testing.T, size int) (fleet, log string) {
	t.Helper()
	dir := t.TempDir()
	log = filepath.Join(dir, "access.log")
	first := sample.New(sample.Kind{Seed: 2, XML: 0.2, Bad: 0.01})
	var head bytes.Buffer
	err := first.WriteLog(&head, 20)
	f, made := os.Create(log)
	if err = errors.Join(err, made); err != nil {
		t.Fatal(err)
	}
	_, err = f.Write(head.Bytes())
	err = errors.Join(err, first.WriteLog(f, size<<20/430))
	_, again := f.Write(head.Bytes())
	if err = errors.Join(err, again, f.Close(), os.WriteFile(filepath.Join(dir, "map.yaml"), []byte(sample.MapFile), 0o600)); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(log)
	if err != nil {
		t.Fatal(err)
	}
	fleet = filepath.Join(dir, "fleet.yaml")
	text := fmt.Sprintf("name: traffic\nlogs: [{name: gateway, files: ['access.log*'], map: map.yaml, profile: ecs, shard: %dKiB}]\n", info.Size()/8>>10+1)
	if err := os.WriteFile(fleet, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return fleet, log
}

// linted is the result of conform lint over a log, in every form.
func linted(t *testing.T, log string) map[string]string {
	t.Helper()
	m, err := input.LoadMap(filepath.Join(filepath.Dir(log), "map.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	profile, err := fixtures.Profile("ecs")
	if err != nil {
		t.Fatal(err)
	}
	in, err := input.Open(log, nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := lint.Run(t.Context(), []*input.Input{in}, lint.Options{Clauses: fixtures.Clauses(), Profiles: fixtures.Profiles(), Profile: profile, Map: m})
	if err != nil {
		t.Fatal(err)
	}
	forms := map[string]string{}
	for form, write := range map[string]func(*bytes.Buffer, *schemas.Lint) error{
		"json":     func(b *bytes.Buffer, r *schemas.Lint) error { return lint.WriteJSON(b, r) },
		"markdown": func(b *bytes.Buffer, r *schemas.Lint) error { return lint.WriteMarkdown(b, r) },
		"html": func(b *bytes.Buffer, r *schemas.Lint) error {
			return lint.HTML{Clauses: fixtures.Clauses()}.Write(b, r)
		},
		"text": func(b *bytes.Buffer, r *schemas.Lint) error {
			return lint.Text{Clauses: fixtures.Clauses(), Show: 20}.Write(b, r)
		},
	} {
		var b bytes.Buffer
		if err := write(&b, r); err != nil {
			t.Fatal(err)
		}
		forms[form] = b.String()
	}
	return forms
}

// A log in eight shards, judged by four workers of which two are killed, has the result of conform lint over the whole of it, byte
// for byte.
func TestALogInShards(t *testing.T) {
	p := startPostgreSQL(t)
	db := p.open()
	fleet, log := traffic(t, sized(16, 2048))
	coordinator := begin(t, "run", fleet, "--db", p.addr, "--workers", "0")
	until(t, db, 1, "SELECT count(*) FROM fleet_round")
	var workers []*exec.Cmd
	for range 2 {
		workers = append(workers, begin(t, "work", "--db", p.addr, "--workers", "2"))
	}
	running := "SELECT count(*) FROM river_job WHERE state = 'running' AND args->>'shard' IS NOT NULL"
	for i, w := range workers {
		until(t, db, 2-i, running)
		killed(t, w)
	}
	t.Logf("%d shards were being judged, and %d were judged, when two workers had been killed", number(t, db, running), number(t, db, "SELECT count(*) FROM fleet_shard WHERE done > 0"))
	for range 2 {
		begin(t, "work", "--db", p.addr, "--workers", "2")
	}
	var ended *exec.ExitError
	if err := coordinator.Wait(); !errors.As(err, &ended) || ended.ExitCode() != exitBroken {
		t.Fatalf("%v\n%s%s", err, coordinator.Stdout, coordinator.Stderr)
	}
	if n := number(t, db, "SELECT count(*) FROM fleet_shard"); n != 8 {
		t.Errorf("the log was cut into %d shards, want 8", n)
	}
	if n := number(t, db, "SELECT count(*) FROM river_job WHERE args->>'shard' IS NOT NULL AND attempt > 1"); n == 0 {
		t.Error("no shard was judged again: the workers were killed too late")
	}
	if n := number(t, db, "SELECT count(*) FROM fleet_part"); n != 0 {
		t.Errorf("%d pieces of parts are left over", n)
	}
	sameAsLint(t, p.addr, log)
}

// sameAsLint compares the result of the one log of a database with that of conform lint.
func sameAsLint(t *testing.T, db, log string) {
	t.Helper()
	for form, want := range linted(t, log) {
		code, got, errs := conformFleet(t, "report", "--db", db, "--log", "gateway", "-o", form)
		if code != exitBroken || got != want || form == "json" && !strings.Contains(got, "first seen in") {
			t.Errorf("%s: exit %d\n%.3000s\nwant\n%.3000s\n%s", form, code, got, want, errs)
		}
	}
}

// Logs are judged on SQLite too, beside targets, and every output names them; what cannot be judged is said.
func TestLogsInARound(t *testing.T) {
	fleet, log := traffic(t, 1)
	text, err := os.ReadFile(fleet)
	if err != nil {
		t.Fatal(err)
	}
	more := strings.Replace(string(text), "}]\n", "}, {name: none, files: [no.log], profile: ecs}]\nmax_requests: 10\ntargets: [{name: one, reference: right, profile: gateway}]\n", 1)
	if err := os.WriteFile(fleet, []byte(more), 0o600); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "fleet.db")
	code, out, errs := conformFleet(t, "run", fleet, "--db", path)
	if code != exitBroken || !strings.Contains(out, "1 targets, 1 with nothing broken, 0 broken, 0 not tested, 2 logs") ||
		!strings.Contains(out, "× log gateway: ") || !strings.Contains(out, "? log none not judged: no file fits ") {
		t.Fatalf("exit %d\n%s%s", code, out, errs)
	}
	sameAsLint(t, path, log)
	for _, format := range []string{"text", "json", "html", "junit", "markdown", "sarif", "github", "gitlab"} {
		if code, out, errs := conformFleet(t, "report", "--db", path, "-o", format); code != exitBroken || !strings.Contains(out, "gateway") {
			t.Errorf("%s: exit %d\n%s%s", format, code, out, errs)
		}
	}
	for _, log := range []string{"none", "other"} {
		if code, out, errs := conformFleet(t, "report", "--db", path, "--log", log); code != exitUsage || out != "" || !strings.Contains(errs, "log") {
			t.Errorf("%s: exit %d\n%s%s", log, code, out, errs)
		}
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if n := number(t, db, "SELECT count(*) FROM river_job WHERE state <> 'completed'"); n != 0 {
		t.Errorf("%d jobs are not completed", n)
	}
}
