package lint

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/schemas"
)

// route is an operation that is called by method and path.
type route struct {
	name     string
	methods  []string
	segments []string // "" stands for a parameter
}

// routesOf returns the operations that have a path of their own.
func routesOf(list []schemas.Operation) []route {
	var all []route
	for _, op := range list {
		if strings.Trim(op.Path, "/") == "" {
			continue
		}
		r := route{name: op.Name, methods: op.Methods, segments: segmentsOf(op.Path)}
		for i, s := range r.segments {
			if strings.ContainsAny(s, "{[") {
				r.segments[i] = ""
			}
		}
		all = append(all, r)
	}
	return all
}

func segmentsOf(path string) []string { return strings.Split(strings.Trim(path, "/"), "/") }

// called returns the operation that a method and a path call: the one of most literal segments. It is empty where there is
// none, or more than one.
func (p *product) called(method string, segments []string) string {
	best, most := "", -1
	for _, r := range p.routes {
		n, ok := r.matches(method, segments)
		switch {
		case !ok || n < most:
		case n == most:
			best = ""
		default:
			best, most = r.name, n
		}
	}
	return best
}

// matches returns how many segments are literal.
func (r route) matches(method string, segments []string) (literal int, ok bool) {
	if len(segments) != len(r.segments) || method != "" && len(r.methods) > 0 && !slices.Contains(r.methods, method) {
		return 0, false
	}
	for i, s := range r.segments {
		switch s {
		case "":
		case segments[i]:
			literal++
		default:
			return 0, false
		}
	}
	return literal, true
}

// byPath reports whether the action of a call may have to be found by its path.
func (g *products) byPath(action []byte) bool { return g != nil && g.routed && len(action) == 0 }

// name finds out by method and path which action an exchange calls, where nothing in it names one. It reports whether it
// did.
func (g *products) name(x *schemas.Exchange) bool {
	if !g.byPath([]byte(x.Intent.Action)) {
		return false
	}
	method, path := input.Called(x)
	segments, version := segmentsOf(path), input.VersionOf(x)
	named := ""
	for i := range g.list {
		p := &g.list[i]
		action := p.called(method, segments)
		if action == "" || g.of([]byte(x.Intent.Host), []byte(version), []byte(action)) != p {
			continue
		}
		if named != "" && named != action {
			return false
		}
		named = action
	}
	x.Intent.Action = named
	return named != ""
}
