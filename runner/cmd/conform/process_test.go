package main

import (
	"testing"

	"github.com/acsconform/acsconform/runner/reference"
)

// Most tests run the command in their own process. A process of its own exits and prints as that does, for each exit code.
func TestAProcessDoesWhatTheCommandDoes(t *testing.T) {
	_, sound := served(t, "ecs", nil)
	_, broken := served(t, "ecs", nil, reference.With(mutantNamed(t, "nonces-not-kept")))
	for name, c := range map[string]struct {
		args []string
		code int
	}{
		"no command":  {nil, exitUsage},
		"help":        {[]string{"run", "--help"}, exitKept},
		"a list":      {[]string{"list", "profiles"}, exitKept},
		"a wrong key": {[]string{"run", "--config", write(t, "url: http://127.0.0.1/\nspeed: 3\n")}, exitUsage},
		"closed port": {[]string{"run", "--target", closed, "--profile", "ecs"}, exitUntested},
		"kept":        {[]string{"run", "--config", sound, "--case", "nonce-used-twice"}, exitKept},
		"broken":      {[]string{"run", "--config", broken, "--case", "nonce-used-twice"}, exitBroken},
	} {
		t.Run(name, func(t *testing.T) {
			code, out, errs := conform(t, t.TempDir(), c.args...)
			ownCode, ownOut, ownErrs := executed(t, t.TempDir(), c.args...)
			if code != c.code || ownCode != c.code {
				t.Errorf("exit %d, and %d in a process of its own, want %d", code, ownCode, c.code)
			}
			if name == "kept" || name == "broken" { // ids and times differ
				out, ownOut = lastVerdict(out), lastVerdict(ownOut)
			}
			if out != ownOut || errs != ownErrs || out+errs == "" {
				t.Errorf("got\n%s%s\nand in a process of its own\n%s%s", out, errs, ownOut, ownErrs)
			}
		})
	}
}
