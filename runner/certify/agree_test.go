package certify_test

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/secure-systems-lab/go-securesystemslib/dsse"

	"github.com/acsconform/acsconform/runner/certify"
	"github.com/acsconform/acsconform/schemas"
)

// pen signs as somebody who has the key and another tool.
type pen struct{ key ed25519.PrivateKey }

func (p pen) Sign(_ context.Context, data []byte) ([]byte, error) {
	return ed25519.Sign(p.key, data), nil
}
func (pen) KeyID() (string, error)     { return "", nil }
func (p pen) Public() crypto.PublicKey { return p.key.Public() }

// resigned signs what the files of a certificate were changed into.
func resigned(t *testing.T, l *lab, dir string, edit func(a *certify.Attestation)) {
	t.Helper()
	_, payload := envelopeOf(t, dir)
	var a certify.Attestation
	if err := json.Unmarshal(payload, &a); err != nil {
		t.Fatal(err)
	}
	for i, r := range a.Predicate.Configuration {
		if r.MediaType != "" {
			sum := sha256.Sum256(read(t, filepath.Join(dir, r.Name)))
			a.Predicate.Configuration[i].Digest["sha256"] = hex.EncodeToString(sum[:])
		}
	}
	edit(&a)
	text, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := dsse.NewEnvelopeSigner(pen{l.key})
	if err != nil {
		t.Fatal(err)
	}
	e, err := signer.SignPayload(t.Context(), "application/vnd.in-toto+json", text)
	if err != nil {
		t.Fatal(err)
	}
	if text, err = json.Marshal(e); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, certify.EnvelopeFile), append(text, '\n'))
}

// annotated changes a text in the annotations of a descriptor.
func annotated(a *certify.Attestation, name, old, fresh string) {
	for i := range a.Predicate.Configuration {
		if r := &a.Predicate.Configuration[i]; r.Name == name {
			r.Annotations = []byte(strings.Replace(string(r.Annotations), old, fresh, 1))
		}
	}
}

func dropped(a *certify.Attestation, name string) {
	for i, r := range a.Predicate.Configuration {
		if r.Name == name {
			a.Predicate.Configuration = append(a.Predicate.Configuration[:i:i], a.Predicate.Configuration[i+1:]...)
			return
		}
	}
}

// What was signed has to agree with itself.
func TestWhatWasSignedHasToAgree(t *testing.T) {
	l := newSmallLab(t, "gateway")
	once := l.certified(schemas.RPC)
	for what, c := range map[string]struct {
		file [3]string // a file, and a text in it to be put in place of another
		edit func(a *certify.Attestation)
		code certify.Code
		says string
	}{
		"signed again":      {edit: func(*certify.Attestation) {}, code: certify.Holds, says: "judged again"},
		"another subject":   {edit: func(a *certify.Attestation) { a.Subject[0].Digest["sha256"] = strings.Repeat("3", 64) }, says: "about something else than subject.json"},
		"no subject":        {edit: func(a *certify.Attestation) { a.Subject = nil }, says: "about something else than subject.json"},
		"other counts":      {edit: func(a *certify.Attestation) { annotated(a, "report.json", `"kept":`, `"kept":1`) }, says: "the counts that were signed are not those of report.json"},
		"other clauses":     {edit: func(a *certify.Attestation) { a.Predicate.PassedTests = a.Predicate.PassedTests[1:] }, says: "the result that was signed is not that of report.json"},
		"other result":      {edit: func(a *certify.Attestation) { a.Predicate.Result = "WARNED" }, says: "the result that was signed is not that of report.json"},
		"other predicate":   {edit: func(a *certify.Attestation) { a.PredicateType = "https://slsa.dev/provenance/v1" }, says: "is no attestation of test results"},
		"no terms":          {edit: func(a *certify.Attestation) { dropped(a, "certificate") }, says: "no terms of a certificate"},
		"no book":           {edit: func(a *certify.Attestation) { dropped(a, "book") }, says: `no configuration called "book"`},
		"a file not pinned": {edit: func(a *certify.Attestation) { dropped(a, "badge.svg") }, says: "badge.svg is not pinned by the certificate"},
		"unknown level":     {edit: func(a *certify.Attestation) { annotated(a, "certificate", `"core"`, `"best"`) }, code: certify.CannotTell, says: `level "best" is not one of this suite's`},
		"another book named": {edit: func(a *certify.Attestation) {
			for i := range a.Predicate.Configuration {
				if r := &a.Predicate.Configuration[i]; r.Name == "book" {
					r.Digest["sha256"] = strings.Repeat("4", 64)
				}
			}
		}, says: "the book that was signed is not that of report.json"},
		"another target":     {file: [3]string{"subject.json", `"url":"http://127.0.0.1`, `"url":"http://127.0.0.2`}, edit: func(a *certify.Attestation) { a.Subject[0].Digest = digestIn(a, "subject.json") }, says: "subject.json is about http://127.0.0.2"},
		"a member more":      {file: [3]string{"subject.json", `"url"`, `"word":1,"url"`}, edit: func(a *certify.Attestation) { a.Subject[0].Digest = digestIn(a, "subject.json") }, says: "subject.json: "},
		"no self-test":       {file: [3]string{"report.json", `"misses":[]`, `"misses":["all"]`}, edit: func(*certify.Attestation) {}, says: "tells of no self-test that passed"},
		"a clause unwatched": {file: [3]string{"report.json", `"exchanges":1`, `"exchanges":2`}, edit: func(*certify.Attestation) {}, says: "the counts that were signed"},
	} {
		t.Run(what, func(t *testing.T) {
			dir := copied(t, once)
			if name := c.file[0]; name != "" {
				path := filepath.Join(dir, name)
				text := string(read(t, path))
				if !strings.Contains(text, c.file[1]) {
					t.Fatalf("%s has no %s", name, c.file[1])
				}
				write(t, path, []byte(strings.Replace(text, c.file[1], c.file[2], 1)))
			}
			resigned(t, l, dir, c.edit)
			want := c.code
			if want == certify.Holds && what != "signed again" {
				want = certify.DoesNotHold
			}
			if v := l.verify(l.check(), dir); v.Code() != want || !strings.Contains(says(v), c.says) {
				t.Errorf("code %d, %s", v.Code(), says(v))
			}
		})
	}
}

func digestIn(a *certify.Attestation, name string) map[string]string {
	for _, r := range a.Predicate.Configuration {
		if r.Name == name {
			return r.Digest
		}
	}
	return nil
}
