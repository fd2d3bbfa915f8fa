package main

import (
	"path/filepath"

	"github.com/acsconform/acsconform/runner/certify"
)

// keygenCommand is conform keygen.
type keygenCommand struct {
	Out string `placeholder:"D" default:"." help:"Folder to write conform-key.pem and conform-key.pub.pem into (the current one)."`
}

// Run writes a new pair of keys.
func (c *keygenCommand) Run(w *env) error {
	fingerprint, err := certify.Keygen(c.Out)
	if err != nil {
		return wrong("%s", err)
	}
	w.printf("%s signs: keep it to yourself\n%s checks: give it to those who check  ·  %s\n",
		filepath.Join(c.Out, certify.PrivateKeyFile), filepath.Join(c.Out, certify.PublicKeyFile), fingerprint)
	return nil
}
