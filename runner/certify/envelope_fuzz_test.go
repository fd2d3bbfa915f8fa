package certify

import (
	"crypto/ed25519"
	"testing"
)

func FuzzOpenEnvelope(f *testing.F) {
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	sound, err := seal([]byte(`{"predicate":{"configuration":[{"name":"key","content":"AA=="}]}}`), key)
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{string(sound), "", "{}", `{"payloadType":"application/vnd.in-toto+json","payload":"e30=","signatures":[{"sig":"A"}]}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, err := openEnvelope([]byte(text))
		if err != nil {
			return
		}
		e.claims()
		if e.signedBy(key.Public().(ed25519.PublicKey)) && e.exact && text != string(sound) {
			t.Errorf("signed by nobody: %q", text)
		}
	})
}
