// Package clients calls a server through the official SDKs, each as its own manual says, and tells what their caller
// gets to see of the answer.
package clients

import (
	"fmt"
	"net/http"
	"runtime"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// A Call is what a client is to do, in the words that all SDKs have.
type Call struct {
	Host            string // host and port; the scheme is http
	Action, Version string
	Path            string // of style roa, beside the method GET
	Params          map[string]string
	Key             schemas.Credential
	Post            bool // the parameters go into the form body
	XML             bool // ask for XML, where the SDK can
	Bare            bool // send what the SDK sends by itself, though the document asks for more
	Retry           bool // switch on what the SDK has in the way of trying again after throttling or a server's failure

	// Transport, when set, answers instead of the network. The SDKs for Node take none.
	Transport http.RoundTripper
}

// A Client is one way to call a server through an official SDK.
type Client struct {
	Name     string
	Module   string // the module or package, as it is pinned
	Style    schemas.Style
	Profiles []string // the services that it is made for; any service when empty
	Posts    bool     // it can be told to send a form
	AsksXML  bool     // it can be told to ask for XML
	Renames  bool     // it can call any action and version
	Repeats  bool     // when it tries again it sends the nonce that the caller gave it, for it makes none itself
	Call     func(Call) schemas.Reading
}

// Do calls the server. A panic of the SDK is caught and told.
func (c Client) Do(call Call) (r schemas.Reading) {
	defer func() {
		if p := recover(); p != nil {
			r = schemas.Reading{Failed: true, Panicked: true, Fault: oneLine(fmt.Sprint(p))}
			if err, ok := p.(runtime.Error); ok {
				r.Fault = oneLine(err.Error())
			}
		}
		r.SDK = c.Name
	}()
	return c.Call(call)
}

// method returns the HTTP method of a call.
func (c Call) method() string {
	if c.Post {
		return http.MethodPost
	}
	return http.MethodGet
}

// stumbled returns the reading of an SDK whose call failed with an error of the SDK itself, in place of one that the server answered.
func stumbled(err error) schemas.Reading {
	return schemas.Reading{Failed: true, Fault: oneLine(err.Error())}
}

// oneLine keeps the first line of a text that says anything.
func oneLine(text string) string {
	const most = 160
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + "…"
	}
	return text
}
