// Package mocktest starts the mock of a product inside a Go test, on a free port of this machine, for the time of the test:
//
//	m := mocktest.Start(t, mocktest.Options{Metadata: []string{"testdata/ecs.json.gz"}, Answers: "testdata/answers.yaml"})
//	config := &openapi.Config{Endpoint: &m.Endpoint, AccessKeyId: &m.Key.AccessKeyID, AccessKeySecret: &m.Key.AccessKeySecret, Protocol: tea.String("http")}
//
// Nothing about it is promised to importers yet; package runner says what is.
package mocktest

import (
	"crypto/x509"
	"errors"
	"fmt"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/metadata"
	"github.com/acsconform/acsconform/runner/newprofile"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mock"
	"github.com/acsconform/acsconform/runner/reference/wire"
	"github.com/acsconform/acsconform/schemas"
)

// T is what of a *testing.T is needed.
type T interface {
	Helper()
	Cleanup(f func())
	Log(args ...any)
	Error(args ...any)
	Fatal(args ...any)
}

// Options are what is served. Something has to be.
type Options struct {
	Profiles []string // names of built-in profiles
	Metadata []string // files of published API metadata, JSON or gzip
	Answers  string   // a file of answers; empty where there is none
	Recorded string   // a file of recorded answers, which are then the only ones; empty where there is none
	AnyKey   bool     // any key and any signature are taken
	Strict   bool     // the test fails where an answer of the file is not used, or a call names no operation that is served
}

// Mock is a mock that serves until the test ends, by HTTP and by HTTPS on one port.
type Mock struct {
	Endpoint string             // host and port, as the official SDKs want it
	Key      schemas.Credential // that is taken
	CA       *x509.CertPool     // the authority of its certificates
	CAPEM    []byte             // the same, for clients that read it from a file

	mock *mock.Mock
}

// URL returns the address for plain HTTP.
func (m *Mock) URL() string { return "http://" + m.Endpoint }

// Journal returns what was asked since the start or the last reset.
func (m *Mock) Journal() mock.Journal { return m.mock.Journal() }

// Reset empties the journal, and makes the answers of a file begin anew.
func (m *Mock) Reset() { m.mock.Reset() }

// Start starts a mock. What cannot be served ends the test.
func Start(t T, o Options) *Mock {
	t.Helper()
	m, stop, err := start(o, func(line string) { t.Log("mock: " + line) })
	if err != nil {
		t.Fatal("acsconform: " + err.Error())
		return nil
	}
	t.Cleanup(func() {
		stop()
		if !o.Strict {
			return
		}
		for _, entry := range m.mock.Unused() {
			t.Error("mock: " + entry + " has answered no call")
		}
		if n := m.Journal().Unserved; n > 0 {
			t.Error(fmt.Sprintf("mock: calls that named no operation or version that is served: %d", n))
		}
	})
	return m
}

func start(o Options, log func(string)) (*Mock, func(), error) {
	profiles, opened, err := o.profiles()
	if err != nil {
		return nil, nil, err
	}
	var options []reference.Option
	if o.AnyKey {
		options = append(options, mock.AnyKey())
	}
	m := &Mock{mock: mock.New(profiles, log, options...)}
	for _, product := range opened {
		m.mock.Opened(product)
	}
	switch {
	case o.Recorded != "" && o.Answers != "":
		err = errors.New("both Answers and Recorded are set; leave one out")
	case o.Recorded != "":
		_, err = m.mock.Replay(o.Recorded)
	case o.Answers != "":
		_, err = m.mock.Follow(o.Answers)
	}
	if err != nil {
		return nil, nil, err
	}
	authority, err := wire.NewAuthority()
	if err != nil {
		return nil, nil, err
	}
	m.CAPEM, m.CA = authority.PEM(), x509.NewCertPool()
	m.CA.AppendCertsFromPEM(m.CAPEM)
	l, err := m.mock.Start("127.0.0.1:0", authority.Config())
	if err != nil {
		return nil, nil, err
	}
	m.Endpoint = strings.TrimPrefix(l.URL(), "http://")
	m.Key = m.mock.Target(l.URL()).Credentials[schemas.DefaultKey]
	return m, func() { _ = l.Close() }, nil
}

func (o Options) profiles() (list []*schemas.Profile, opened []*metadata.Opened, err error) {
	for _, name := range o.Profiles {
		p, err := fixtures.Profile(name)
		if err != nil {
			return nil, nil, err
		}
		list = append(list, p)
	}
	base, err := fixtures.Profile(fixtures.Observed)
	if err != nil {
		return nil, nil, err
	}
	for _, path := range o.Metadata {
		product, err := newprofile.OpenMetadata(path, nil)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", path, err)
		}
		list, opened = append(list, product.Over(base)), append(opened, product)
	}
	if len(list) == 0 {
		return nil, nil, fmt.Errorf("nothing says what to answer; set Profiles (%s) or Metadata", strings.Join(fixtures.AllNames(), ", "))
	}
	return list, opened, nil
}
