package mock_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/runner/reference/mock"
	"github.com/acsconform/acsconform/runner/reference/wire"
	"github.com/acsconform/acsconform/schemas"
)

// listening starts a mock of ecs, and returns its address and a pool that trusts its authority.
func listening(t *testing.T) (address string, trusted *x509.CertPool) {
	t.Helper()
	authority, err := wire.NewAuthority()
	if err != nil {
		t.Fatal(err)
	}
	trusted = x509.NewCertPool()
	if !trusted.AppendCertsFromPEM(authority.PEM()) {
		t.Fatalf("no certificate in %s", authority.PEM())
	}
	m := mock.New([]*schemas.Profile{builtIn(t, "ecs")}, func(string) {})
	l, err := m.Start("127.0.0.1:0", authority.Config())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return strings.TrimPrefix(l.URL(), "http://"), trusted
}

// client reaches the address whatever the name is.
func client(address string, trusted *x509.CertPool, h2 bool) *http.Client {
	transport := &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: trusted}, ForceAttemptHTTP2: h2,
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, address)
		},
	}
	return &http.Client{Transport: transport}
}

func TestTheFirstByteDecides(t *testing.T) {
	address, trusted := listening(t)
	for _, c := range []struct {
		url string
		h2  bool
	}{
		{"http://127.0.0.1/", false}, {"https://127.0.0.1/", false}, {"https://localhost/", true}, {"https://ecs.cn-hangzhou.aliyuncs.com/", true}, {"https://ecs.cn-hangzhou.aliyuncs.com/", false},
	} {
		of := client(address, trusted, c.h2)
		for range 2 {
			answer, err := of.Get(c.url)
			if err != nil {
				t.Errorf("%s: %v", c.url, err)
				continue
			}
			answer.Body.Close()
			if answer.StatusCode != http.StatusBadRequest || answer.Header.Get("X-Acs-Request-Id") == "" || (answer.ProtoMajor == 2) != c.h2 {
				t.Errorf("%s: %s %s %v", c.url, answer.Proto, answer.Status, answer.Header)
			}
		}
		of.CloseIdleConnections()
	}
	if _, err := client(address, x509.NewCertPool(), false).Get("https://127.0.0.1/"); err == nil {
		t.Error("a client trusts an authority that it was not told of")
	}
}

func TestWhatIsNoRequestIsRefusedInTheEnvelope(t *testing.T) {
	address, trusted := listening(t)
	plain, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	secure, err := tls.Dial("tcp", address, &tls.Config{RootCAs: trusted, ServerName: "127.0.0.1"})
	if err != nil {
		t.Fatal(err)
	}
	defer secure.Close()
	for name, c := range map[string]net.Conn{"plain": plain, "secure": secure} {
		if _, err := c.Write([]byte("THIS IS NO REQUEST\r\n\r\n")); err != nil {
			t.Fatal(err)
		}
		answer, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil || answer.Header.Get("X-Acs-Request-Id") == "" || answer.StatusCode/100 != 4 {
			t.Errorf("%s: %v (%v)", name, answer, err)
		}
	}
}

func TestAConnectionThatSaysNothingKeepsNobodyFromBeingServed(t *testing.T) {
	address, trusted := listening(t)
	silent, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	half, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer half.Close()
	half.Write([]byte{0x16})
	answer, err := client(address, trusted, false).Get("https://127.0.0.1/")
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
}
