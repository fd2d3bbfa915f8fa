package known_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/acsconform/acsconform/runner/known"
)

var names = Names{
	Cases:    []string{"nonce-used-twice", "nonce-used-again-by-another-action", "sound-request"},
	Clauses:  []string{"NONCE-1", "NONCE-2", "TIME-3"},
	Profiles: []string{"ecs", "gateway"},
}

func inputFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "known.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func list(t *testing.T, entries string) *List {
	t.Helper()
	l, err := Load(inputFile(t, "known:\n"+entries), names)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestFaultsOfLists(t *testing.T) {
	const rest = ", reason: r, owner: o, until: 2027-01-31}\n"
	for text, want := range map[string]string{
		"":                                      ":1:1: the file is empty",
		"known: []\n":                           "",
		"known:\n- {case: sound-request" + rest: "",
		"known:\n- {case: nonce-used-twise" + rest:                                   `:2:10: known[0].case: no case is called "nonce-used-twise" (did you mean nonce-used-twice?)`,
		"known:\n- {clause: NONCE-7" + rest:                                          `:2:12: known[0].clause: no clause is called "NONCE-7" (did you mean NONCE-1?)`,
		"known:\n- {clause: nonce-1" + rest:                                          `:2:12: known[0].clause: got "nonce-1", want the id of a clause, like NONCE-1`,
		"known:\n- {case: sound-request, profile: esc" + rest:                        `:2:34: known[0].profile: no profile is called "esc" (did you mean ecs?)`,
		"known:\n- {profile: ecs" + rest:                                             ":2:3: known[0]: names neither a case nor a clause (add case: or clause:)",
		"known:\n- {case: sound-request, owner: o, until: 2027-01-31}\n":             `:2:3: known[0]: missing key "reason" (want why it fails)`,
		"known:\n- {case: sound-request, reason: r, until: 2027-01-31}\n":            `:2:3: known[0]: missing key "owner" (want who fixes it)`,
		"known:\n- {case: sound-request, reason: r, owner: o}\n":                     `:2:3: known[0]: missing key "until" (want a day, like 2027-01-31)`,
		"known:\n- {case: sound-request, reason: '', owner: o, until: 2027-01-31}\n": `:2:33: known[0].reason: is empty (want why it fails)`,
		"known:\n- {case: sound-request, reason: r, owner: o, until: 2027-02-30}\n":  `:2:53: known[0].until: got "2027-02-30", want a day that exists`,
		"known:\n- {case: sound-request, format: YAML" + rest:                        `:2:33: known[0].format: got "YAML", want JSON or XML`,
		"known:\n- {case: sound-request, formats: XML" + rest:                        `:2:25: unknown key "formats" (did you mean format?)`,
	} {
		path := inputFile(t, text)
		_, err := Load(path, names)
		if want == "" && err != nil || want != "" && (err == nil || !strings.HasPrefix(err.Error(), path+want)) {
			t.Errorf("%q:\ngot  %v\nwant …%s", text, err, want)
		}
	}
	if _, err := Load("none.yaml", names); err == nil || !strings.Contains(err.Error(), "none.yaml: the list of known failures cannot be read") {
		t.Errorf("got %v", err)
	}
}
