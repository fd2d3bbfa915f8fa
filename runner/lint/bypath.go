package lint

import (
	"bytes"

	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/schemas"
)

// byPath reports whether the action of a call may have to be found by its path.
func (g *products) byPath(action []byte) bool { return g != nil && g.routed && len(action) == 0 }

// name finds out by method and path which action an exchange calls, where nothing in it names one.
func (g *products) name(x *schemas.Exchange) {
	if !g.byPath([]byte(x.Intent.Action)) {
		return
	}
	method, path := input.Called(x)
	x.Intent.Action = g.routedTo(method, path, []byte(x.Intent.Host), []byte(input.VersionOf(x)))
}

// namePicked does the same for a record that was picked, and remembers it.
func (g *products) namePicked(p *input.Picked) {
	if !g.byPath(p.Action) {
		return
	}
	url := p.URL
	if i := bytes.IndexByte(url, '?'); i >= 0 && !bytes.ContainsRune(url, ' ') { // with a blank it may be a request line
		url = url[:i+1]
	}
	g.key = g.key[:0]
	for _, part := range [][]byte{p.Host, p.Version, p.Method, url} {
		g.key = append(append(g.key, part...), 0)
	}
	if action, ok := g.called[string(g.key)]; ok {
		p.Action = action
		return
	}
	if len(g.called) >= maxKnownCalls {
		clear(g.called)
	}
	key := string(g.key) // finding the action writes over it
	method, path := p.Called()
	p.Action = []byte(g.routedTo(method, path, p.Host, p.Version))
	g.called[key] = p.Action
}

// routedTo returns the action that a method and a path call at a host; empty where none does, or several do.
func (g *products) routedTo(method, path string, host, version []byte) (named string) {
	for i := range g.list {
		p := &g.list[i]
		action := p.routes.Called(method, path)
		if action == "" || g.of(host, version, []byte(action)) != p {
			continue
		}
		if named != "" && named != action {
			return ""
		}
		named = action
	}
	return named
}
