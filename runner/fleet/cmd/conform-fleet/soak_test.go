package main

import (
	"net/http"
	"net/http/httptest"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/reference"
)

// Two worker processes do nearly twice as much as one, where targets take their time.
func TestTwoWorkersDoTwice(t *testing.T) {
	if !soak {
		t.Skip("a measurement, for make fleet-soak")
	}
	profile, err := fixtures.Profile("gateway")
	if err != nil {
		t.Fatal(err)
	}
	right := reference.New(profile)
	slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(200 * time.Millisecond)
		right.ServeHTTP(w, r)
	}))
	defer slow.Close()
	const window = 60 * time.Second
	var runs [3]int
	for _, n := range []int{1, 2} {
		p := startPostgreSQL(t)
		db := p.open()
		words := "name: slow\nmax_requests: 60\ntargets:\n"
		for i := range 1000 {
			words += "  - {name: s" + time.Duration(i).String() + ", target: {url: '" + slow.URL + "', profile: gateway}}\n"
		}
		fleet := written(t, words)
		begin(t, "run", fleet, "--db", p.addr, "--workers", "0")
		until(t, db, 1, "SELECT count(*) FROM fleet_round")
		var workers []*exec.Cmd
		for range n {
			workers = append(workers, begin(t, "work", "--db", p.addr, "--workers", "1"))
		}
		until(t, db, 1, "SELECT count(*) FROM fleet_result")
		before := number(t, db, "SELECT count(*) FROM fleet_result")
		time.Sleep(window)
		runs[n] = number(t, db, "SELECT count(*) FROM fleet_result") - before
		var cpu time.Duration
		for _, w := range workers {
			killed(t, w)
			usage := w.ProcessState.SysUsage().(*syscall.Rusage)
			cpu += time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
		}
		done := number(t, db, "SELECT count(*) FROM fleet_result")
		size := number(t, db, "SELECT pg_database_size(current_database())")
		t.Logf("%d workers: %d runs in %v, %v of CPU a run, %d bytes of database in all", n, runs[n], window, (cpu / time.Duration(done)).Round(time.Millisecond), size)
	}
	if 10*runs[2] < 18*runs[1] {
		t.Errorf("two workers did %d runs, one %d; want 1.8 times", runs[2], runs[1])
	}
}
