package main

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas/file"
)

const examples = "../../../fixtures/examples"

// example returns the path of an example from anywhere.
func examplePath(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join(examples, name))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// meet runs the suite against the mock, by its target file.
func meet(t *testing.T, mock *weather, filter string, args ...string) (code int, out string) {
	t.Helper()
	server := httptest.NewServer(mock)
	defer server.Close()
	args = append([]string{"run", "--config", examplePath(t, "weather-target.yaml"), "--label-filter", filter}, args...)
	code, out, errs := conformWith(t, t.TempDir(), map[string]string{"WEATHER_URL": server.URL, "WEATHER_SECRET": mock.secret}, args...)
	return code, out + errs
}

func TestThirdPartyMockIsConformantByItsOwnTable(t *testing.T) {
	code, out := meet(t, &weather{secret: "of-the-mock", status: 409}, most)
	if code != exitKept || !strings.Contains(out, "left out)  weather/rpc") {
		t.Errorf("exit %d\n%s", code, out)
	}
}

// Each of these mocks differs from its own table in one thing.
func TestThirdPartyMockThatIsWrongIsRed(t *testing.T) {
	for name, c := range map[string]struct {
		mock   *weather
		clause string
	}{
		"serves a nonce twice":   {&weather{served: true}, "NONCE-1 MUST"},
		"another status":         {&weather{status: 400}, "STATUS-3 MUST"},
		"without its own member": {&weather{status: 409, silent: true}, "ERROR-1 MUST"},
	} {
		c.mock.secret = "of-the-mock"
		if code, out := meet(t, c.mock, inPart("NONCE-1"+few)); code != exitBroken || !strings.Contains(out, c.clause) {
			t.Errorf("%s: exit %d, want 1 and %s\n%s", name, code, c.clause, out)
		}
	}
}

// The reference server answers by the mock's table too, members and window included.
func TestTheMocksTableIsServedByTheReferenceServer(t *testing.T) {
	expect(t, t.TempDir(), exitKept, `(?s)`+ofMost+`  weather/rpc\b.*\n +rows +9 of 9 answered`, "run", "--profile", examplePath(t, "weather.yaml"), "--label-filter", most)
}

func TestImaginaryServiceIsServedAndConformant(t *testing.T) {
	dir, parcel := t.TempDir(), examplePath(t, "parcel.yaml")
	expect(t, dir, exitKept, `parcel +Throttling +429 +Request was denied`, "list", "codes", "--profile", parcel)
	serving(t, dir, parcel)
	expect(t, dir, exitKept, `(?s)`+ofMost+`  parcel/rpc\b.*\n +rows +17 of 17 answered`, "run", "--config", "target.yaml", "--require-complete", "--label-filter", most)
	text, err := os.ReadFile(filepath.Join(dir, "conform-report", "report.json"))
	if err != nil || file.CheckJSON(file.Report, text) != nil {
		t.Errorf("report.json: %v", err)
	}
}

// Every command takes the file of a profile.
func TestEveryCommandTakesAProfileOfOnesOwn(t *testing.T) {
	dir, parcel := t.TempDir(), examplePath(t, "parcel.yaml")
	for what, says := range map[string]string{
		"clauses": "NONCE-1", "cases": "nonce-used-twice +NONCE-1", "conditions": "parcel +nonce-reused .* 400 SignatureNonceUsed",
		"codes": "parcel +ParcelNotFound", "profiles": "parcel +Parcel Tracking +JSON ", "mutants": "nonces-not-kept", "oddities": "BREAKS",
	} {
		expect(t, dir, exitKept, says, "list", what, "--profile", parcel)
	}
	for word, says := range map[string]string{
		"ParcelNotFound": "row of Parcel Tracking", "NONCE-1": "(?s)nonce-used-twice.*A failure looks like this .*NONCE-1 MUST", "nonce-reused": "parcel: 400 SignatureNonceUsed",
		"nonce-used-twice": "parcel: 400 SignatureNonceUsed", "Throttling": "429",
	} {
		expect(t, dir, exitKept, says, "explain", word, "--profile", parcel)
	}
	expect(t, dir, exitUsage, "--profile F", "explain", "ParcelNotFound")
	expect(t, dir, exitKept, "(?s)parcel/rpc .*TrackParcel.*ess/rpc .*Nothing was sent", "run", "--plan", "--profile", parcel, "--profile", "ess")
	expect(t, dir, exitKept, "(?s)! nothing broken .partial: [^)]*.  parcel/acs3\\b.*! nothing broken .partial: [^)]*.  kms/acs3", "run", "--profile", parcel, "--profile", "kms", "--style", "acs3", "--label-filter", "!hostile && !throttled"+few)
	expect(t, dir, exitUsage, "the records name the profile \"parcel\", which is none of the suite's; say which with --profile: .*, or the path of its file", "lint", "conform-report/transcript.jsonl")
	expect(t, dir, exitKept, "by parcel", "lint", "--profile", parcel, "conform-report/transcript.jsonl")

	good, bad := filepath.Join(dir, "good"), filepath.Join(dir, "bad")
	for _, folder := range []string{good, bad} {
		if err := os.Mkdir(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	serving(t, good, parcel)
	serving(t, bad, parcel, "--mutant", "nonces-not-kept")
	expect(t, dir, exitBroken, "NONCE-1 MUST regressed", "diff", "good/target.yaml", "bad/target.yaml", "--label-filter", "NONCE-1"+few)
	expect(t, dir, exitKept, "same|drifted", "diff", "good/target.yaml", "good/target.yaml", "--profile", parcel, "--label-filter", "NONCE-1"+few)
	expect(t, dir, exitBroken, "broken +NONCE-1", "run", "--config", "bad/target.yaml", "--label-filter", "NONCE-1"+few)
	known := filepath.Join(dir, "known.yaml")
	if err := os.WriteFile(known, []byte("known:\n- {clause: NONCE-1, profile: parcel, reason: r, owner: o, until: 2099-01-01}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	expect(t, dir, exitKept, "known", "run", "--config", "bad/target.yaml", "--known", known, "--label-filter", "NONCE-1"+few)
}

// Names tell profiles apart, so two of one name are refused, and so is that of a profile of the suite.
func TestNamesThatClash(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"a.yaml": "name: own\ntitle: A\nextends: ess\n", "b.yaml": "name: own\ntitle: B\nextends: kms\n", "c.yaml": "name: ecs\ntitle: C\nextends: ecs\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	expect(t, dir, exitUsage, `^conform: --profile \./a\.yaml and --profile \./b\.yaml are both called own; give one of them another name\n$`, "run", "--plan", "--profile", "./a.yaml", "--profile", "./b.yaml")
	expect(t, dir, exitUsage, `^\./c\.yaml:1:7: name: ecs is a profile of the suite `, "list", "codes", "--profile", "./c.yaml")
	expect(t, dir, exitUsage, `^conform: profile "own" is none of gateway, `, "list", "codes", "--profile", "own")
}

// The profile that fixtures/README.md shows loads.
func TestTheProfileOfThePageLoads(t *testing.T) {
	text := shownBlock(t, "fixtures/README.md", "name: parcel\n")
	p, err := fixtures.LoadProfile(write(t, text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	for _, id := range []string{"NONCE-1", "FORMAT-6"} {
		if !slices.Contains(p.Clauses, id) {
			t.Errorf("it is not judged by %s, but by %v", id, p.Clauses)
		}
	}
}
