package product_test

import (
	"bytes"
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"io"
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
	"github.com/acsconform/acsconform/runner/metadata"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mock"
	"github.com/acsconform/acsconform/runner/reference/wire"
	"github.com/acsconform/acsconform/schemas"
)

// metadataOf names a folder with the published API metadata of the products; without it, the tests make do with a few operations.
const metadataOf = "ACSCONFORM_METADATA"

// served is a mock over TLS.
type served struct {
	host    string
	key     schemas.Credential
	trusted *x509.CertPool
	profile *schemas.Profile
	mock    *mock.Mock
}

// profileOf reads the metadata of a product: the published one where there is a folder of them.
func profileOf(t *testing.T, product string) *schemas.Profile {
	t.Helper()
	path := filepath.Join("testdata", product+".json")
	if dir := os.Getenv(metadataOf); dir != "" {
		found, err := filepath.Glob(filepath.Join(dir, product+"_*.json.gz"))
		if err != nil || len(found) != 1 {
			t.Fatalf("%s has %d files of %s (%v)", dir, len(found), product, err)
		}
		path = found[0]
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	read, err := metadata.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	base, err := fixtures.Profile(fixtures.Observed)
	if err != nil {
		t.Fatal(err)
	}
	return read.Over(base)
}

// a way is what is between the clients and the mock.
type way struct {
	answers string
	twice   bool          // every request reaches the mock a second time, and that answer goes back
	clock   time.Duration // how far the mock's clock is from ours
}

// theAuthority signs for all mocks, so that one process of Node trusts them.
var theAuthority = sync.OnceValues(wire.NewAuthority)

// serve starts the mock of a product.
func serve(t *testing.T, product string, w way) *served {
	t.Helper()
	s := &served{profile: profileOf(t, product), trusted: x509.NewCertPool()}
	m := mock.New([]*schemas.Profile{s.profile}, func(string) {}, reference.Now(func() time.Time { return time.Now().Add(w.clock) }))
	s.mock = m
	if w.answers != "" {
		path := filepath.Join(t.TempDir(), "answers.yaml")
		if err := os.WriteFile(path, []byte(w.answers), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := m.Follow(path); err != nil {
			t.Fatal(err)
		}
	}
	authority, err := theAuthority()
	if err != nil {
		t.Fatal(err)
	}
	s.trusted.AppendCertsFromPEM(authority.PEM())
	if s.key = m.Target("").Credentials[schemas.DefaultKey]; w.twice {
		inner, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		front := &http.Server{Handler: twice(m), ReadHeaderTimeout: time.Minute}
		go func() { _ = front.Serve(tls.NewListener(inner, authority.Config())) }()
		t.Cleanup(func() { _ = front.Close() })
		s.host = inner.Addr().String()
		return s
	}
	l, err := m.Start("127.0.0.1:0", authority.Config())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	s.host = strings.TrimPrefix(l.URL(), "http://")
	return s
}

// twice hands every request on a second time.
func twice(m *mock.Mock) http.HandlerFunc {
	return func(out http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		for _, to := range []http.ResponseWriter{httptest.NewRecorder(), out} {
			again := r.Clone(r.Context())
			again.Body = io.NopCloser(bytes.NewReader(body))
			m.ServeHTTP(to, again)
		}
	}
}

func (s *served) transport() *http.Transport {
	return &http.Transport{TLSClientConfig: &tls.Config{RootCAs: s.trusted}, ForceAttemptHTTP2: true}
}

// readOnly lists the operations that change nothing.
func (s *served) readOnly() (list []*schemas.Operation) {
	for i := range s.profile.Operations.List {
		if o := &s.profile.Operations.List[i]; o.ReadOnly {
			list = append(list, o)
		}
	}
	return list
}

// call is one operation with its parameters.
type call struct {
	operation string
	method    string
	params    map[string]any
	retry     bool // what the SDK has in the way of trying again is switched on
}

// of returns a call of an operation by its published examples.
func of(o *schemas.Operation) call {
	c := call{operation: o.Name, method: http.MethodPost, params: map[string]any{}}
	if len(o.Methods) == 1 {
		c.method = o.Methods[0]
	}
	for _, p := range o.Required {
		var value any = cmp.Or(strings.TrimSpace(p.Example), "x")
		switch p.Type {
		case "array":
			value = []any{value}
		case "integer":
			value = 1
		case "boolean":
			value = true
		}
		c.params[p.Name] = value
	}
	return c
}

// seen is what the caller of an SDK sees.
type seen struct {
	RequestID string `json:"request_id"`
	Typed     string `json:"typed"`  // the type of the result
	Result    any    `json:"result"` // as generated types read it
	Failed    bool   `json:"failed"`
	Status    int    `json:"status"`
	Code      string `json:"code"`
	Message   string `json:"message"`
	Fault     string `json:"fault"` // an exception, or that there is no such operation
	Missing   bool   `json:"missing"`
}
