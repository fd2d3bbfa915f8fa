package selftest

import (
	"context"
	"os"
	"testing"
)

// Each variant in one profile and style; with ACSCONFORM_ALL set, in every one it makes sense in.
func TestEveryServerIsJudgedAsItIs(t *testing.T) {
	trials := Sampled(Trials())
	if os.Getenv("ACSCONFORM_ALL") != "" {
		trials = Trials()
	}
	for _, r := range Run(context.Background(), trials, nil).Misses() {
		t.Errorf("%s: a server that %s %s", r.Trial, r.Trial.says(), r.Miss)
	}
}
