package suites

import (
	"slices"
	"time"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// A Draft is a request in the making, in the words of the convention rather than of the wire: Public holds the
// public parameters under their RPC names whatever the style, Own the action's own. [Draft.request] lays it out.
type Draft struct {
	Style  schemas.Style
	Origin string // scheme and authority of the target, "http://127.0.0.1:8080"
	Path   string // "/" in rpc
	Method string
	Public []sign.Param
	Own    []sign.Param
	Form   []sign.Param // sent in a form body beside whatever the method says; never signed
	Header schemas.Header
	Body   []byte // of roa and acs3, and of raw cases; rpc makes its own

	Key          schemas.Credential
	Now          time.Time
	Nonce        string
	SignedMethod string // the method that is signed, when it is not Method
	Setting      Setting

	unchanged []sign.Param             // the parameters of the sound request
	derived   bool                     // the nonce is made of that of the case's first step
	algorithm *sign.Algorithm          // it is signed by, in the place of the style's own
	keyed     schemas.Style            // with algorithm: the style whose key it is signed with, where that is another one
	madeUp    bool                     // the key is made up for want of a real one
	bodied    bool                     // the call has a body of its own, so that its parameters travel in the query
	noAccept  bool                     // of roa: without the Accept that the sound request has
	after     []func(*schemas.Request) // last edits, on the request as laid out
}

// Setting is what a change may know of the case it is in.
type Setting struct {
	Target   *schemas.Target
	Other    schemas.SoundRequest // that of limits.throttle
	First    string               // the nonce of the case's first step
	RunFirst string               // that of the run's first request
	Formats  []schemas.Format     // of the profile
	Methods  []string             // of the profile
	Default  schemas.Format       // of them, the one of an answer to a request that asks for none
	Window   time.Duration        // the clock window either side
	Seed     string               // differs from case to case and from try to try
}

// Timestamp layouts of the styles.
const (
	isoTime  = "2006-01-02T15:04:05Z"
	httpTime = "Mon, 02 Jan 2006 15:04:05 GMT"
)

// get returns a public or own parameter.
func (d *Draft) get(name string) string {
	for _, list := range [][]sign.Param{d.Public, d.Own} {
		if i := find(list, name); i >= 0 {
			return list[i].Value
		}
	}
	return ""
}

// set replaces the parameter where it is, or adds it: to Public when it is a public one, else to Own.
func (d *Draft) set(name, value string) {
	for _, list := range []*[]sign.Param{&d.Public, &d.Own} {
		if i := find(*list, name); i >= 0 {
			(*list)[i].Value = value
			return
		}
	}
	d.add(name, value)
}

// add appends the parameter, also when there is one of that name already.
func (d *Draft) add(name, value string) {
	if slices.Contains(publicNames, name) {
		d.Public = append(d.Public, sign.Param{Name: name, Value: value})
		return
	}
	d.Own = append(d.Own, sign.Param{Name: name, Value: value})
}

// drop removes every parameter of that name.
func (d *Draft) drop(name string) {
	same := func(p sign.Param) bool { return p.Name == name }
	d.Public = slices.DeleteFunc(d.Public, same)
	d.Own = slices.DeleteFunc(d.Own, same)
}

func find(list []sign.Param, name string) int {
	return slices.IndexFunc(list, func(p sign.Param) bool { return p.Name == name })
}

// publicNames are the public parameters, in the order they are laid out.
var publicNames = []string{
	"Action", "Version", "Format", "AccessKeyId", "SignatureMethod", "SignatureVersion", "SignatureNonce",
	"Timestamp", "SecurityToken", "Signature",
}
