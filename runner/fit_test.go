package runner

import (
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/targetfile"
	"github.com/acsconform/acsconform/schemas"
)

func TestFitTakesFromTheTableWhatTheFileLeavesOut(t *testing.T) {
	path := writeTarget(t, `url: http://h/
recipes:
  - {code: ChargeTypeViolation}
  - {code: MissingParameter, message: 'The input parameter OwnerId,OwnerAccount that is mandatory for processing this request is not supplied.'}
  - {code: Codes.OfAnAction, status: 409}
  - {code: InvalidParameter}
not_applicable:
  - {code: InsufficientBalance, reason: free}
`)
	target, err := targetfile.Load(path, envOf(nil))
	if err != nil {
		t.Fatal(err)
	}
	whole, err := targetfile.Fit(path, target, profileOf(t, "ecs"))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{403, 403, 409, 400} {
		if got := whole.Recipes[i].Status; got != schemas.Exactly(want) {
			t.Errorf("%s: status %v, want %d", whole.Recipes[i].Code, got, want)
		}
	}
	if got := whole.NotApplicable[0].Status; got != schemas.Exactly(400) {
		t.Errorf("not_applicable: status %v, want 400", got)
	}
	if target.Recipes[0].Status != (schemas.Status{}) {
		t.Error("the target that was given is changed")
	}
}

// What the table cannot say is one line: file, line, what, remedy.
func TestFitNamesWhatTheTableCannotSay(t *testing.T) {
	for _, c := range []struct {
		name, list, line string
		says             []string
	}{
		{"ambiguous", "recipes:\n  - code: MissingParameter\n", "3", []string{"MissingParameter", "400 and 403", "add status: 400 or 403"}},
		{"unknown", "recipes:\n  - {code: A, status: 400}\n  - code: NoSuchCode\n", "4", []string{"no code NoSuchCode", "add status"}},
		{"message of no row", "recipes:\n  - code: Throttling\n    message: Too many.\n", "4", []string{"Throttling", "conform list codes --profile ecs"}},
		{"message of a row with another status", "recipes:\n  - code: MissingParameter\n    status: 403\n    message: The input parameter “Version” that is mandatory for processing this request is not supplied\n", "5", []string{"MissingParameter 403"}},
		{"not applicable", "not_applicable:\n  - reason: none\n    code: MissingParameter\n", "4", []string{"400 and 403"}},
	} {
		path := writeTarget(t, "url: http://h/\n"+c.list)
		target, err := targetfile.Load(path, envOf(nil))
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		_, err = targetfile.Fit(path, target, profileOf(t, "ecs"))
		if err == nil || strings.Contains(err.Error(), "\n") || !strings.HasPrefix(err.Error(), path+":"+c.line+":") {
			t.Errorf("%s: error %v, want one line that begins with %s:%s", c.name, err, path, c.line)
			continue
		}
		for _, want := range c.says {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: error %q, want %q in it", c.name, err, want)
			}
		}
		if _, err := targetfile.Fit("", target, profileOf(t, "ecs")); err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: error %v without a file", c.name, err)
		}
	}
}
