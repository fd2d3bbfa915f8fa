package mock_test

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/metadata"
	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/mock"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

const lending = "../../../fixtures/examples/lending.metadata.json"

func builtIn(t testing.TB, name string) *schemas.Profile {
	t.Helper()
	p, err := fixtures.Profile(name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// product is the profile of a product by its metadata.
func product(t testing.TB, path string) *schemas.Profile {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	return made(t, f)
}

// lines keeps what a mock logs.
type lines struct {
	mu   sync.Mutex
	list []string
}

func (l *lines) add(line string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list = append(l.list, line)
}

func (l *lines) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.list, "\n")
}

// ask sends a signed call: by its name, or by its path where it has one.
func ask(t testing.TB, m *mock.Mock, version string, call schemas.SoundRequest, changes ...func(*http.Request)) *httptest.ResponseRecorder {
	t.Helper()
	r := byName(version, call)
	if call.Path != "" {
		r = byPath(version, call)
	}
	for _, change := range changes {
		change(r)
	}
	w := httptest.NewRecorder()
	m.ServeHTTP(w, r)
	return w
}

func byName(version string, call schemas.SoundRequest) *http.Request {
	key, params := server.Keys[schemas.DefaultKey], url.Values{}
	for name, value := range call.Params {
		params.Set(name, value)
	}
	for name, value := range map[string]string{
		"Action": call.Action, "Version": version, "AccessKeyId": key.AccessKeyID, "SignatureMethod": "HMAC-SHA1", "SignatureVersion": "1.0",
		"SignatureNonce": rand.Text(), "Timestamp": time.Now().UTC().Format(server.ISOTime),
	} {
		params.Set(name, value)
	}
	method := call.Method
	if method == "" {
		method = http.MethodGet
	}
	_, signature := sign.RPC(method, pairs(params), key.AccessKeySecret)
	params.Set("Signature", signature)
	if method == http.MethodPost {
		r := httptest.NewRequest(method, "http://127.0.0.1:8080/", strings.NewReader(params.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		return r
	}
	return httptest.NewRequest(method, "http://127.0.0.1:8080/?"+params.Encode(), nil)
}

func byPath(version string, call schemas.SoundRequest) *http.Request {
	key, params := server.Keys[schemas.DefaultKey], url.Values{}
	for name, value := range call.Params {
		params.Set(name, value)
	}
	r := httptest.NewRequest(call.Method, "http://127.0.0.1:8080"+call.Path+"?"+params.Encode(), strings.NewReader(call.Body))
	header := schemas.Header{
		{Name: "Accept", Value: "application/json"}, {Name: "Date", Value: time.Now().UTC().Format(http.TimeFormat)},
		{Name: "X-Acs-Version", Value: version}, {Name: "X-Acs-Signature-Nonce", Value: rand.Text()},
		{Name: "X-Acs-Signature-Method", Value: "HMAC-SHA1"}, {Name: "X-Acs-Signature-Version", Value: "1.0"},
	}
	if call.Body != "" {
		header = append(header, schemas.Field{Name: "Content-Type", Value: call.ContentType})
	}
	for _, f := range header {
		r.Header.Set(f.Name, f.Value)
	}
	_, signature := sign.ROA(call.Method, header, r.URL.EscapedPath(), pairs(params), key.AccessKeySecret)
	r.Header.Set("Authorization", "acs "+key.AccessKeyID+":"+signature)
	return r
}

func pairs(params url.Values) []sign.Param {
	var list []sign.Param
	for name := range params {
		list = append(list, sign.Param{Name: name, Value: params.Get(name)})
	}
	return list
}

// served returns the body of a success in JSON.
func served(t testing.TB, w *httptest.ResponseRecorder) map[string]any {
	t.Helper()
	var object map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &object); err != nil || w.Code != http.StatusOK {
		t.Fatalf("%d %s (%v)", w.Code, w.Body, err)
	}
	return object
}

func made(t testing.TB, f *os.File) *schemas.Profile {
	t.Helper()
	p, err := metadata.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	return p.Over(builtIn(t, fixtures.Observed))
}
