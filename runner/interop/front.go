package interop

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// front is the reference server over HTTP, with a note of what it answered. What it does beside that is what a network
// or a busy service does: hand a request on twice, answer with a row that no request provokes.
type front struct {
	server  *reference.Server
	listens *httptest.Server
	twice   bool // every request reaches the server a second time, and that answer goes back
	row     int  // the row, from 1, with which requests that the server would serve are answered; 0: none
	rows    int  // how many requests are answered with it; 0: all

	mu       sync.Mutex
	requests int
	last     *schemas.Response
}

func listen(s *reference.Server) *front {
	f := &front{server: s}
	f.listens = httptest.NewServer(f)
	return f
}

func (f *front) host() string { return strings.TrimPrefix(f.listens.URL, "http://") }

func (f *front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.requests++
	body, _ := io.ReadAll(r.Body)
	answer := f.ask(r, body)
	if f.twice {
		answer = f.ask(r, body)
	}
	if f.row > 0 && answer.Code < 300 && (f.rows == 0 || f.requests <= f.rows) {
		answer = f.provoke(strings.Contains(answer.Header().Get("Content-Type"), "xml"))
	}
	f.last = &schemas.Response{Status: answer.Code, Body: answer.Body.Bytes()}
	for name, values := range answer.Header() {
		for _, value := range values {
			w.Header().Add(name, value)
			f.last.Header = append(f.last.Header, schemas.Field{Name: name, Value: value})
		}
	}
	w.WriteHeader(answer.Code)
	w.Write(answer.Body.Bytes())
}

// ask hands a request to the server as it came.
func (f *front) ask(r *http.Request, body []byte) *httptest.ResponseRecorder {
	again := r.Clone(r.Context())
	again.Body = io.NopCloser(bytes.NewReader(body))
	w := httptest.NewRecorder()
	f.server.ServeHTTP(w, again)
	return w
}

// provoke asks the server for a row of its table.
func (f *front) provoke(xml bool) *httptest.ResponseRecorder {
	target := f.server.Target(f.listens.URL)
	key := target.Credentials[schemas.DefaultKey]
	params := []sign.Param{
		{Name: "Action", Value: "Provoke"}, {Name: "Row", Value: strconv.Itoa(f.row)}, {Name: "Version", Value: target.Request.Version},
		{Name: "AccessKeyId", Value: key.AccessKeyID}, {Name: "SignatureMethod", Value: "HMAC-SHA1"}, {Name: "SignatureVersion", Value: "1.0"},
		{Name: "SignatureNonce", Value: strconv.FormatInt(time.Now().UnixNano(), 36)}, {Name: "Timestamp", Value: time.Now().UTC().Format(time.RFC3339)},
		{Name: "Format", Value: map[bool]string{true: "XML", false: "JSON"}[xml]},
	}
	query := url.Values{}
	for _, p := range params {
		query.Set(p.Name, p.Value)
	}
	_, signature := sign.RPC("GET", params, key.AccessKeySecret)
	query.Set("Signature", signature)
	return f.ask(httptest.NewRequest("GET", "http://"+f.host()+"/?"+query.Encode(), nil), nil)
}

// answered reports what the client was answered last, and how many requests it sent.
func (f *front) answered() (*schemas.Response, int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.last, f.requests
}
