package main

import (
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // a second way to the database, for the test
)

// postgresql is a server of PostgreSQL on a socket of its own.
type postgresql struct {
	t    *testing.T
	bin  string
	dir  string
	as   *syscall.SysProcAttr
	addr string
}

// startPostgreSQL starts the server of the machine, which has to be there in CI.
func startPostgreSQL(t *testing.T) *postgresql {
	t.Helper()
	bins, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	if path, err := exec.LookPath("initdb"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			bins = append(bins, filepath.Dir(path))
		}
	}
	if len(bins) == 0 {
		if os.Getenv("CI") == "true" {
			t.Fatal("PostgreSQL is not installed (apt-get install postgresql)")
		}
		t.Skip("PostgreSQL is not installed (apt-get install postgresql)")
	}
	dir, err := os.MkdirTemp("/tmp", "fleetpg") // short: it is part of the name of a socket
	if err != nil {
		t.Fatal(err)
	}
	p := &postgresql{t: t, bin: bins[len(bins)-1], dir: dir}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	p.lowerRights()
	p.run("initdb", "-D", dir+"/data", "-U", "fleet", "-A", "trust", "--no-sync")
	p.addr = "postgres://fleet@/postgres?host=" + dir
	p.start()
	t.Cleanup(func() { _ = p.command("pg_ctl", "-D", dir+"/data", "-m", "immediate", "stop").Run() })
	return p
}

// lowerRights has the server run as Debian's user for it where the tests run as root, which PostgreSQL refuses.
func (p *postgresql) lowerRights() {
	if os.Getuid() != 0 {
		return
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		p.t.Fatal(err)
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	if err := os.Chown(p.dir, uid, gid); err != nil {
		p.t.Fatal(err)
	}
	p.as = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
}

func (p *postgresql) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(p.bin, name), args...)
	cmd.SysProcAttr, cmd.Dir = p.as, p.dir
	return cmd
}

func (p *postgresql) run(name string, args ...string) {
	p.t.Helper()
	if out, err := p.command(name, args...).CombinedOutput(); err != nil {
		p.t.Fatalf("%s: %v\n%s", name, err, out)
	}
}

func (p *postgresql) start() {
	p.t.Helper()
	p.run("pg_ctl", "-D", p.dir+"/data", "-l", p.dir+"/log", "-w", "-o", "-c listen_addresses='' -k "+p.dir, "start")
}

// restart restarts the server as a crash does.
func (p *postgresql) restart() {
	p.t.Helper()
	p.run("pg_ctl", "-D", p.dir+"/data", "-m", "immediate", "stop")
	p.start()
}

func (p *postgresql) open() *sql.DB {
	p.t.Helper()
	db, err := sql.Open("pgx", p.addr)
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = db.Close() })
	return db
}

// A worker is killed, the database crashes, and the coordinator is killed and begun again: every target of the round has one
// result all the same.
func TestKilledOnPostgreSQL(t *testing.T) {
	targets := sized(60, 300)
	p := startPostgreSQL(t)
	db := p.open()
	fleet := written(t, manyTargets(targets))
	coordinate := []string{"run", fleet, "--db", p.addr, "--workers", "0"}
	coordinator := begin(t, coordinate...)
	until(t, db, 1, "SELECT count(*) FROM fleet_round")
	var workers []*exec.Cmd
	for range 2 {
		workers = append(workers, begin(t, "work", "--db", p.addr, "--workers", "3"))
	}
	until(t, db, 5, "SELECT count(*) FROM fleet_result")
	until(t, db, 6, "SELECT count(*) FROM river_job WHERE state = 'running'")
	orphans := orphansOf(t, db, workers[0])
	began := time.Now()
	for _, id := range orphans {
		until(t, db, 1, fmt.Sprintf("SELECT count(*) FROM river_job WHERE id = %d AND (attempt > 1 OR state = 'completed')", id))
	}
	t.Logf("%d jobs ran when a worker was killed; all were begun again or through after %v", len(orphans), time.Since(began).Round(10*time.Millisecond))
	until(t, db, targets/3, "SELECT count(*) FROM fleet_result")
	p.restart()
	killed(t, coordinator)
	begin(t, "work", "--db", p.addr, "--workers", "3") // in the place of the one that was killed
	last := begin(t, coordinate...)
	if err := last.Wait(); err != nil {
		t.Fatalf("%v\n%s%s", err, last.Stdout, last.Stderr)
	}
	for query, want := range map[string]int{
		"SELECT count(*) FROM fleet_round":                          1,
		"SELECT count(*) FROM fleet_result":                         targets,
		"SELECT count(*) FROM fleet_result WHERE outcome = 'green'": targets,
		"SELECT count(*) FROM river_job":                            targets,
		"SELECT count(*) FROM river_job WHERE state <> 'completed'": 0,
		"SELECT count(*) FROM fleet_round WHERE ended > 0":          1,
	} {
		if got := number(t, db, query); got != want {
			t.Errorf("%s is %d, want %d", query, got, want)
		}
	}
}

// orphansOf kills a worker and returns the jobs that it had.
func orphansOf(t *testing.T, db *sql.DB, worker *exec.Cmd) []int {
	t.Helper()
	killed(t, worker)
	rows, err := db.QueryContext(t.Context(), "SELECT id FROM river_job WHERE state = 'running'")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var ids []int
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	return ids
}

// A host's pace is kept by all workers together.
func TestPaceIsKeptByAllWorkers(t *testing.T) {
	p := startPostgreSQL(t)
	server, times := counting(t)
	rate, words := sized(40, 50), "a, b, c, d, e, f"
	if soak {
		words += ", g, h, i, j, k, l, m, n, o, p, q, r, s, t"
	}
	fleet := written(t, fmt.Sprintf("name: paced\npace: {rate: %d}\nmax_requests: 30\ntargets:\n", rate)+"  - {name: 's-${N}', for: {N: ["+words+"]}, target: {url: '"+server+"', profile: gateway}}\n")
	for range sized(2, 4) {
		begin(t, "work", "--db", p.addr, "--workers", "3")
	}
	conformFleet(t, "run", fleet, "--db", p.addr, "--workers", "0")
	all := times()
	if len(all) < 60 {
		t.Fatalf("%d requests came, want many", len(all))
	}
	slices.SortFunc(all, time.Time.Compare)
	took := all[len(all)-1].Sub(all[0])
	got := float64(len(all)-1) / took.Seconds()
	t.Logf("%d requests came in %v, %.1f a second", len(all), took.Round(time.Millisecond), got)
	if got > 1.1*float64(rate) { // slower it may be: machines are busy
		t.Errorf("%.1f requests a second came, want %d", got, rate)
	}
	if soak && got < 0.9*float64(rate) {
		t.Errorf("%.1f requests a second came, want %d within a tenth", got, rate)
	}
}

// Rounds that several processes begin by one schedule, of which one is killed, begin once each.
func TestRoundsBeginOnce(t *testing.T) {
	p := startPostgreSQL(t)
	db := p.open()
	fleet := written(t, "name: timed\nschedule: {every: 3s}\nmax_requests: 10\ntargets: [{name: one, reference: right, profile: gateway}]\n")
	up := []string{"up", fleet, "--db", p.addr, "--workers", "1"}
	first := begin(t, up...)
	begin(t, up...)
	until(t, db, 2, "SELECT count(*) FROM fleet_round WHERE ended > 0")
	for range sized(1, 8) {
		killed(t, first)
		n := number(t, db, "SELECT count(*) FROM fleet_round")
		first = begin(t, up...)
		until(t, db, n+2, "SELECT count(*) FROM fleet_round WHERE ended > 0")
	}
	if twice := number(t, db, "SELECT count(*) - count(DISTINCT due) FROM fleet_round"); twice != 0 {
		t.Errorf("%d rounds began twice", twice)
	}
	if odd := number(t, db, "SELECT count(*) FROM fleet_round WHERE due % 3000000 <> 0"); odd != 0 {
		t.Errorf("%d rounds began when none was due", odd)
	}
}
