package leaktest

import "testing"

// Recover finds the secret in each way of writing it, and nothing in a text without it.
func TestRecover(t *testing.T) {
	const secret = "s3crEt/0fAll+Th1ngsThat=Are"
	written := Written(secret)
	if len(written) < 40 {
		t.Errorf("a secret is written in %d ways only", len(written))
	}
	for name, text := range written {
		if Recover(`{"Message":"got `+text+` here"}`, secret) == "" {
			t.Errorf("%s: %q is not recognised", name, text)
		}
	}
	if way := Recover(`{"Message":"4C467B38-3910-447D-87BC-AC049166F216 c2VjcmV0IG5vIGtleQ== s3crEt"}`, secret); way != "" {
		t.Errorf("recovered by %s where there is none", way)
	}
}
