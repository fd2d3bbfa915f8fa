package certify

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/secure-systems-lab/go-securesystemslib/dsse"
)

// The names of the files that Keygen writes.
const (
	PrivateKeyFile = "conform-key.pem"
	PublicKeyFile  = "conform-key.pub.pem"
)

// The types of the PEM blocks of PKCS #8 and PKIX.
const (
	privateBlock = "PRIVATE KEY"
	publicBlock  = "PUBLIC KEY"
)

// maxKeyFile is more than any key file has.
const maxKeyFile = 64 << 10

// Keygen writes a new pair of ed25519 keys into a folder that exists, the private one for its owner alone, and returns the
// fingerprint of the public one. A file that is there already is an error, and nothing is written.
func Keygen(dir string) (fingerprint string, err error) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return "", err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return "", err
	}
	open, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		return "", err
	}
	publicPath := filepath.Join(dir, PublicKeyFile)
	if err := create(publicPath, pem.EncodeToMemory(&pem.Block{Type: publicBlock, Bytes: open}), 0o644); err != nil {
		return "", err
	}
	if err := create(filepath.Join(dir, PrivateKeyFile), pem.EncodeToMemory(&pem.Block{Type: privateBlock, Bytes: secret}), 0o600); err != nil {
		_ = os.Remove(publicPath) // a public key alone is of no use
		return "", err
	}
	return Fingerprint(public), nil
}

// create writes a file that must not be there yet.
func create(path string, text []byte, mode fs.FileMode) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already; keep it, or name another folder", path)
	}
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Close())
}

// Fingerprint names a public key as ssh-keygen does: "SHA256:…".
func Fingerprint(key ed25519.PublicKey) string {
	print, err := dsse.SHA256KeyID(key)
	if err != nil {
		return "unknown"
	}
	return print
}

// ReadPrivateKey reads an ed25519 key in PKCS #8, as PEM.
func ReadPrivateKey(path string) (ed25519.PrivateKey, error) {
	block, err := readBlock(path)
	if err != nil {
		return nil, err
	}
	if block.Type == publicBlock {
		return nil, fmt.Errorf("%s holds a public key; to sign takes the private one (%s)", path, PrivateKeyFile)
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if private, ok := key.(ed25519.PrivateKey); ok && err == nil {
		return private, nil
	}
	return nil, fmt.Errorf("%s holds no ed25519 private key in PKCS #8; conform keygen makes one", path)
}

// ReadPublicKey reads an ed25519 key in PKIX form, as PEM.
func ReadPublicKey(path string) (ed25519.PublicKey, error) {
	block, err := readBlock(path)
	if err != nil {
		return nil, err
	}
	if block.Type == privateBlock {
		return nil, fmt.Errorf("%s holds a private key; to verify takes the public one (%s)", path, PublicKeyFile)
	}
	return parsePublic(block.Bytes, path)
}

func parsePublic(der []byte, where string) (ed25519.PublicKey, error) {
	var key crypto.PublicKey
	key, err := x509.ParsePKIXPublicKey(der)
	if public, ok := key.(ed25519.PublicKey); ok && err == nil {
		return public, nil
	}
	return nil, fmt.Errorf("%s holds no ed25519 public key in PKIX form", where)
}

func readBlock(path string) (*pem.Block, error) {
	text, err := readFile(path, maxKeyFile)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, fmt.Errorf("%s holds no PEM block; name a file that conform keygen wrote", path)
	}
	return block, nil
}
