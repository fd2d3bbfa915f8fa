package main

import (
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
)

// Bytes behind an answer are told as what they are, once, and nobody else tells of them.
func TestBytesBehindAnAnswerAreAFinding(t *testing.T) {
	for _, v := range mutants.All() {
		if v.Name != "second-answer" && v.Name != "one-byte-too-many" {
			continue
		}
		_, config := served(t, "ecs", nil, reference.With(v))
		code, out, errs := conform(t, t.TempDir(), "run", "--config", config, "--label-filter", "NONCE-1"+few)
		if code != exitBroken || errs != "" || !strings.Contains(out, "ROBUST-1") || !strings.Contains(out, "behind the answer") {
			t.Errorf("%s: exit %d, said %q and\n%s", v.Name, code, errs, out)
		}
	}
}
