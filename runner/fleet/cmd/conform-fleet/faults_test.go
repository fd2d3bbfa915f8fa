package main

import (
	"database/sql"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// scene is a round on PostgreSQL into which a fault is injected.
type scene struct {
	t           *testing.T
	p           *postgresql
	db          *sql.DB
	run         []string // the command of the coordinator
	coordinator *exec.Cmd
	workers     []*exec.Cmd
}

// worker begins one more worker.
func (s *scene) worker() {
	s.workers = append(s.workers, begin(s.t, "work", "--db", s.p.addr, "--workers", "3", "--queue", s.queue()))
}

func (s *scene) queue() string { return s.t.Name()[strings.LastIndexByte(s.t.Name(), '/')+1:] }

// of counts rows of the round.
func (s *scene) of(what string) string {
	return strings.ReplaceAll(what, "@ROUND", "(SELECT max(id) FROM fleet_round)")
}

// faults are what happens to a round in its middle. Each returns when it is over.
var faults = []struct {
	name   string
	inject func(s *scene)
}{
	{"none", func(*scene) {}},
	{"worker-killed", func(s *scene) { killed(s.t, s.workers[0]) }},
	{"all-workers-killed", func(s *scene) {
		killed(s.t, s.workers[0])
		killed(s.t, s.workers[1])
		s.worker()
	}},
	{"worker-frozen", func(s *scene) { // longer than its lease: what it did runs again elsewhere, and it ends its own as well
		_ = s.workers[0].Process.Signal(syscall.SIGSTOP)
		time.Sleep(5 * time.Second)
		_ = s.workers[0].Process.Signal(syscall.SIGCONT)
	}},
	{"fetch-lost", func(s *scene) { // the database takes jobs for running at a worker that lives and does not know of them
		n := number(s.t, s.db, s.of(`WITH lost AS (UPDATE river_job SET state = 'running', attempt = 1, attempted_at = clock_timestamp(),
			attempted_by = ARRAY[(SELECT id FROM fleet_worker ORDER BY seen DESC LIMIT 1)] WHERE id IN
			(SELECT id FROM river_job WHERE (args->>'round')::bigint = @ROUND AND state = 'available' ORDER BY id DESC LIMIT 2) RETURNING id) SELECT count(*) FROM lost`))
		if n != 2 {
			s.t.Fatalf("%d jobs were lost, want 2", n)
		}
	}},
	{"database-crashed", func(s *scene) { s.p.restart() }},
	{"database-away", func(s *scene) {
		s.p.run("pg_ctl", "-D", s.p.dir+"/data", "-m", "immediate", "stop")
		time.Sleep(4 * time.Second)
		s.p.start()
	}},
	{"coordinator-killed", func(s *scene) {
		killed(s.t, s.coordinator)
		s.coordinator = begin(s.t, s.run...)
	}},
	{"everything-at-once", func(s *scene) {
		killed(s.t, s.workers[1])
		killed(s.t, s.coordinator)
		s.p.restart()
		s.worker()
		s.coordinator = begin(s.t, s.run...)
	}},
}

// Whatever happens in the middle of a round, every target has exactly one result, no job is left over, and the round ends.
func TestFaultsTimesResults(t *testing.T) {
	p := startPostgreSQL(t)
	db := p.open()
	table := []string{"fault | targets | results | lost | begun again | seconds"}
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			s := &scene{t: t, p: p, db: db}
			targets := sized(36, 200)
			fleet := written(t, strings.Replace(manyTargets(targets), "name: many\n", "name: "+f.name+"\nqueue: "+s.queue()+"\n", 1))
			s.run = []string{"run", fleet, "--db", p.addr, "--workers", "0"}
			began := time.Now()
			s.coordinator = begin(t, s.run...)
			until(t, db, 1, "SELECT count(*) FROM fleet_round WHERE fleet = '"+f.name+"'")
			s.worker()
			s.worker()
			until(t, db, 3, s.of("SELECT count(*) FROM fleet_result WHERE round = @ROUND"))
			until(t, db, 2, "SELECT count(*) FROM river_job WHERE state = 'running'")
			f.inject(s)
			if err := s.coordinator.Wait(); err != nil {
				t.Fatalf("%v\n%s%s", err, s.coordinator.Stdout, s.coordinator.Stderr)
			}
			results := number(t, db, s.of("SELECT count(*) FROM fleet_result WHERE round = @ROUND AND outcome = 'green'"))
			again := number(t, db, s.of("SELECT count(*) FROM river_job WHERE (args->>'round')::bigint = @ROUND AND attempt > 1"))
			for query, want := range map[string]int{
				"SELECT count(*) FROM fleet_round WHERE fleet = '" + f.name + "'":                                                             1,
				"SELECT count(*) FROM fleet_result WHERE round = @ROUND":                                                                      targets,
				"SELECT count(DISTINCT target) FROM fleet_result WHERE round = @ROUND":                                                        targets,
				"SELECT count(*) FROM river_job WHERE (args->>'round')::bigint = @ROUND":                                                      targets,
				"SELECT count(*) FROM river_job WHERE (args->>'round')::bigint = @ROUND AND state <> 'completed'":                             0,
				"SELECT count(*) FROM fleet_round WHERE id = @ROUND AND ended > 0 AND targets = " + fmt.Sprint(targets):                       1,
				"SELECT count(*) FROM fleet_target WHERE round = @ROUND AND id NOT IN (SELECT target FROM fleet_result WHERE round = @ROUND)": 0,
			} {
				if got := number(t, db, s.of(query)); got != want {
					t.Errorf("%s is %d, want %d", s.of(query), got, want)
				}
			}
			table = append(table, fmt.Sprintf("%s | %d | %d | %d | %d | %.1f", f.name, targets, results, targets-results, again, time.Since(began).Seconds()))
		})
	}
	t.Log("\n" + strings.Join(table, "\n"))
}

// The process that leads is killed again and again, and another takes its place: no round is lost, none begins twice, and each has
// its one result.
func TestNoRoundIsLostWithItsLeader(t *testing.T) {
	p := startPostgreSQL(t)
	db := p.open()
	every, life := sized(8, 20), time.Duration(sized(3, 5))*time.Second
	fleet := written(t, fmt.Sprintf("name: timed\nschedule: {every: %ds}\nmax_requests: 10\ntargets: [{name: one, reference: right, profile: gateway}]\n", every))
	up := []string{"up", fleet, "--db", p.addr, "--workers", "1"}
	leader := begin(t, up...)
	until(t, db, 1, "SELECT count(*) FROM fleet_round")
	kills := 0
	for number(t, db, "SELECT count(*) FROM fleet_round WHERE ended > 0") < sized(3, 8) {
		next := begin(t, up...) // it does not lead while the other lives
		time.Sleep(life)
		killed(t, leader)
		leader, kills = next, kills+1
	}
	for query, want := range map[string]int{
		fmt.Sprintf("SELECT (max(due) - min(due)) / %d000000 + 1 - count(*) FROM fleet_round", every):     0, // lost
		"SELECT count(*) - count(DISTINCT due) FROM fleet_round":                                          0, // doubled
		fmt.Sprintf("SELECT count(*) FROM fleet_round WHERE due %% %d000000 <> 0", every):                 0, // due at no time
		"SELECT count(*) - count(DISTINCT round) FROM fleet_result":                                       0,
		"SELECT count(*) FROM fleet_round WHERE ended > 0 AND id NOT IN (SELECT round FROM fleet_result)": 0,
	} {
		if got := number(t, db, query); got != want {
			t.Errorf("%s is %d, want %d", query, got, want)
		}
	}
	t.Logf("%d rounds began, one every %d s, while the leader was killed %d times", number(t, db, "SELECT count(*) FROM fleet_round"), every, kills)
}

// A process on SQLite that is killed in the middle of a round with a log in it goes on where it was.
func TestLogsSurviveOnSQLite(t *testing.T) {
	fleet, log := traffic(t, sized(12, 200))
	path := filepath.Join(t.TempDir(), "fleet.db")
	db, err := sql.Open("sqlite", path+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	run := []string{"run", fleet, "--db", path, "--workers", "1"}
	for done := range sized(3, 6) {
		cmd := begin(t, run...)
		until(t, db, done+1, "SELECT count(*) FROM fleet_shard WHERE done > 0")
		killed(t, cmd)
	}
	code, out, errs := conformFleet(t, run...)
	if code != exitBroken || !strings.Contains(errs, "goes on") {
		t.Fatalf("exit %d\n%s%s", code, out, errs)
	}
	if n := number(t, db, "SELECT count(*) FROM fleet_round"); n != 1 {
		t.Errorf("%d rounds, want 1", n)
	}
	sameAsLint(t, path, log)
}
