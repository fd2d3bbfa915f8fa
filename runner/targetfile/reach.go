package targetfile

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/netip"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/net/http/httpguts"

	"github.com/acsconform/acsconform/schemas"
)

// reach checks what the file says of the way to the target. Files are named from its folder, and by whole paths afterwards.
func (c *checks) reach(t *schemas.Target, folder string) {
	c.headers(t)
	c.tls(t, folder)
	c.resolve(t.Resolve)
}

// ownFields are the header fields that the suite sets itself, and what says in the target file what they hold.
var ownFields = map[string]string{
	"host": "the host of url is sent", "content-length": "the suite counts", "transfer-encoding": "cases set it",
	"connection": "cases set it", "accept": "cases set it", "content-type": "write content_type: in the request", "content-md5": "the suite computes it",
	"date": "the suite sets it by the clock", "x-acs-action": "write action: in the request", "x-acs-version": "write version: in the request",
	"x-acs-date": "the suite sets it by the clock", "x-acs-signature-nonce": "the suite makes it up", "x-acs-signature-method": "cases set it",
	"x-acs-signature-version": "cases set it", "x-acs-content-sha256": "the suite computes it",
	"x-acs-security-token": "write security_token: under credentials",
}

func (c *checks) headers(t *schemas.Target) {
	for _, name := range sortedKeys(t.Headers) {
		at := []string{"headers", name}
		lower := strings.ToLower(name)
		switch own := ownFields[lower]; {
		case !httpguts.ValidHeaderFieldName(name):
			c.fault(at, "%q is not the name of a header field (write letters, digits and hyphens)", name)
		case own != "":
			c.fault(at, "the suite sends %s itself (leave it out: %s)", name, own)
		case lower == "authorization" && styleOf(t.Style) != schemas.RPC:
			c.fault(at, "style %s carries the signature in Authorization (leave it out, or use style rpc)", t.Style)
		case !httpguts.ValidHeaderFieldValue(t.Headers[name]):
			c.fault(at, "a line break or control character cannot be in a header field (write the value on one line)")
		}
	}
}

func (c *checks) tls(t *schemas.Target, folder string) {
	s := &t.TLS
	if *s == (schemas.TLS{}) {
		return
	}
	if strings.HasPrefix(t.URL, "http://") {
		c.fault([]string{"tls"}, "has no effect on http:// (write https:// in url, or leave it out)")
	}
	texts := map[string][]byte{}
	for key, path := range map[string]*string{"ca": &s.CA, "cert": &s.Cert, "key": &s.Key} {
		if *path == "" {
			continue
		}
		if !filepath.IsAbs(*path) {
			*path = filepath.Join(folder, *path)
		}
		text, err := readPEM(*path)
		if err != nil {
			c.fault([]string{"tls", key}, "%v", err)
			return
		}
		texts[key] = text
	}
	switch {
	case s.CA != "" && !x509.NewCertPool().AppendCertsFromPEM(texts["ca"]):
		c.fault([]string{"tls", "ca"}, "there is no certificate in %s (name a PEM file that begins with -----BEGIN CERTIFICATE-----)", s.CA)
	case s.Cert != "" && s.Key == "":
		c.fault([]string{"tls", "cert"}, "a certificate needs its key (add key: FILE)")
	case s.Key != "" && s.Cert == "":
		c.fault([]string{"tls", "key"}, "a key needs its certificate (add cert: FILE)")
	case s.Cert != "":
		if _, err := tls.X509KeyPair(texts["cert"], texts["key"]); err != nil {
			c.fault([]string{"tls", "key"}, "%s and %s are no pair: %s (name the PEM files of one certificate and its key)", s.Cert, s.Key, strings.TrimPrefix(err.Error(), "tls: "))
		}
	}
}

// maxPEM is how large a file of certificates may be.
const maxPEM = 1 << 20

// readPEM reads a file of certificates or keys.
func readPEM(path string) ([]byte, error) {
	text, err := readBounded(path)
	if err != nil {
		var where *fs.PathError
		if errors.As(err, &where) {
			err = where.Err
		}
		return nil, fmt.Errorf("%s cannot be read: %w (name an existing PEM file, from the folder of this file)", path, err)
	}
	return text, nil
}

func readBounded(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errors.New("it is no file")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(io.LimitReader(f, maxPEM+1))
	if err == nil && len(text) > maxPEM {
		return nil, errors.New("it is larger than 1 MiB")
	}
	return text, err
}

func (c *checks) resolve(addresses []string) {
	const most = 64
	if len(addresses) > most {
		c.fault([]string{"resolve"}, "there are %d addresses, want %d at most (two are used)", len(addresses), most)
		return
	}
	met := map[string]bool{}
	for i, text := range addresses {
		at := []string{"resolve", strconv.Itoa(i)}
		address, err := Address(text)
		if err != nil {
			c.fault(at, "%s", err)
			continue
		}
		if met[address] {
			c.fault(at, "%s is there twice (name each address of the balancer once)", address)
		}
		met[address] = true
	}
}

// Address returns an address that connections can go to, IP or IP:port, in its usual spelling.
func Address(text string) (string, error) {
	whole, err := netip.ParseAddrPort(text)
	ip, bare := netip.ParseAddr(strings.Trim(text, "[]"))
	switch {
	case err != nil && bare != nil:
		return "", fmt.Errorf("got %q, want an IP address, with a port where it is not that of url (like 10.0.0.1 or 10.0.0.1:8443)", text)
	case err == nil && whole.Port() == 0:
		return "", fmt.Errorf("got %q, want a port from 1 to 65535", text)
	case err != nil:
		return ip.String(), nil
	}
	return whole.String(), nil
}
