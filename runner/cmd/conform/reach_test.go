package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
)

// A privateCloud has an authority of its own, and takes clients with a certificate of it only. It is the reference server
// behind a gateway that wants a header field in every request.
type privateCloud struct {
	dir string // ca.pem, one.pem, two.pem with key.pem, another.pem (an authority of nobody), another-key.pem
	url string

	mu      sync.Mutex
	clients map[string]int // requests by the client's name
	names   map[string]int // and by the server name that was asked for
	without int            // requests without the header field
}

const routeField = "X-Route"

// newPrivateCloud starts one for a profile.
func newPrivateCloud(t *testing.T, profile string) *privateCloud {
	t.Helper()
	c := &privateCloud{dir: t.TempDir(), clients: map[string]int{}, names: map[string]int{}}
	root, key := c.authority(t, "ca.pem")
	c.authority(t, "another.pem")
	own := c.keyFile(t, "key.pem")
	c.keyFile(t, "another-key.pem")
	for _, name := range []string{"one", "two"} {
		c.signed(t, name+".pem", name, &own.PublicKey, root, key)
	}
	serving := c.signed(t, "server.pem", "server", &own.PublicKey, root, key)
	p, err := fixtures.Profile(profile)
	if err != nil {
		t.Fatal(err)
	}
	authorities := x509.NewCertPool()
	authorities.AddCert(root)
	s := httptest.NewUnstartedServer(c.watched(reference.New(p)))
	s.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{serving}, PrivateKey: own}}, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: authorities}
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.EnableHTTP2 = true
	s.StartTLS()
	t.Cleanup(s.Close)
	c.url = s.URL
	return c
}

func (c *privateCloud) watched(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.mu.Lock()
		c.clients[r.TLS.PeerCertificates[0].Subject.CommonName]++
		c.names[r.TLS.ServerName]++
		if r.Header.Get(routeField) == "" {
			c.without++
		}
		c.mu.Unlock()
		next.ServeHTTP(w, r)
	})
}

// authority makes a certificate that signs others.
func (c *privateCloud) authority(t *testing.T, file string) (*x509.Certificate, *ecdsa.PrivateKey) {
	t.Helper()
	key := c.keyFile(t, strings.TrimSuffix(file, ".pem")+".key")
	self := certificate("authority of "+file, true)
	der, err := x509.CreateCertificate(rand.Reader, self, self, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	c.write(t, file, "CERTIFICATE", der)
	made, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return made, key
}

func (c *privateCloud) signed(t *testing.T, file, name string, public *ecdsa.PublicKey, root *x509.Certificate, key *ecdsa.PrivateKey) []byte {
	t.Helper()
	der, err := x509.CreateCertificate(rand.Reader, certificate(name, false), root, public, key)
	if err != nil {
		t.Fatal(err)
	}
	c.write(t, file, "CERTIFICATE", der)
	return der
}

func certificate(name string, signs bool) *x509.Certificate {
	now := time.Now()
	return &x509.Certificate{
		SerialNumber: big.NewInt(now.UnixNano()), Subject: pkix.Name{CommonName: name}, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(24 * time.Hour),
		IsCA: signs, BasicConstraintsValid: signs, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
		DNSNames:    []string{"private.example.test"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
}

func (c *privateCloud) keyFile(t *testing.T, file string) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	c.write(t, file, "EC PRIVATE KEY", der)
	return key
}

func (c *privateCloud) write(t *testing.T, file, kind string, der []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(c.dir, file), pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
}

// target writes a target file beside the certificates.
func (c *privateCloud) target(t *testing.T, more string) string {
	t.Helper()
	p, err := fixtures.Profile("ecs")
	if err != nil {
		t.Fatal(err)
	}
	key := reference.New(p).TargetIn(c.url, schemas.RPC).Credentials[schemas.DefaultKey]
	file := filepath.Join(c.dir, "target.yaml")
	text := fmt.Sprintf("url: %s/\nprofile: ecs\nrequest: {action: DescribeRegions, version: \"2014-05-26\"}\ncredentials: {default: {access_key_id: %s, access_key_secret: %s}}\n%s",
		c.url, key.AccessKeyID, key.AccessKeySecret, more)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

const privateWay = "headers: {X-Route: blue, X-Gateway-Token: hush-hush}\ntls: {ca: ca.pem, cert: one.pem, key: key.pem, server_name: private.example.test}\n"

func TestPrivateCloudIsReachedByItsAuthorityAndACertificate(t *testing.T) {
	c := newPrivateCloud(t, "ecs")
	dir := t.TempDir()
	code, out, errs := conform(t, dir, "run", "--config", c.target(t, privateWay), "--label-filter", "PARAM-1 || KEY-1 || nothing-at-all || path-unknown-without-anything")
	if code != exitKept {
		t.Errorf("exit %d, want %d\n%s%s", code, exitKept, out, errs)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.clients["one"] < 30 || len(c.clients) != 1 || len(c.names) != 1 || c.names["private.example.test"] == 0 || c.without != 0 {
		t.Errorf("clients %v asked for %v, %d requests without %s; want all by one, for private.example.test, with it", c.clients, c.names, c.without, routeField)
	}
	if text := everything(t, dir); strings.Contains(text, "hush-hush") || !strings.Contains(text, "blue") || !strings.Contains(text, "--cacert") || !strings.Contains(text, "--connect-to") {
		t.Error("the reports tell the token of the target file's headers, or do not show the other header and the way")
	}
}

func TestWhatIsWrongWithTheWayIsOneLine(t *testing.T) {
	c := newPrivateCloud(t, "ecs")
	for name, row := range map[string]struct {
		more, want string
		code       int
	}{
		"the authority of somebody else": {"tls: {ca: another.pem, cert: one.pem, key: key.pem}\n", "unknown authority; name its authority in tls: {ca: FILE}", exitUntested},
		"no authority":                   {"tls: {cert: one.pem, key: key.pem}\n", "unknown authority", exitUntested},
		"no certificate":                 {"tls: {ca: ca.pem}\n", "name a client certificate that it takes in tls: {cert: FILE, key: FILE}", exitUntested},
		"another name":                   {"tls: {ca: ca.pem, cert: one.pem, key: key.pem, server_name: other.example.test}\n", "name the host of the certificate in tls: {server_name: NAME}", exitUntested},
		"no file":                        {"tls: {ca: none.pem}\n", "target.yaml:5", exitUsage},
		"no certificate in it":           {"tls:\n  ca: key.pem\n", "target.yaml:6", exitUsage},
		"a certificate without its key":  {"tls: {ca: ca.pem, cert: one.pem}\n", "add key: FILE", exitUsage},
		"a key without its certificate":  {"tls: {key: key.pem}\n", "add cert: FILE", exitUsage},
		"the key of another":             {"tls: {cert: one.pem, key: another-key.pem}\n", "are no pair", exitUsage},
		"a folder":                       {"tls: {ca: .}\n", "it is no file", exitUsage},
		"a header of the suite's own":    {"headers: {Host: a}\n", "the suite sends Host itself", exitUsage},
		"a name that is none":            {"headers: {\"a b\": c}\n", "is not the name of a header field", exitUsage},
		"a line break in a header":       {"headers: {A: \"b\\nc\"}\n", "line break", exitUsage},
		"the signature's own header":     {"style: acs3\nheaders: {Authorization: b}\n", "carries the signature in Authorization", exitUsage},
		"a name for an address":          {"resolve: [one.example.test]\n", "want an IP address", exitUsage},
		"an address twice":               {"resolve: [127.0.0.1, \"::1\", 127.0.0.1]\n", "is there twice", exitUsage},
		"no port":                        {"resolve: [\"127.0.0.1:0\"]\n", "want a port", exitUsage},
	} {
		t.Run(name, func(t *testing.T) {
			code, out, errs := conform(t, t.TempDir(), "run", "--config", c.target(t, row.more))
			if code != row.code || !strings.Contains(errs, row.want) || strings.Count(errs, "\n") != 1 {
				t.Errorf("exit %d, want %d, in one line with %q\n%s%s", code, row.code, row.want, out, errs)
			}
		})
	}
}

func TestPlanShowsTheWay(t *testing.T) {
	c := newPrivateCloud(t, "ecs")
	code, out, errs := conform(t, t.TempDir(), "run", "--plan", "--config", c.target(t, privateWay+"resolve: [127.0.0.1, \"127.0.0.2:8443\"]\n"))
	for _, want := range []string{"X-Route: blue", "X-Gateway-Token: ***", "ca.pem", "one.pem", "key.pem", "private.example.test", "address 127.0.0.1: ", "address 127.0.0.2:8443: "} {
		if !strings.Contains(out, want) || code != exitKept {
			t.Errorf("exit %d, the plan does not show %q\n%s%s", code, want, out, errs)
		}
	}
}

// everything returns the text of all reports of a run.
func everything(t *testing.T, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "conform-report", "*"))
	if err != nil || len(files) < 3 {
		t.Fatalf("%d reports in %s: %v", len(files), dir, err)
	}
	var all strings.Builder
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	return all.String()
}
