package main

import (
	"crypto/tls"
	"fmt"
	"os"

	"github.com/acsconform/acsconform/runner/reference/wire"
	"github.com/acsconform/acsconform/schemas/file"
)

// tlsFlags are those of the commands that clients connect to: TLS is spoken on the port of plain HTTP.
type tlsFlags struct {
	AuthorityOut string `placeholder:"F" xor:"authority" help:"Write the certificate of the authority that signs for TLS, which clients then trust. HTTPS is served on the same port."`
	TLSCert      string `name:"tls-cert" placeholder:"F" and:"tls" xor:"authority" help:"Certificate to serve HTTPS by, a PEM file, in the place of one that is made for each name."`
	TLSKey       string `name:"tls-key" placeholder:"F" and:"tls" help:"Its key, a PEM file."`
}

// secure returns how TLS is spoken: by the certificate that is named, or by those of an authority of its own.
func (c *tlsFlags) secure() (*tls.Config, error) {
	if c.TLSCert != "" {
		own, err := keyPair(c.TLSCert, c.TLSKey)
		if err != nil {
			return nil, wrong("--tls-cert %s, --tls-key %s: %s (want two PEM files, of which one is the key of the other)", c.TLSCert, c.TLSKey, err)
		}
		return wire.Offer(&tls.Config{Certificates: []tls.Certificate{own}}), nil
	}
	authority, err := wire.NewAuthority()
	if err != nil {
		return nil, err
	}
	if c.AuthorityOut != "" {
		if err := os.WriteFile(c.AuthorityOut, authority.PEM(), 0o644); err != nil {
			return nil, wrong("--authority-out: %s", err)
		}
	}
	return authority.Config(), nil
}

// keyPair reads a certificate and its key.
func keyPair(certificate, key string) (tls.Certificate, error) {
	var texts [2][]byte
	for i, path := range []string{certificate, key} {
		var err error
		if texts[i], err = file.Read(path, file.MaxFileBytes); err != nil {
			return tls.Certificate{}, fmt.Errorf("%s: %w", path, err)
		}
	}
	return tls.X509KeyPair(texts[0], texts[1])
}
