package lint

import (
	"strings"

	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/runner/lint/route"
	"github.com/acsconform/acsconform/schemas"
)

// maxKnownCalls is how many hosts, versions and actions a worker remembers the product of.
const maxKnownCalls = 10_000

// products find the product that an answer belongs to. They are for one goroutine.
type products struct {
	list   []product
	named  map[string]*product // by the name of the profile
	known  map[string]*product // by host, version and action; nil where it belongs to no product
	routed bool                // one of them has operations that are called by path
	called map[string][]byte   // the action by host, version, method and URL; empty where none fits
	key    []byte
}

// product is one product version, with what its traffic is known by.
type product struct {
	profile *schemas.Profile
	host    string          // the first label of its hosts
	version string          // empty where the profile does not say
	actions map[string]bool // true: a result has a published type; nil where nothing is published of them
	routes  route.Table
}

// newProducts returns nil where there are none.
func newProducts(profiles []*schemas.Profile) *products {
	if len(profiles) == 0 {
		return nil
	}
	g := &products{named: map[string]*product{}, known: map[string]*product{}, called: map[string][]byte{}}
	for _, p := range profiles {
		g.list = append(g.list, productOf(p))
	}
	for i := range g.list {
		g.named[g.list[i].profile.Name] = &g.list[i]
		g.routed = g.routed || len(g.list[i].routes) > 0
	}
	return g
}

func productOf(p *schemas.Profile) product {
	one := product{profile: p, host: p.Name, version: p.Request.Version}
	if o := p.Operations; o != nil {
		one.host, one.version, one.actions = o.Product, o.Version, map[string]bool{}
		for _, op := range o.List {
			one.actions[op.Name] = op.Result != nil
		}
		one.routes = route.Of(o.List)
	}
	one.host = strings.ToLower(one.host)
	return one
}

// of returns the product that a call belongs to; nil where that is not sure.
func (g *products) of(host, version, action []byte) *product {
	g.key = append(append(append(append(append(g.key[:0], host...), 0), version...), 0), action...)
	if p, ok := g.known[string(g.key)]; ok {
		return p
	}
	if len(g.known) >= maxKnownCalls {
		clear(g.known)
	}
	p := g.find(strings.ToLower(string(host)), string(version), string(action))
	g.known[string(g.key)] = p
	return p
}

// sign is what one trait of a call says of the product: nothing, or that it is this one, or that it is another.
type sign int

const (
	silent sign = iota
	agrees
	differs
)

// find takes the one product for which most signs speak, and none against it. Where two are as likely it takes none: to
// judge an answer by the table of another product would be worse than to judge it by what holds for all.
func (g *products) find(host, version, action string) *product {
	var best *product
	most, unsure := 0, false
	addressed := g.addressed(host)
	for i := range g.list {
		p := &g.list[i]
		switch n := p.signs(g.saysHost(host, addressed, p), version, action); {
		case n > most:
			best, most, unsure = p, n, false
		case n == most:
			unsure = true
		}
	}
	if unsure {
		return nil
	}
	return best
}

// signs counts the signs for a product; 0 where they do not suffice. A host and a version are enough together, and each of
// them is with an action that is not another's: the list of actions may be older than the traffic.
func (p *product) signs(host sign, version, action string) int {
	dated, called := silent, silent
	switch {
	case version == "" || p.version == "":
	case version == p.version:
		dated = agrees
	default:
		dated = differs
	}
	if _, has := p.actions[action]; has {
		called = agrees
	} else if action != "" && p.actions != nil {
		called = differs
	}
	n := 0
	for _, s := range []sign{host, dated, called} {
		if s == agrees {
			n++
		}
	}
	switch {
	case host == differs, dated == differs:
		return 0
	case host == agrees && (dated == agrees || called != differs), dated == agrees && called == agrees:
		return n
	}
	return 0
}

// addressed returns the longest name of a product that the first label of a host is, or begins with: ecs.cn-hangzhou and
// ecs-cn-hangzhou are hosts of ecs.
func (g *products) addressed(host string) string {
	label, _, _ := strings.Cut(host, ".")
	longest := ""
	for i := range g.list {
		if name := g.list[i].host; len(name) > len(longest) && (label == name || strings.HasPrefix(label, name+"-")) {
			longest = name
		}
	}
	return longest
}

// saysHost reports what the host says of a product. A public host names its product; any other may serve several.
func (g *products) saysHost(host, addressed string, p *product) sign {
	switch {
	case addressed == p.host:
		return agrees
	case addressed != "", strings.HasSuffix(host, ".aliyuncs.com"):
		return differs
	}
	return silent
}

// typed reports a success of an operation whose result has a published type.
func (g *products) typed(j *judging, action []byte, status int) bool {
	if g == nil || status/100 != 2 {
		return false
	}
	p := g.named[j.profile.Name]
	return p != nil && p.actions[string(action)]
}

// profileOf returns the judge for a record that was picked; nil where there is none.
func (w *worker) profileOf(p *input.Picked) *known {
	return w.chosen(p.Profile, p.Host, p.Version, p.Action)
}

// profileFor returns the judge for an exchange; nil where there is none.
func (w *worker) profileFor(x *schemas.Exchange) *known {
	version := ""
	if w.goods != nil {
		version = input.VersionOf(x)
	}
	return w.chosen([]byte(x.Intent.Profile), []byte(x.Intent.Host), []byte(version), []byte(x.Intent.Action))
}

// chosen returns the judge for the profile that a record names, for the product that it belongs to, or else for all others.
func (w *worker) chosen(name, host, version, action []byte) *known {
	if w.goods == nil || len(name) > 0 && w.judges.knows(string(name)) {
		return w.profile(name)
	}
	if p := w.goods.of(host, version, action); p != nil {
		return w.profile([]byte(p.profile.Name))
	}
	return w.profile(nil)
}

func statusOf(x *schemas.Exchange) int {
	if x.Response == nil {
		return 0
	}
	return x.Response.Status
}
