package main

import (
	"database/sql"
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/fleet/outcome"
)

const mixed = `name: mixed
max_requests: 400
targets:
  - {name: 'right-${N}', reference: right, profile: gateway, for: {N: [a, b, c]}, labels: {region: east}}
  - {name: 'wrong-${N}', reference: nonces-not-kept, profile: gateway, for: {N: [a, b]}, labels: {region: west}}
  - {name: gone, target: {url: 'http://127.0.0.1:1/', profile: gateway}, labels: {region: east}}
`

// What is broken on several targets is one cause with what they have in common, every output has it, and the exit codes are
// those of conform.
func TestARoundAndItsReports(t *testing.T) {
	fleet, path := written(t, mixed), filepath.Join(t.TempDir(), "fleet.db")
	code, out, errs := conformFleet(t, "run", fleet, "--db", path)
	if code != exitBroken || strings.Count(out, "\n") > 40 {
		t.Fatalf("exit %d\n%s%s", code, out, errs)
	}
	for _, want := range []string{"6 targets, 3 with nothing broken, 2 broken, 1 not tested", "NONCE-", "on 2 of 6, all of region: west (every target there)", "wrong-a, wrong-b", "? not tested: 1 of 6"} {
		if !strings.Contains(out, want) {
			t.Errorf("the summary lacks %q:\n%s", want, out)
		}
	}
	for format, holds := range map[string]string{"text": "wrong-a", "json": `"region": "west"`, "html": "<td>wrong-b</td>", "junit": `name="gone"`, "markdown": "| broken |",
		"sarif": `"2.1.0"`, "github": "::error file=fleet.yaml", "gitlab": `"path": "fleet.yaml"`} {
		code, out, errs := conformFleet(t, "report", "--db", path, "-o", format)
		if code != exitBroken || !strings.Contains(out, holds) {
			t.Errorf("%s: exit %d, lacks %q\n%s%s", format, code, holds, out, errs)
		}
		var into any = &outcome.Outcome{}
		switch format {
		case "json":
			if err := json.Unmarshal([]byte(out), into); err != nil {
				t.Error(err)
			}
		case "junit":
			if err := xml.Unmarshal([]byte(out), new(struct{ XMLName xml.Name })); err != nil {
				t.Error(err)
			}
		}
	}
	if code, out, _ := conformFleet(t, "run", fleet, "--db", path, "--only", "region=east"); code != exitUntested || !strings.Contains(out, "4 targets") {
		t.Errorf("exit %d\n%s", code, out)
	}
	if code, _, errs := conformFleet(t, "run", fleet, "--db", path, "--only", "region=north"); code != exitUsage {
		t.Errorf("exit %d\n%s", code, errs)
	}
}

// mutant is a built-in server that takes a nonce twice.
const mutant = "nonces-not-kept"

// Of two rounds between which one server changed, exactly that one is named.
func TestDiffNamesTheOneThatChanged(t *testing.T) {
	fleet, path := written(t, manyTargets(6)), filepath.Join(t.TempDir(), "fleet.db")
	text, err := os.ReadFile(fleet)
	if err != nil {
		t.Fatal(err)
	}
	full := strings.Replace(string(text), "max_requests: 10\n", "max_requests: 400\n", 1)
	changed := strings.Replace(full, "n5]", "n4]", 1)
	full = strings.Replace(full, ", n5]", "]", 1) + "  - {name: server-n5, reference: right, profile: gateway}\n"
	changed = strings.Replace(changed, ", n4, n4]", ", n4]", 1) + "  - {name: server-n5, reference: " + mutant + ", profile: gateway}\n"
	for _, text := range []string{full, changed} {
		if err := os.WriteFile(fleet, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if code, out, errs := conformFleet(t, "run", fleet, "--db", path); code > exitBroken {
			t.Fatalf("exit %d\n%s%s", code, out, errs)
		}
	}
	code, out, errs := conformFleet(t, "diff", "1", "2", "--db", path)
	if code != exitBroken || !strings.HasPrefix(out, "× server-n5 regressed: ") || !strings.HasSuffix(out, "6 targets compared, 1 regressed, 0 fixed, 0 changed\n") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	if code, out, _ := conformFleet(t, "diff", "2", "1", "--db", path); code != exitKept || !strings.Contains(out, "✓ server-n5 fixed") {
		t.Errorf("exit %d\n%s", code, out)
	}
}

// So many targets of a host as its pace allows are tested at once, and all are tested.
func TestRunsOfAHostAreLimited(t *testing.T) {
	server, _ := counting(t)
	path := filepath.Join(t.TempDir(), "fleet.db")
	for runs, wantOverlap := range map[string]bool{"pace: {runs: 1}\n": false, "": true} {
		fleet := written(t, "name: limited\nmax_requests: 40\n"+runs+"targets:\n  - {name: 's-${N}', for: {N: [a, b, c, d]}, target: {url: '"+server+"', profile: gateway}}\n")
		conformFleet(t, "run", fleet, "--db", path, "--workers", "4")
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		of := "(SELECT * FROM fleet_result WHERE round = (SELECT max(id) FROM fleet_round))"
		if n := number(t, db, "SELECT count(*) FROM "+of); n != 4 {
			t.Errorf("%q: %d results, want 4", runs, n)
		}
		overlaps := number(t, db, "SELECT count(*) FROM "+of+" a JOIN "+of+" b ON a.target < b.target AND a.began < b.began + b.took AND b.began < a.began + a.took")
		if overlaps > 0 != wantOverlap {
			t.Errorf("%q: %d pairs of runs overlap", runs, overlaps)
		}
		_ = db.Close()
	}
}

// A fleet file is checked with all that it names, and nothing is sent.
func TestCheck(t *testing.T) {
	if code, out, errs := conformFleet(t, "check", written(t, mixed)); code != exitKept || !strings.Contains(out, "no faults (fleet: 6 targets, 0 logs)") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	wrong := strings.Replace(mixed, "max_requests: 400", "schedule: {cron: noon}", 1)
	code, out, errs := conformFleet(t, "check", written(t, wrong), written(t, mixed))
	if code != exitUsage || !strings.Contains(out, "no faults") || !strings.Contains(errs, "fleet.yaml:2:18: schedule.cron: ") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
}
