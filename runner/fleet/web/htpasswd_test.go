package web

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestUsers(t *testing.T) {
	const hash = "$2y$10$c4e9Vx1bVBC0m6rVR6i6O.1rUvMZ1uRrdnBpoX7ZyJq4JN3fF0VNi"
	for text, want := range map[string]string{
		"# who may read\nann:" + hash + "\n\nbob:" + hash + "\n": "",
		"ann:" + hash + "\nann:" + hash + "\n":                   ":2: ann is there twice",
		"ann:{SHA}qUqP5cyxm6YcTAhz05Hph5gvu9M=\n":                ":1: want NAME:HASH with a hash of bcrypt",
		"ann:" + strings.Replace(hash, "$10$", "$16$", 1) + "\n": ":1: the hash has cost 16",
		"ann:" + strings.Replace(hash, "$10$", "$04$", 1) + "\n": ":1: the hash has cost 4",
		"just words\n": ":1: want NAME:HASH",
		"":             "has no names",
	} {
		path := filepath.Join(t.TempDir(), "users")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		users, err := Users(path)
		switch {
		case want == "" && (err != nil || len(users) != 2):
			t.Errorf("%q: %v, %d users", text, err, len(users))
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}
