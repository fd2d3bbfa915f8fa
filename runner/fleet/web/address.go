package web

import (
	"fmt"
	"net/url"
	"slices"
)

// link makes the address of a page: a path, and names with their values. A language that was chosen is kept.
func (s speech) link(path string, pairs ...any) string {
	address := link(path, pairs...)
	if s.chosen {
		if address[len(address)-1] != '?' {
			address += "&"
		}
		address += "lang=" + string(s.Language)
	}
	return address
}

func link(path string, pairs ...any) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if value := fmt.Sprint(pairs[i+1]); value != "" {
			q.Set(fmt.Sprint(pairs[i]), value)
		}
	}
	return path + "?" + q.Encode()
}

// address is the address that was asked for; from it, links lead to its neighbours.
type address struct{ url *url.URL }

// With is the address with another value of a name, on the first page unless the name is page or lang.
func (a address) With(name string, value any) string {
	q := a.url.Query()
	q.Set(name, fmt.Sprint(value))
	if name != "page" && name != "lang" {
		q.Del("page")
	}
	return "?" + q.Encode()
}

// Without is the address without a label, or without all values of another name.
func (a address) Without(name, value string) string {
	q := a.url.Query()
	kept := slices.DeleteFunc(q[name], func(v string) bool { return value == "" || v == value })
	q.Del("page")
	if q[name] = kept; len(kept) == 0 {
		q.Del(name)
	}
	return "?" + q.Encode()
}

// Plus is the address with one more label.
func (a address) Plus(name, value string) string {
	q := a.url.Query()
	if word := name + "=" + value; !slices.Contains(q["label"], word) {
		q.Add("label", word)
	}
	q.Del("page")
	return "?" + q.Encode()
}

// Table is the address of the same targets as a table.
func (a address) Table(round int64) string {
	q := a.url.Query()
	q.Del("page")
	q.Del("lang")
	q.Set("round", fmt.Sprint(round))
	return "/matrix.csv?" + q.Encode()
}
