package known_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/acsconform/acsconform/runner/known"
)

// FuzzLoad reads any text as a list of known failures: it is one, or a fault without control characters.
func FuzzLoad(f *testing.F) {
	const rest = ", reason: r, owner: o, until: 2027-01-31}\n"
	for _, seed := range []string{"known: []\n", "known:\n- {case: sound-request" + rest, "known:\n- {clause: NONCE-1, profile: ecs, format: XML" + rest, "known:\n- {case: \"\\e[2J\"" + rest, "known: &a [*a]\n", "- a", "known: {}\n", "book: x\nknown:\n- {}\n"} {
		f.Add([]byte(seed))
	}
	path := filepath.Join(f.TempDir(), "known.yaml")
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		l, err := Load(path, names)
		if l == nil && err == nil { // a list with names that nobody knows is read all the same
			t.Fatalf("got %v and %v", l, err)
		}
		if err != nil && strings.ContainsAny(err.Error(), "\x1b\x00\r") {
			t.Fatalf("a control character in %q", err)
		}
	})
}
