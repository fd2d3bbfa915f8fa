package redact

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// No part of a secret that is long enough to be found goes past the look-up, wherever it is; most of other texts do.
func TestNoPartOfASecretIsLookedPast(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	text := func(n int) string {
		var out strings.Builder
		for range n {
			out.WriteByte("abcdefghijklmnopqrstuvwxyz0123456789"[random.IntN(36)])
		}
		return out.String()
	}
	passed := 0
	const rounds = 2000
	for range rounds {
		full := text(minBare + random.IntN(60))
		g := gramsOf([]secret{newSecret(full, hidden), newSecret(text(30), hidden)})
		from := random.IntN(len(full) - minPiece + 1)
		part := full[from : from+minPiece]
		if in := text(random.IntN(12)) + part + text(random.IntN(12)); !g.mayBeIn([]byte(in), []string{text(20), part[1:]}) {
			t.Fatalf("%s of %s is not looked up in %s", part, full, in)
		}
		if g.mayBeIn([]byte(part), []string{text(8) + part + text(8)}) {
			t.Fatalf("%s is public, and looked up", part)
		}
		if !g.mayBeIn([]byte(text(50)), nil) {
			passed++
		}
	}
	if passed < rounds*9/10 {
		t.Errorf("%d of %d texts without a secret are told to have none", passed, rounds)
	}
}
