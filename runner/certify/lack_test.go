package certify_test

import (
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/certify"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// told returns the lacks of a run as kinds and texts.
func told(l *lab, run *schemas.Run, declared ...schemas.Inapplicable) (kinds []certify.GapKind, text string) {
	level, _ := certify.LevelNamed(l.level)
	var lines []string
	for _, lack := range l.book.Gaps(level, l.profile, run, declared) {
		kinds = append(kinds, lack.Kind)
		lines = append(lines, lack.Says)
	}
	return kinds, strings.Join(lines, "\n")
}

func TestWhatIsMissingIsToldInTheOrderInWhichToMendIt(t *testing.T) {
	l := newLab(t, "ecs")
	l.edit = func(target *schemas.Target) {
		delete(target.Credentials, schemas.InactiveKey)
		target.Recipes = target.Recipes[:len(target.Recipes)-1]
		target.Skip = []schemas.Skip{{Case: "wrong-signature", Reason: "we know"}, {Case: "key-unknown", Reason: "we know"}}
	}
	run, _, _ := l.run(schemas.RPC, mutant(t, "code-is-a-number"))
	run.Cases[0].Outcome, run.Cases[0].Why, run.Cases[0].Findings = schemas.NotJudged, "no answer: none", nil
	kinds, text := told(l, &run)
	for i := 1; i < len(kinds); i++ {
		if kinds[i] < kinds[i-1] {
			t.Errorf("%v is not in order", kinds)
		}
	}
	lines := strings.Split(text, "\n")
	for i, want := range []string{
		"ERROR-1 is broken by ", // the only clause that the mutant breaks
		"key-unknown: the target file skips it: we know; take the entry out of skip",
		"the target file needs credentials.inactive: {access_key_id: …, access_key_secret: …} (for key-disabled)",
		"1 row of the table not answered: ServiceUnavailable.RegionMaintaining 503; add a line for each to recipes, like {code: ServiceUnavailable.RegionMaintaining, status: 503, action: …",
		"1 case not judged (",
	} {
		if i >= len(lines) || !strings.Contains(lines[i], want) {
			t.Errorf("line %d is not %q", i+1, want)
		}
	}
	if t.Failed() {
		t.Log(text)
	}
}

func TestNothingIsMissingOfTheRightServer(t *testing.T) {
	l := newLab(t, "gateway")
	run, _, _ := l.run(schemas.RPC)
	if _, text := told(l, &run); text != "" {
		t.Error(text)
	}
	run.Cases = nil
	run.Why = "nobody listens there"
	if kinds, text := told(l, &run); len(kinds) != 1 || kinds[0] != certify.Untested || text != "nobody listens there" {
		t.Error(kinds, text)
	}
}

func TestAKnownFailureIsAFailure(t *testing.T) {
	l := newSmallLab(t, "ess", "ERROR-1", "KEY-1", "FORMAT-1")
	run, _, _ := l.run(schemas.RPC, mutant(t, "code-is-a-number"))
	for i := range run.Cases {
		if run.Cases[i].Outcome == schemas.Broken {
			run.Cases[i].Outcome = schemas.Known
		}
	}
	run.Verdict = schemas.Conformant
	if kinds, text := told(l, &run); len(kinds) != 1 || kinds[0] != certify.Broken || !strings.Contains(text, "listed as known, which excuses nothing") {
		t.Error(kinds, text)
	}
}

func TestARunThatWasEndedEarlyIsNotCertified(t *testing.T) {
	l := newLab(t, "gateway")
	run, _, _ := l.run(schemas.RPC)
	run.Verdict, run.Why = schemas.Inconclusive, "interrupted"
	if kinds, text := told(l, &run); len(kinds) != 1 || kinds[0] != certify.Untested || text != "interrupted" {
		t.Error(kinds, text)
	}
}

func TestRowsMayBeDeclaredNotApplicableUnlessTheyComeBack(t *testing.T) {
	l := newLab(t, "ess")
	l.edit = func(target *schemas.Target) { target.Recipes = nil }
	run, _, _ := l.run(schemas.RPC)
	kinds, text := told(l, &run)
	if len(kinds) != 1 || !strings.Contains(text, "rows of the table not answered") {
		t.Fatal(kinds, text)
	}
	var declared []schemas.Inapplicable
	for _, row := range run.Codes {
		if row.State != schemas.CodeAnswered {
			declared = append(declared, schemas.Inapplicable{Code: row.Code, Status: row.Status, Reason: "not ours"})
		}
	}
	if _, text := told(l, &run, declared...); text != "" {
		t.Errorf("every open row is declared, and yet: %s", text)
	}
	back := schemas.Inapplicable{Code: "MissingParameter", Status: schemas.Exactly(400), Reason: "not ours"}
	if kinds, text := told(l, &run, append(declared, back)...); len(kinds) != 1 || !strings.Contains(text, "declared not applicable, and they came back: MissingParameter 400; take them out") {
		t.Error(kinds, text)
	}
}

// What a level requires follows from what the book says that its cases need.
func TestCoreLeavesOutWhatNeedsMoreThanOneKey(t *testing.T) {
	l := newLab(t, "gateway")
	l.level = "core"
	l.oneKey = true
	run, _, _ := l.run(schemas.RPC)
	if _, text := told(l, &run); text != "" {
		t.Errorf("core: %s", text)
	}
	need := map[string]bool{}
	for _, chapter := range suites.Book() {
		for _, c := range chapter.Cases {
			need[c.Name.Text] = len(c.Needs) > 0
		}
	}
	for _, c := range run.Cases {
		if c.Outcome == schemas.Skipped && !need[c.Name] {
			t.Errorf("%s is skipped, and needs nothing", c.Name)
		}
	}
	l.edit = func(target *schemas.Target) {
		target.Credentials = nil
	}
	run, _, _ = l.run(schemas.RPC)
	if kinds, text := told(l, &run); len(kinds) == 0 || kinds[0] != certify.Lacking || !strings.Contains(text, "the target file needs credentials.default: {") {
		t.Errorf("without any key: %v %s", kinds, text)
	}
}
