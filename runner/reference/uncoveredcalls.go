package reference

import (
	"net/textproto"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// candidates returns the calls that may have been signed.
func (u uncovering) candidates(c *call) []*call {
	var all []*call
	try := func(edit func(*call)) {
		before := c.Copy()
		edit(before)
		all = append(all, before)
	}
	switch u.input.Kind {
	case sign.Parameter:
		if u.how == "added" {
			try(func(before *call) { withoutParam(before, u.input.Name) })
			return all
		}
		for _, value := range u.values(c, u.input.Name, c.Param(u.input.Name)) {
			try(func(before *call) { setParam(before, u.input.Name, value) })
		}
	case sign.Header:
		u.headers(c, try)
	case sign.Path:
		for _, a := range append(slices.Clone(u.s.service.actions), action{path: "/"}) {
			try(func(before *call) { before.path = a.path })
		}
	case sign.SignedHeaders:
		names := sign.ACS3Headers(c.fields())
		try(func(before *call) { resign(before, names) })
	default:
		for _, body := range SoundBodies(u.s) {
			try(func(before *call) { before.body = body })
		}
	}
	return all
}

// headers tries the values that a header may have had. A digest is tried with the body that it is of.
func (u uncovering) headers(c *call, try func(func(*call))) {
	name := textproto.CanonicalMIMEHeaderKey(u.input.Name)
	digest := map[string]func([]byte) string{"Content-Md5": sign.ContentMD5, "X-Acs-Content-Sha256": sign.ContentSHA256}[name]
	if digest != nil {
		for _, body := range SoundBodies(u.s) {
			try(func(before *call) {
				before.body = body
				before.header[name] = []string{digest(body)}
			})
		}
	}
	parameter := name
	for _, names := range []map[string]string{roaHeaders, acs3Headers} {
		for public, header := range names {
			if header == name {
				parameter = public
			}
		}
	}
	for _, value := range u.values(c, parameter, c.header.Get(name)) {
		try(func(before *call) { before.header[name] = []string{value} })
	}
	try(func(before *call) { delete(before.header, name) })
}

// resign writes a list of signed headers into Authorization.
func resign(c *call, names []string) {
	text := c.header.Get("Authorization")
	before, rest, listed := strings.Cut(text, "SignedHeaders=")
	_, rest, _ = strings.Cut(rest, ",")
	if !listed {
		before, rest, _ = strings.Cut(text, "Signature=")
		rest = "Signature=" + rest
	}
	c.header.Set("Authorization", before+"SignedHeaders="+strings.Join(names, ";")+","+rest)
}

// setParam leaves one parameter of that name, with that value, where the first one was.
func setParam(c *call, name, value string) {
	list := &c.query
	if c.style == schemas.RPC && isForm(c.header) {
		list = &c.form
	}
	withoutParam(c, name)
	*list = append(*list, sign.Param{Name: name, Value: value})
}

func withoutParam(c *call, name string) {
	is := func(p sign.Param) bool { return p.Name == name }
	c.query, c.form = slices.DeleteFunc(c.query, is), slices.DeleteFunc(c.form, is)
}
