package wire

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"strings"
	"sync"
	"time"
)

// An Authority signs certificates for the names and addresses that clients ask for. Its key is in memory only, so that
// nobody else signs by it, and what trusts its certificate trusts this process.
type Authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
	served      *ecdsa.PrivateKey // that of all certificates it signs

	mu    sync.Mutex
	known map[string]*tls.Certificate
}

// validity is how long the certificates of an authority are good.
const validity = 30 * 24 * time.Hour

// NewAuthority makes an authority.
func NewAuthority() (*Authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	served, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	self := template("acsconform reference server, an authority for tests", time.Now())
	self.IsCA, self.BasicConstraintsValid, self.MaxPathLenZero = true, true, true
	self.KeyUsage, self.ExtKeyUsage = x509.KeyUsageCertSign, nil
	der, err := x509.CreateCertificate(rand.Reader, self, self, &key.PublicKey, key)
	if err != nil {
		return nil, err
	}
	made, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	return &Authority{certificate: made, key: key, served: served, known: map[string]*tls.Certificate{}}, nil
}

func template(name string, now time.Time) *x509.Certificate {
	return &x509.Certificate{
		SerialNumber: big.NewInt(now.UnixNano()), Subject: pkix.Name{CommonName: name},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(validity),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
}

// PEM returns the certificate that a client has to trust.
func (a *Authority) PEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.certificate.Raw})
}

// Config returns a configuration that serves any name a client asks for, and any address that it reaches.
func (a *Authority) Config() *tls.Config {
	return Offer(&tls.Config{GetCertificate: a.certificateFor})
}

// Offer adds to a configuration that HTTP/2 and HTTP/1 are spoken.
func Offer(config *tls.Config) *tls.Config {
	config.NextProtos = []string{"h2", "http/1.1"}
	return config
}

// maxKnown is how many certificates are kept; clients choose the names.
const maxKnown = 256

func (a *Authority) certificateFor(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	name, address := strings.ToLower(hello.ServerName), ""
	if hello.Conn != nil {
		address = host(hello.Conn.LocalAddr().String())
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if known := a.known[name+" "+address]; known != nil && time.Now().Before(known.Leaf.NotAfter) {
		return known, nil
	}
	made, err := a.sign(name, net.ParseIP(address))
	if err != nil {
		return nil, err
	}
	if len(a.known) >= maxKnown {
		clear(a.known)
	}
	a.known[name+" "+address] = made
	return made, nil
}

// sign makes a certificate for a name and an address, either of which may be missing, and for the loopback ones.
func (a *Authority) sign(name string, address net.IP) (*tls.Certificate, error) {
	leaf := template("acsconform reference server", time.Now())
	leaf.DNSNames = []string{"localhost"}
	if name != "" && name != "localhost" {
		leaf.DNSNames = append(leaf.DNSNames, name)
	}
	leaf.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback}
	if address != nil && !address.IsLoopback() {
		leaf.IPAddresses = append(leaf.IPAddresses, address)
	}
	der, err := x509.CreateCertificate(rand.Reader, leaf, a.certificate, &a.served.PublicKey, a.key)
	if err != nil {
		return nil, err
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	return &tls.Certificate{Certificate: [][]byte{der, a.certificate.Raw}, PrivateKey: a.served, Leaf: parsed}, nil
}

func host(address string) string {
	if host, _, err := net.SplitHostPort(address); err == nil {
		return host
	}
	return address
}
