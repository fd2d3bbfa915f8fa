package targetfile_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/newprofile"
	"github.com/acsconform/acsconform/runner/targetfile"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

const fits = ""

// fit reads a target file with these lines behind its url, and holds it against a profile.
func fit(t *testing.T, dir string, p *schemas.Profile, lines string) error {
	t.Helper()
	path := filepath.Join(dir, "target.yaml")
	if err := os.WriteFile(path, []byte("url: http://h/\n"+lines), 0o600); err != nil {
		t.Fatal(err)
	}
	target, err := targetfile.Load(path, func(string) string { return "" })
	if err == nil {
		_, err = targetfile.Fit(path, target, p)
	}
	return err
}

func published(t *testing.T, name string) *schemas.Profile {
	t.Helper()
	p, err := fixtures.Profile(name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// lending writes the profile of a product with operations into a folder.
func lending(t *testing.T, dir string) *schemas.Profile {
	t.Helper()
	path := filepath.Join(dir, "lending.yaml")
	if _, _, err := newprofile.FromMetadata(path, "../../fixtures/examples/lending.metadata.json", nil); err != nil {
		t.Fatal(err)
	}
	p, err := fixtures.LoadProfile(path)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A case to skip is in the book, or some plan derives it that the file may be meant for; anything else is an error at its place.
func TestCasesToSkipAreCalledThat(t *testing.T) {
	dir := t.TempDir()
	own := lending(t, dir)
	var operation string
	for _, name := range (suites.Brief{Profile: own, Clauses: fixtures.Clauses(), Target: &schemas.Target{}}).Names() {
		if suites.OfAnOperation(name) && !slices.Contains(suites.CaseNames(), name) {
			operation = name
		}
	}
	if operation == "" {
		t.Fatal("no case is derived from an operation")
	}
	misspelt := operation[:len(operation)-1] + "xx"
	ecs, ess := published(t, "ecs"), published(t, "ess")
	const recipe = "recipes: [{code: ChargeTypeViolation, action: A}]\n"
	for _, c := range []struct {
		profile            *schemas.Profile
		head, skipped, say string
	}{
		{ecs, "", "throttled-burst", fits},
		{ecs, "", "throttled-brust", "did you mean throttled-burst?"},
		{ecs, "", "something of quite another kind", "conform list cases shows them"},
		{ecs, "", "tampered", fits}, // the whole family
		{ecs, "", "tampered-action-changed", fits},
		{ecs, "", "tampered-action-chanced", "did you mean tampered-action-changed?"},
		{ecs, "", "tampered-x-acs-action-changed", fits}, // of another style, and profile
		{ecs, "", "tampered-security-token-changed", fits},
		{ecs, "profile: gateway\n", "tampered-json-body-changed", fits},
		{ecs, recipe, "row-charge-type-violation-403", fits},
		{ecs, recipe, "row-charge-type-violation-404", "did you mean row-charge-type-violation-403?"},
		{ecs, recipe, "operation", fits},
		{own, "profile: lending.yaml\n", operation, fits},
		{own, "profile: lending.yaml\n", misspelt, "did you mean " + operation + "?"},
		{ess, "profile: lending.yaml\n", operation, fits}, // a flag names another profile
		{ess, "profile: ess\n", operation, "no case is called"},
		{ess, "", operation, fits}, // of a profile that flags name in another run
		{own, "", operation, fits},
	} {
		err := fit(t, dir, c.profile, c.head+"skip:\n  - {reason: r, case: "+c.skipped+"}\n")
		line := 3 + strings.Count(c.head, "\n")
		if c.say == fits && err != nil || c.say != fits && (err == nil || !strings.Contains(err.Error(), c.say) ||
			!strings.HasPrefix(err.Error(), fmt.Sprintf("%s:%d:23: skip[0].case: ", filepath.Join(dir, "target.yaml"), line))) {
			t.Errorf("profile %s, %q, %s: %v, want %s", c.profile.Name, c.head, c.skipped, err, c.say)
		}
	}
}

// A target without a file has faults without a place.
func TestCasesToSkipWithoutAFile(t *testing.T) {
	for name, want := range map[string]string{"throttled-brust": "skip[0]: ", "tampered-action-chanced": "skip[0]: ", "operation-x": "skip[0]: "} {
		_, err := targetfile.Fit("", &schemas.Target{URL: "http://h/", Skip: []schemas.Skip{{Case: name, Reason: "r"}}}, published(t, "ecs"))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Every case that any plan has may be skipped in a file of any profile.
func TestEveryPlannedCaseMayBeSkipped(t *testing.T) {
	dir := t.TempDir()
	var lines strings.Builder
	lines.WriteString("skip:\n")
	seen := map[string]bool{}
	for _, name := range fixtures.AllNames() {
		p := published(t, name)
		for _, style := range p.Styles {
			target := &schemas.Target{URL: "http://h/", Style: style, Credentials: map[string]schemas.Credential{schemas.STSKey: {AccessKeyID: "STS.a", AccessKeySecret: "b", SecurityToken: "c"}}}
			for _, planned := range suites.Plan(suites.Brief{Profile: p, Clauses: fixtures.Clauses(), Target: target}) {
				if name := planned.Case.Name.Text; !seen[name] {
					seen[name] = true
					fmt.Fprintf(&lines, "  - {case: %s, reason: r}\n", name)
				}
			}
		}
	}
	if len(seen) < 300 {
		t.Fatalf("%d cases are planned", len(seen))
	}
	for _, name := range fixtures.AllNames() {
		if err := fit(t, dir, published(t, name), lines.String()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// An entry counts on its day, and is expired on the next.
func TestExpiredEntriesOfSkip(t *testing.T) {
	path := filepath.Join(t.TempDir(), "target.yaml")
	if err := os.WriteFile(path, []byte("skip:\n  - {case: a, reason: r}\n  - {case: b, reason: q, until: 2026-11-22}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	target := &schemas.Target{Skip: []schemas.Skip{{Case: "a", Reason: "r"}, {Case: "b", Reason: "q", Until: "2026-11-22"}}}
	for today, want := range map[string][]string{"2026-11-22": nil, "2026-11-23": {"target.yaml:3: expired on 2026-11-22: b counts again (q)"}} {
		if got := targetfile.Expired(path, target, today); !slices.Equal(got, want) {
			t.Errorf("on %s: %q, want %q", today, got, want)
		}
	}
	if got := targetfile.Expired("", target, "2026-11-23"); !slices.Equal(got, []string{"skip[1]: expired on 2026-11-22: b counts again (q)"}) {
		t.Errorf("without a file: %q", got)
	}
}
