package mock

import (
	"crypto/tls"
	"fmt"
	"net/http"
	"slices"
	"sync"

	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/runner/metadata"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/mock/script"
	"github.com/acsconform/acsconform/runner/reference/wire"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/file"
)

// Mock answers for several products. It is safe for concurrent use.
type Mock struct {
	products []*product
	log      func(line string)
	language lang.Language // of the page
	once     sync.Map      // the lines that are logged once
	source   *script.Source
	recorded *script.Script // where that is all there is
	journal  journal
}

// ofKeys are what is refused of a call without a key, which no call has to have whose operation is published as called
// without one.
var ofKeys = []schemas.Condition{
	server.Missing("AccessKeyId"), server.Missing("Signature"), server.Missing("SignatureMethod"), server.Missing("SignatureVersion"), server.Missing("SignatureNonce"),
	server.UnknownAccessKey, server.UnknownSignatureMethod, server.STSWithoutToken, server.SignatureNotBase64, server.WrongSignature,
}

// New returns the mock of the products that the profiles describe; there is at least one. What a person should know of an
// answer goes to log, a line a call, from several goroutines at once.
func New(profiles []*schemas.Profile, log func(line string), opts ...reference.Option) *Mock {
	m := &Mock{log: log}
	for _, profile := range profiles {
		p := newProduct(profile)
		for _, opt := range opts {
			opt(p.Server)
		}
		p.ResultOf = func(c *server.Call) map[string]any { return m.result(p, c) }
		p.OnReply = append(p.OnReply, func(c *server.Call, r *server.Reply) { m.nameNearest(p, c, r) })
		p.Exemptions = append(p.Exemptions, func(c *server.Call, f *server.Fault) bool {
			return f.Condition == server.UnknownHost && p.ownsHost(c.Host)
		})
		p.Exemptions = append(p.Exemptions, func(c *server.Call, f *server.Fault) bool {
			o := p.OperationOf(c)
			return o != nil && o.Unsigned && slices.Contains(ofKeys, f.Condition)
		})
		m.scripted(p)
		m.record(p)
		m.products = append(m.products, p)
	}
	return m
}

// In shows the page of the mock in a language, and returns the mock. What it answers to calls has none.
func (m *Mock) In(language lang.Language) *Mock {
	m.language = language
	return m
}

// Opened makes the product that is opened answer by it. It is called before the mock answers its first call, or reads a file.
func (m *Mock) Opened(of *metadata.Opened) {
	for _, p := range m.products {
		if p.Profile.Operations != of.Operations {
			continue
		}
		p.opened = of
		for i := range p.Service.Actions {
			if a := &p.Service.Actions[i]; a.Operation != nil {
				a.Published = sync.OnceValue(func() *schemas.Operation { return of.Whole(a.Operation) })
			}
		}
	}
}

// ServeHTTP answers any request in the envelope of the product that it is for.
func (m *Mock) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !m.serveTests(w, r) {
		m.productFor(r).ServeHTTP(w, r)
	}
}

// Start listens on the address (port 0 takes a free one) for plain HTTP and for TLS. What is no request is refused by the
// first product.
func (m *Mock) Start(addr string, secure *tls.Config) (*wire.Listening, error) {
	h := m.products[0].Handler()
	h.Handler = m
	return wire.StartBoth(addr, h, secure)
}

// Target returns the whole target file of the first product at that URL, in the first style of its profile.
func (m *Mock) Target(url string) *schemas.Target { return m.products[0].Target(url) }

// Products names the products as their hosts begin, like ecs.
func (m *Mock) Products() []string {
	var names []string
	for _, p := range m.products {
		names = append(names, p.host)
	}
	return names
}

// Sampled returns how many operations have a published sample, and how many there are.
func (m *Mock) Sampled() (sampled, all int) {
	for _, p := range m.products {
		if p.Profile.Operations == nil {
			continue
		}
		all += len(p.Profile.Operations.List)
		if p.opened != nil {
			sampled += p.opened.Sampled()
			continue
		}
		for i := range p.Profile.Operations.List {
			if len(p.Profile.Operations.List[i].Sample) > 0 {
				sampled++
			}
		}
	}
	return sampled, all
}

// result returns what an operation answers this call with.
func (m *Mock) result(p *product, c *server.Call) map[string]any {
	o := c.Action.Published()
	made, ok := p.samples.Load(o)
	if !ok {
		object := server.PublishedResult(c)
		if object == nil {
			object = least(p.Profile.Operations.Definitions, o.Result)
			m.logOnce("%s of %s has no published sample, so it answers with the least form of its type", o.Name, p.Profile.Name)
		}
		made, _ = p.samples.LoadOrStore(o, newSample(object))
	}
	return made.(*sample).to(parametersOf(c))
}

// nameNearest logs a call of no operation, with the names that are nearest to it.
func (m *Mock) nameNearest(p *product, c *server.Call, r *server.Reply) {
	if p.Profile.Operations == nil || r.Fault == nil || r.Fault.Condition != server.UnknownAction {
		return
	}
	name := c.Value("Action")
	if c.ByPath() {
		name = c.Method + " " + c.Path
	}
	if !c.ByPath() && p.actions[name] {
		m.log(fmt.Sprintf("%s of %s is called by its name at /, and not at %.120q", name, p.Profile.Name, c.Path))
		return
	}
	line := fmt.Sprintf("%.120q is no operation of %s", name, p.Profile.Name)
	if near := file.Nearest(name, p.names(c.ByPath())); near != "" {
		line += "; did you mean " + near + "?"
	}
	m.log(line)
}

func (m *Mock) logOnce(format string, args ...any) {
	line := fmt.Sprintf(format, args...)
	if _, logged := m.once.LoadOrStore(line, true); !logged {
		m.log(line)
	}
}
