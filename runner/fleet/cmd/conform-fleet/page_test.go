package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/acsconform/acsconform/runner/fleet/plan"
	"github.com/acsconform/acsconform/runner/lint/sample"
)

// page is README.md beside the code.
func page(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// block returns the indented lines of the page that begin with a line.
func block(t *testing.T, text, first string) string {
	t.Helper()
	_, rest, ok := strings.Cut(text, "\n    "+first)
	if !ok {
		t.Fatalf("the page has no block that begins with %q", first)
	}
	lines := []string{first}
	for i, line := range strings.Split(rest, "\n") {
		if i == 0 {
			lines[0] += line
			continue
		}
		if !strings.HasPrefix(line, "    ") {
			break
		}
		lines = append(lines, strings.TrimPrefix(line, "    "))
	}
	return strings.Join(lines, "\n") + "\n"
}

// The fleet file that the page shows is one, and so are its logs.
func TestTheFleetFileOfThePage(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"fleet.yaml": block(t, page(t), "name: cloud") + block(t, page(t), "logs:") + block(t, page(t), "alerts:"), "known.yaml": "known: []\n", "map.yaml": sample.MapFile,
		"targets/special.yaml": "url: http://special.test/\nprofile: ess\n", "targets/more.yaml": "url: http://more.test/\nprofile: ecs\n",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(strings.Replace(text, "{file: targets/special.yaml}", "{name: other, file: targets/special.yaml}", 1)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	f, err := plan.Read(filepath.Join(dir, "fleet.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Targets) != 8 || len(f.Logs) != 1 || len(f.Alerts) != 3 {
		t.Errorf("got %d targets, %d logs and %d alerts", len(f.Targets), len(f.Logs), len(f.Alerts))
	}
}

// fleetCommandLine is a command line of the page, up to its comment.
var fleetCommandLine = regexp.MustCompile(`(?m)^    (?:\.build/)?conform fleet (.*?)(?: +#.*)?$`)

// Every command of the page does what it says, from nothing to a round on PostgreSQL. One that is added to the page has to be
// added here.
func TestTheCommandsOfThePage(t *testing.T) {
	p := startPostgreSQL(t)
	db := p.open()
	sqlite := filepath.Join(t.TempDir(), "fleet.db")
	log, _ := traffic(t, 1)
	fleet := filepath.Join(filepath.Dir(log), "fleet.yaml")
	text := strings.Replace(manyTargets(4), "name: many\n", "name: page\nqueue: cn-hangzhou\nschedule: {every: 5s}\n", 1) +
		"logs: [{name: gateway, files: ['access.log'], map: map.yaml, profile: ecs}]\n"
	if err := os.WriteFile(fleet, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	ended := func(args ...string) {
		cmd := begin(t, args...)
		t.Cleanup(func() { _ = cmd.Process.Signal(syscall.SIGTERM) })
	}
	done := map[string]func(){
		"run fixtures/examples/fleet.yaml": func() {
			if _, err := plan.Read("../../../../fixtures/examples/fleet.yaml"); err != nil {
				t.Error(err)
			}
			if code, out, errs := conformFleet(t, "run", fleet, "--db", sqlite); code != exitBroken || !strings.Contains(out, "page, round 1: 4 targets, 4 with nothing broken") {
				t.Errorf("exit %d\n%s%s", code, out, errs)
			}
		},
		"report -o html > fleet.html": func() {
			if code, out, errs := conformFleet(t, "report", "-o", "html", "--db", sqlite); code != exitBroken || !strings.Contains(out, "<!DOCTYPE html>") && !strings.Contains(out, "<!doctype html>") {
				t.Errorf("exit %d\n%.300s%s", code, out, errs)
			}
		},
		"report --log gateway": func() {
			if code, out, errs := conformFleet(t, "report", "--log", "gateway", "--db", sqlite); code != exitBroken || !strings.Contains(out, "records of 1 input") {
				t.Errorf("exit %d\n%s%s", code, out, errs)
			}
		},
		"migrate": func() {
			if code, _, errs := conformFleet(t, "migrate", "--db", p.addr); code != exitKept || !strings.Contains(errs, "is up to date") {
				t.Errorf("exit %d\n%s", code, errs)
			}
		},
		"up fleet.yaml --workers 0": func() {
			ended("up", fleet, "--workers", "0", "--db", p.addr)
			until(t, db, 1, "SELECT count(*) FROM fleet_round")
		},
		"up fleet.yaml --listen 127.0.0.1:8090": func() { pagesOfThePage(t, fleet, p.addr, nil) },
		"up fleet.yaml --listen 0.0.0.0:8090 --auth-file users --tls-cert page.crt --tls-key page.key --allow-actions": func() {
			pagesOfThePage(t, fleet, p.addr, []string{"--auth-file", "--tls-cert", "--tls-key", "--allow-actions"})
		},
		"work --queue cn-hangzhou": func() {
			ended("work", "--queue", "cn-hangzhou", "--db", p.addr)
			until(t, db, 2, "SELECT count(*) FROM fleet_round WHERE ended > 0")
			for _, more := range [][]string{{"report"}, {"diff", "--since", "5s"}, {"prune", fleet}, {"check", fleet}, {"report", "1"}, {"diff", "1", "2"}} { // those of the table
				if more[0] != "check" {
					more = append(more, "--db", p.addr)
				}
				code, out, errs := conformFleet(t, more...)
				if want := map[string]int{"report": exitBroken, "prune": exitUsage}[more[0]]; code != want {
					t.Errorf("%v: exit %d, want %d\n%s%s", more, code, want, out, errs)
				}
			}
		},
	}
	found := fleetCommandLine.FindAllStringSubmatch(page(t), -1)
	for _, want := range []string{"run fixtures/examples/fleet.yaml", "report -o html > fleet.html", "report --log gateway", "migrate", "up fleet.yaml --workers 0", "work --queue cn-hangzhou",
		"up fleet.yaml --listen 127.0.0.1:8090", "up fleet.yaml --listen 0.0.0.0:8090 --auth-file users --tls-cert page.crt --tls-key page.key --allow-actions"} {
		done[want]()
	}
	for _, m := range found {
		if done[m[1]] == nil {
			t.Errorf("no test runs conform fleet %s", m[1])
		}
	}
	if len(found) != len(done) {
		t.Errorf("the page has %d commands, this test %d", len(found), len(done))
	}
	table := fmt.Sprint(regexp.MustCompile("(?m)^\\| `([a-z]+)").FindAllStringSubmatch(page(t), -1))
	for _, name := range []string{"run", "up", "work", "report", "diff", "check", "prune", "migrate"} {
		if !strings.Contains(table, " "+name+"]") {
			t.Errorf("the table lacks %s", name)
		}
	}
}
