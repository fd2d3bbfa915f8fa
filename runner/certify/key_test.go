package certify_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/certify"
)

func TestKeygenWritesOnceAndForTheOwnerAlone(t *testing.T) {
	dir := t.TempDir()
	fingerprint, err := certify.Keygen(dir)
	if err != nil || !strings.HasPrefix(fingerprint, "SHA256:") {
		t.Fatal(fingerprint, err)
	}
	private, public := filepath.Join(dir, certify.PrivateKeyFile), filepath.Join(dir, certify.PublicKeyFile)
	if info, err := os.Stat(private); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	key, err := certify.ReadPrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	if open, err := certify.ReadPublicKey(public); err != nil || !open.Equal(key.Public()) || certify.Fingerprint(open) != fingerprint {
		t.Errorf("the two do not belong together: %v", err)
	}
	before := string(read(t, private)) + string(read(t, public))
	for _, gone := range []string{"", public, private} { // both there, then one of them
		if gone != "" {
			os.Rename(gone, gone+".away")
		}
		if _, err := certify.Keygen(dir); err == nil || !strings.Contains(err.Error(), "is there already") {
			t.Errorf("without %s: %v", gone, err)
		}
		if gone != "" {
			if _, err := os.Stat(gone); err == nil {
				t.Errorf("%s was written, though the other was there", gone)
			}
			os.Rename(gone+".away", gone)
		}
	}
	if string(read(t, private))+string(read(t, public)) != before {
		t.Error("a key was overwritten")
	}
}

func TestKeysOfAnotherSortAreRefusedInOneLine(t *testing.T) {
	dir := t.TempDir()
	if _, err := certify.Keygen(dir); err != nil {
		t.Fatal(err)
	}
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	secret, _ := x509.MarshalPKCS8PrivateKey(curve)
	open, _ := x509.MarshalPKIXPublicKey(curve.Public())
	write(t, filepath.Join(dir, "p256.pem"), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}))
	write(t, filepath.Join(dir, "p256.pub.pem"), pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: open}))
	write(t, filepath.Join(dir, "text"), []byte("a key"))
	write(t, filepath.Join(dir, "large"), make([]byte, 1<<20))
	for name, want := range map[string][2]string{ // to sign, to check
		certify.PublicKeyFile:  {"holds a public key", ""},
		certify.PrivateKeyFile: {"", "holds a private key"},
		"p256.pem":             {"no ed25519 private key", "holds a private key"},
		"p256.pub.pem":         {"holds a public key", "no ed25519 public key"},
		"text":                 {"no PEM block", "no PEM block"},
		"large":                {"larger than", "larger than"},
		"none":                 {"cannot be read", "cannot be read"},
	} {
		_, sign := certify.ReadPrivateKey(filepath.Join(dir, name))
		_, check := certify.ReadPublicKey(filepath.Join(dir, name))
		for i, err := range []error{sign, check} {
			if (err == nil) != (want[i] == "") || err != nil && (!strings.Contains(err.Error(), want[i]) || strings.Contains(err.Error(), "\n")) {
				t.Errorf("%s: got %v, want %q", name, err, want[i])
			}
		}
	}
}
