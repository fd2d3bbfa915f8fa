package uncovered

import (
	"net/textproto"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// candidates returns the calls that may have been signed.
func (u uncovering) candidates(c *server.Call) []*server.Call {
	var all []*server.Call
	try := func(edit func(*server.Call)) {
		before := c.Copy()
		edit(before)
		all = append(all, before)
	}
	switch u.input.Kind {
	case sign.Parameter:
		if u.how == "added" {
			try(func(before *server.Call) { withoutParam(before, u.input.Name) })
			return all
		}
		for _, value := range u.values(c, u.input.Name, c.Param(u.input.Name)) {
			try(func(before *server.Call) { setParam(before, u.input.Name, value) })
		}
	case sign.Header:
		u.headers(c, try)
	case sign.Path:
		for _, a := range append(slices.Clone(u.s.Service.Actions), server.Action{Path: "/"}) {
			try(func(before *server.Call) { before.Path = a.Path })
		}
	case sign.SignedHeaders:
		names := sign.ACS3Headers(c.Fields())
		try(func(before *server.Call) { resign(before, names) })
	default:
		for _, body := range vary.SoundBodies(u.s) {
			try(func(before *server.Call) { before.Body = body })
		}
	}
	return all
}

// headers tries the values that a header may have had. A digest is tried with the body that it is of.
func (u uncovering) headers(c *server.Call, try func(func(*server.Call))) {
	name := textproto.CanonicalMIMEHeaderKey(u.input.Name)
	digest := map[string]func([]byte) string{"Content-Md5": sign.ContentMD5, "X-Acs-Content-Sha256": sign.ContentSHA256}[name]
	if digest != nil {
		for _, body := range vary.SoundBodies(u.s) {
			try(func(before *server.Call) {
				before.Body = body
				before.Header[name] = []string{digest(body)}
			})
		}
	}
	parameter := name
	for _, names := range []map[string]string{server.ROAHeaders, server.ACS3Headers} {
		for public, header := range names {
			if header == name {
				parameter = public
			}
		}
	}
	for _, value := range u.values(c, parameter, c.Header.Get(name)) {
		try(func(before *server.Call) { before.Header[name] = []string{value} })
	}
	try(func(before *server.Call) { delete(before.Header, name) })
}

// resign writes a list of signed headers into Authorization.
func resign(c *server.Call, names []string) {
	text := c.Header.Get("Authorization")
	before, rest, listed := strings.Cut(text, "SignedHeaders=")
	_, rest, _ = strings.Cut(rest, ",")
	if !listed {
		before, rest, _ = strings.Cut(text, "Signature=")
		rest = "Signature=" + rest
	}
	c.Header.Set("Authorization", before+"SignedHeaders="+strings.Join(names, ";")+","+rest)
}

// setParam leaves one parameter of that name, with that value, where the first one was.
func setParam(c *server.Call, name, value string) {
	list := &c.Query
	if c.Style == schemas.RPC && server.IsForm(c.Header) {
		list = &c.Form
	}
	withoutParam(c, name)
	*list = append(*list, sign.Param{Name: name, Value: value})
}

func withoutParam(c *server.Call, name string) {
	is := func(p sign.Param) bool { return p.Name == name }
	c.Query, c.Form = slices.DeleteFunc(c.Query, is), slices.DeleteFunc(c.Form, is)
}
