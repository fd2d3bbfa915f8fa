package main

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
)

// A process that is killed again and again loses no target of a round and tests none twice: the same command goes on with it.
func TestKilledOnSQLite(t *testing.T) {
	targets, kills := sized(30, 150), sized(4, 10)
	fleet, path := written(t, manyTargets(targets)), filepath.Join(t.TempDir(), "fleet.db")
	db, err := sql.Open("sqlite", path+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	run := []string{"run", fleet, "--db", path, "--workers", "4"}
	done := 0
	for range kills {
		cmd := begin(t, run...)
		done = until(t, db, done+1+rand.IntN(4), "SELECT count(*) FROM fleet_result")
		killed(t, cmd)
	}
	code, out, errs := conformFleet(t, run...)
	if code != exitKept || !strings.Contains(out, fmt.Sprintf("%d targets, %d with nothing broken", targets, targets)) || !strings.Contains(errs, "goes on") {
		t.Fatalf("exit %d\n%s%s", code, out, errs)
	}
	for query, want := range map[string]int{
		"SELECT count(*) FROM fleet_round":                             1,
		"SELECT count(*) FROM fleet_result":                            targets,
		"SELECT count(DISTINCT target) FROM fleet_result":              targets,
		"SELECT count(*) FROM river_job":                               targets,
		"SELECT count(*) FROM river_job WHERE state = 'completed'":     targets,
		"SELECT count(*) FROM pragma_integrity_check WHERE 1":          1,
		"SELECT integrity_check = 'ok' FROM pragma_integrity_check":    1,
		"SELECT max(attempt) > 1 FROM river_job":                       1,
		"SELECT count(*) FROM fleet_round WHERE ended > 0":             1,
		"SELECT count(*) FROM fleet_blob WHERE length(body) > 1000000": 0,
	} {
		if got := number(t, db, query); got != want {
			t.Errorf("%s is %d, want %d", query, got, want)
		}
	}
}

// Two processes do not use one file.
func TestOneProcessAtATimeOnSQLite(t *testing.T) {
	fleet, path := written(t, manyTargets(200)), filepath.Join(t.TempDir(), "fleet.db")
	db, err := sql.Open("sqlite", path+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	begin(t, "run", fleet, "--db", path, "--workers", "1")
	until(t, db, 1, "SELECT count(*) FROM fleet_round")
	code, _, errs := conformFleet(t, "run", fleet, "--db", path)
	if code != exitUntested || !strings.Contains(errs, "another process uses it") {
		t.Errorf("exit %d, %s", code, errs)
	}
	if code, _, errs := conformFleet(t, "report", "--db", path); code != exitUsage || !strings.Contains(errs, "no round has ended yet") { // reading goes on
		t.Errorf("exit %d, %s", code, errs)
	}
}

// A green run takes little, and many alike share their report.
func TestGreenRunsTakeLittle(t *testing.T) {
	const targets = 20
	fleet, path := written(t, strings.Replace(manyTargets(targets), "max_requests: 10\n", "max_requests: 150\n", 1)), filepath.Join(t.TempDir(), "fleet.db")
	if code, out, errs := conformFleet(t, "run", fleet, "--db", path); code != exitKept {
		t.Fatalf("exit %d\n%s%s", code, out, errs)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	used := number(t, db, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
	if empty := 180 << 10; used > empty+targets*4096 {
		t.Errorf("%d targets take %d bytes, want 4 KiB each beside the empty tables", targets, used)
	}
	if n := number(t, db, "SELECT count(DISTINCT shape) FROM fleet_result"); n > 4 {
		t.Errorf("%d equal runs have %d shapes", targets, n)
	}
}
