package mock

import (
	"bytes"
	"cmp"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/acsconform/acsconform/runner/metadata"
	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/schemas"
)

// product is one product of a mock.
type product struct {
	*server.Server
	actions map[string]bool
	host    string           // how the names of its hosts begin
	samples sync.Map         // of *sample by its *schemas.Operation, made when it is called first
	opened  *metadata.Opened // what its operations answer is read when they are called; nil where all was read
}

func newProduct(profile *schemas.Profile) *product {
	p := &product{Server: server.New(profile), actions: map[string]bool{}}
	for _, a := range p.Service.Actions {
		p.actions[a.Name] = true
	}
	p.host, _, _ = strings.Cut(profile.Name, "-")
	if profile.Operations != nil && profile.Operations.Product != "" {
		p.host = profile.Operations.Product
	}
	if p.host = strings.ToLower(p.host); p.host == "gateway" { // the profile's name is not the product's
		p.host = "apigateway"
	}
	return p
}

// hasHost reports whether a name is one of the product's hosts, like ecs.aliyuncs.com, ecs.cn-hangzhou.aliyuncs.com and
// ecs-cn-hangzhou.aliyuncs.com.
func (p *product) hasHost(name string) bool {
	rest, ok := strings.CutPrefix(strings.ToLower(name), p.host)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '-')
}

// ownsHost reports whether a name is one of the product's hosts at the vendor, which is served where the clients are led to
// the mock by name.
func (p *product) ownsHost(name string) bool {
	return p.hasHost(name) && strings.HasSuffix(strings.ToLower(name), ".aliyuncs.com")
}

// names lists what can be called: operations, or methods with their paths.
func (p *product) names(byPath bool) []string {
	var list []string
	for _, a := range p.Service.Actions {
		switch {
		case a.Operation == nil: // it is there for tests
		case !byPath:
			list = append(list, a.Name)
		case a.Method != "":
			list = append(list, a.Method+" "+a.Path)
		}
	}
	return list
}

// address is what of a request decides which product it is for.
type address struct{ version, action, method, path, host string }

// productFor returns the product that a request names. Its version counts most, then its action or path; the host decides
// between products that are named alike, and the order of the products what is left.
func (m *Mock) productFor(r *http.Request) *product {
	best, most := m.products[0], -1
	if len(m.products) == 1 {
		return best
	}
	a := addressOf(r)
	for _, p := range m.products {
		if n := p.fit(a); n > most {
			best, most = p, n
		}
	}
	return best
}

func (p *product) fit(a address) int {
	n := 0
	if a.version != "" && a.version == p.Service.Version {
		n += 4
	}
	if p.knows(a) {
		n += 2
	}
	if p.hasHost(a.host) {
		n++
	}
	return n
}

func (p *product) knows(a address) bool {
	if a.path == "/" || a.path == "" {
		return p.actions[a.action]
	}
	for i := range p.Service.Actions {
		if known := &p.Service.Actions[i]; known.Operation != nil && known.Method == a.method && known.Matches(a.path) {
			return true
		}
	}
	return false
}

// addressOf reads it from the query, the header, and a form where the query and the header do not say.
func addressOf(r *http.Request) address {
	query, _ := url.ParseQuery(r.URL.RawQuery) // the part that can be read
	a := address{
		version: cmp.Or(query.Get("Version"), r.Header.Get("X-Acs-Version")), action: cmp.Or(query.Get("Action"), r.Header.Get("X-Acs-Action")),
		method: r.Method, path: r.URL.EscapedPath(), host: r.Host,
	}
	if host, _, err := net.SplitHostPort(r.Host); err == nil {
		a.host = host
	}
	if (a.version == "" || a.action == "") && server.IsForm(r.Header) {
		form, _ := url.ParseQuery(string(peek(r)))
		a.version, a.action = cmp.Or(a.version, form.Get("Version")), cmp.Or(a.action, form.Get("Action"))
	}
	return a
}

// maxForm is how much of a form is looked at; a longer one is refused by every product.
const maxForm = 1 << 20

// peek returns the body of a request, which can be read again as it came: to its end, or to the fault that ends it.
func peek(r *http.Request) []byte {
	text, err := io.ReadAll(io.LimitReader(r.Body, maxForm))
	var rest io.Reader = r.Body
	if err != nil {
		rest = broken{err}
	}
	r.Body = body{io.MultiReader(bytes.NewReader(text), rest), r.Body}
	return text
}

type body struct {
	io.Reader
	io.Closer
}

type broken struct{ err error }

func (b broken) Read([]byte) (int, error) { return 0, b.err }
