// Package route finds the operation that a request calls by its method and path.
//
// Nothing about it is promised to importers; package runner says what is.
package route

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// Table lists the operations of a product that have a path of their own.
type Table []route

// route is an operation that is called by method and path.
type route struct {
	name     string
	methods  []string
	segments []string // "" stands for a parameter
}

// Of returns the table of operations.
func Of(list []schemas.Operation) Table {
	var all Table
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

// Called returns the name of the operation that a method and a path call: the one of most literal segments. It is empty
// where there is none, or more than one. An empty method may be any.
func (t Table) Called(method, path string) string {
	segments := segmentsOf(path)
	best, most := "", -1
	for _, r := range t {
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
