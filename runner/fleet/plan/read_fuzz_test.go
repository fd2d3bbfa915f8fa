package plan

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzRead reads any text as a fleet file: it is one, or a fault without control characters.
func FuzzRead(f *testing.F) {
	const sound = "{name: a, target: {url: 'http://a.test/', profile: ecs}}"
	for _, seed := range []string{
		"name: a\ntargets: [" + sound + "]\n", "name: a\ntargets: [{reference: right, profile: ecs, name: '${R}', for: {R: [a, b]}}]\n", "name: a\nschedule: {every: 6h}\ntargets: [" + sound + "]\n",
		"name: a\nschedule: {cron: '* * * * *'}\ntargets: [" + sound + "]\n", "name: \"\\e[2J\"\n", "targets: &a [*a]\n", "name: a\ntargets: [{files: '../*'}]\n",
	} {
		f.Add([]byte(seed))
	}
	path := filepath.Join(f.TempDir(), "fleet.yaml")
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		fleet, err := Read(path)
		if (fleet == nil) == (err == nil) {
			t.Fatalf("got %v and %v", fleet, err)
		}
		if err != nil && strings.ContainsAny(err.Error(), "\x1b\x00\r") {
			t.Fatalf("a control character in %q", err)
		}
	})
}
