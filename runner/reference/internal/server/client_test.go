package server

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/reference/wire"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

var profileNames = fixtures.Names()

func profileOf(t testing.TB, name string) *schemas.Profile {
	t.Helper()
	p, err := fixtures.Profile(name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func start(t testing.TB, s *Server) *wire.Listening {
	t.Helper()
	l, err := s.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// ask is a request of style rpc in the making, by the parameters' names.
type ask struct {
	server  *Server
	method  string
	path    string
	host    string
	params  url.Values
	header  http.Header
	secret  string
	skipped []string // not sent, though signed
	unsaid  bool     // the signature given is kept
}

// sound returns the sound request of the server's target, unsigned.
func sound(s *Server) *ask {
	k := Keys[schemas.DefaultKey]
	a := &ask{server: s, method: "GET", path: "/", params: url.Values{}, header: http.Header{}, secret: k.AccessKeySecret}
	r := s.Target("http://127.0.0.1").Request
	for name, value := range r.Params {
		a.params.Set(name, value)
	}
	for name, value := range map[string]string{
		"Action": r.Action, "Version": r.Version, "AccessKeyId": k.AccessKeyID, "SignatureMethod": "HMAC-SHA1",
		"SignatureVersion": "1.0", "SignatureNonce": NewUUID(), "Timestamp": s.Now().UTC().Format(ISOTime),
	} {
		a.params.Set(name, value)
	}
	return a
}

func (a *ask) set(name, value string) *ask { a.params.Set(name, value); return a }
func (a *ask) by(method string) *ask       { a.method = method; return a }
func (a *ask) drop(name string) *ask       { a.params.Del(name); return a }

func (a *ask) as(name string) *ask {
	k := Keys[name]
	a.secret = k.AccessKeySecret
	a.set("AccessKeyId", k.AccessKeyID)
	if k.SecurityToken != "" {
		a.set("SecurityToken", k.SecurityToken)
	}
	return a
}

func (a *ask) list() []sign.Param {
	var list []sign.Param
	for name, values := range a.params {
		for _, value := range values {
			list = append(list, sign.Param{Name: name, Value: value})
		}
	}
	return list
}

// request signs it and makes it a request.
func (a *ask) request(base string) *http.Request {
	if !a.unsaid {
		_, signature := sign.RPC(a.method, a.list(), a.secret)
		a.set("Signature", signature)
	}
	for _, name := range a.skipped {
		a.drop(name)
	}
	target, body := base+a.path+"?"+a.params.Encode(), io.Reader(nil)
	if a.method == "POST" {
		target, body = base+a.path, strings.NewReader(a.params.Encode())
		a.header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r, err := http.NewRequest(a.method, target, body)
	if err != nil {
		panic(err)
	}
	r.Header, r.Host = a.header, a.host
	if a.host == "" {
		r.Host = "127.0.0.1:8080"
	}
	return r
}

// serve hands it to the server without a network.
func (a *ask) serve() answer {
	return serveRequest(a.server, a.request(""))
}

// answer is a response opened.
type answer struct {
	status  int
	header  http.Header
	body    string
	root    string
	members map[string]string
}

func (a answer) code() string { return a.members["Code"] }

func answerOf(r *http.Response) answer {
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	a := answer{status: r.StatusCode, header: r.Header, body: string(body), members: map[string]string{}}
	if err != nil {
		a.body = err.Error()
		return a
	}
	if strings.HasPrefix(a.body, "<") {
		a.openXML()
		return a
	}
	var object map[string]any
	if json.Unmarshal(body, &object) == nil {
		for name, value := range object {
			text, _ := json.Marshal(value)
			a.members[name] = strings.Trim(string(text), `"`)
			if plain, ok := value.(string); ok {
				a.members[name] = plain
			}
		}
	}
	return a
}

func (a *answer) openXML() {
	var tree struct {
		XMLName xml.Name
		Nodes   []struct {
			XMLName xml.Name
			Text    string `xml:",chardata"`
		} `xml:",any"`
	}
	if xml.Unmarshal([]byte(a.body), &tree) == nil {
		a.root = tree.XMLName.Local
		for _, n := range tree.Nodes {
			a.members[n.XMLName.Local] = n.Text
		}
	}
}

// fits checks that an answer is an envelope of the profile: a refusal with one of its rows, or a success.
func fits(t *testing.T, p *schemas.Profile, a answer) {
	t.Helper()
	if a.members["RequestId"] == "" || a.members["RequestId"] != a.header.Get("X-Acs-Request-Id") {
		t.Errorf("request id %q, header %q, body %s", a.members["RequestId"], a.header.Get("X-Acs-Request-Id"), a.body)
	}
	if strings.Contains(a.body, "\n") {
		t.Errorf("line breaks in %q", a.body)
	}
	if a.status < 300 {
		return
	}
	for _, name := range p.Envelope.Mandatory {
		if a.members[name] == "" {
			t.Errorf("no %s in %d %s", name, a.status, a.body)
		}
	}
	if placeholder.MatchString(a.body) || placeholder.MatchString(a.members["Message"]) {
		t.Errorf("placeholder left in %s", a.body)
	}
	if !slices.ContainsFunc(p.Codes, func(r schemas.Row) bool {
		family, _, _ := strings.Cut(r.Code, "{")
		return r.Status.Holds(a.status) && (r.Code == a.code() || family != r.Code && strings.HasPrefix(a.code(), family))
	}) {
		t.Errorf("no row for %d %s", a.status, a.code())
	}
}

func at(offset time.Duration) string { return time.Now().UTC().Add(offset).Format(ISOTime) }

// serveRequest hands a client's request to the server as net/http would.
func serveRequest(s *Server, r *http.Request) answer {
	if r.RequestURI == "" {
		r.RequestURI = r.URL.RequestURI()
	}
	if r.Body == nil {
		r.Body = http.NoBody
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return answerOf(w.Result())
}
