package selftest

import (
	"context"
	"testing"
	"testing/synctest"
)

// Whatever a signature covers, a server that does not look whether it was altered is caught by SIGN-2, and by the cases
// of the covering table alone. Every third is tried; all with ACSCONFORM_WHOLE set, as in make selftest.
func TestNothingSignedIsAlteredUnseen(t *testing.T) {
	tried := 0
	for _, trial := range Trials() {
		if trial.Variant == nil || !trial.Variant.Generated {
			continue
		}
		if !isWhole() && lot(trial.Variant.Name)%3 > 0 {
			continue
		}
		tried++
		trial.Only = "tampered"
		t.Run(trial.Variant.Name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				if r := Try(context.Background(), trial, nil); r.Miss != "" {
					t.Errorf("%s: a server that %s %s", r.Trial, r.Trial.says(), r.Miss)
				}
			})
		})
	}
	if tried < 33 || isWhole() && tried < 100 {
		t.Errorf("%d servers were tried", tried)
	}
}
