package reference

import (
	"maps"
	"net/textproto"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// copied returns a call that may be changed without changing the other.
func (c *call) copied() *call {
	of := *c
	of.query, of.form, of.header, of.broken = slices.Clone(c.query), slices.Clone(c.form), c.header.Clone(), nil
	return &of
}

// candidates returns the calls that may have been signed.
func (u uncovering) candidates(c *call) []*call {
	var all []*call
	try := func(edit func(*call)) {
		before := c.copied()
		edit(before)
		all = append(all, before)
	}
	switch u.input.Kind {
	case sign.Parameter:
		if u.how == "added" {
			try(func(before *call) { before.withoutParam(u.input.Name) })
			return all
		}
		for _, value := range u.values(c, u.input.Name, c.own(u.input.Name)) {
			try(func(before *call) { before.setParam(u.input.Name, value) })
		}
	case sign.Header:
		u.headers(c, try)
	case sign.Path:
		for _, a := range append(slices.Clone(u.s.service.actions), action{path: "/"}) {
			try(func(before *call) { before.path = a.path })
		}
	case sign.SignedHeaders:
		names := sign.ACS3Headers(c.fields())
		try(func(before *call) { before.resign(names) })
	default:
		for _, body := range u.s.bodies() {
			try(func(before *call) { before.body = body })
		}
	}
	return all
}

// bodies are those of sound calls.
func (s *Server) bodies() [][]byte {
	var form []string
	for _, name := range slices.Sorted(maps.Keys(s.service.sound.Params)) {
		form = append(form, name+"="+sign.PercentEncode(s.service.sound.Params[name]))
	}
	return [][]byte{[]byte(`{"a":1}`), []byte(strings.Join(form, "&")), nil}
}

// headers tries the values that a header may have had. A digest is tried with the body that it is of.
func (u uncovering) headers(c *call, try func(func(*call))) {
	name := textproto.CanonicalMIMEHeaderKey(u.input.Name)
	digest := map[string]func([]byte) string{"Content-Md5": sign.ContentMD5, "X-Acs-Content-Sha256": sign.ContentSHA256}[name]
	if digest != nil {
		for _, body := range u.s.bodies() {
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
func (c *call) resign(names []string) {
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
func (c *call) setParam(name, value string) {
	list := &c.query
	if c.style == schemas.RPC && isForm(c.header) {
		list = &c.form
	}
	c.withoutParam(name)
	*list = append(*list, sign.Param{Name: name, Value: value})
}

func (c *call) withoutParam(name string) {
	is := func(p sign.Param) bool { return p.Name == name }
	c.query, c.form = slices.DeleteFunc(c.query, is), slices.DeleteFunc(c.form, is)
}
