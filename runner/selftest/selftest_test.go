package selftest

import "testing"

func TestEveryServerIsJudgedAsItIs(t *testing.T) {
	for _, r := range observe(t).results {
		if r.Miss != "" {
			t.Errorf("%s: a server that %s %s", r.Trial, r.Trial.says(), r.Miss)
		}
	}
}
