package hostile

import (
	"net"
	"net/http"
	"strings"
)

// A Target is one server that behaves badly.
type Target struct {
	Name string
	Says string // finishes the sentence "a server that …"
	TLS  bool   // speaks TLS, with a certificate that nobody should trust

	act  func(net.Conn)           // what comes instead of an answer; the connection is closed after it
	rare int                      // of so many requests one is met by act, the others by the right server; 0: see When
	well bool                     // behind its certificate it is the right server
	also func(*http.Request) bool // what it behaves badly on too, be it served or not
}

// When describes which requests a target behaves badly on.
type When string

// The two manners.
const (
	Always  When = "always"
	Refused When = "refused" // on what the right server does not serve; what it serves goes out as it is
)

// Targets lists them. One with resets only now and then behaves alike in both manners.
func Targets() []Target {
	return append(sizes(), []Target{
		{Name: "silence", Says: "takes requests and never answers", act: silence},
		{Name: "a-byte-a-second", Says: "answers at a byte a second", act: drip},
		{Name: "immediate-reset", Says: "resets every connection", act: reset},
		{Name: "half-closed", Says: "stops in the middle of the body and keeps the connection half open", act: halfClose},
		{Name: "garbage", Says: "answers with bytes that are no HTTP", act: garbage},
		{Name: "endless-headers", Says: "never ends its header", act: endlessHeaders},
		{Name: "endless-interim", Says: "answers 103 Early Hints for ever", act: endlessInterim},
		{Name: "endless-body", Says: "never ends its body", act: endlessBody},
		{Name: "gzip-bomb", Says: "answers with a gigabyte of zeros, packed into one megabyte", act: gzipBomb(), also: unpacks},
		{Name: "two-lengths", Says: "sends two Content-Lengths that differ", act: twoLengths},
		{Name: "redirect-loop", Says: "redirects every request to itself", act: redirectLoop},
		{Name: "deep-json", Says: "answers with JSON that is nested half a million deep", act: answers(asJSON, deepJSON)},
		{Name: "deep-xml", Says: "answers with XML that is nested a hundred thousand deep", act: answers(asXML, deepXML)},
		{Name: "entity-bomb", Says: "answers with XML whose entities unfold to a billion words", act: answers(asXML, entityBomb)},
		{Name: "10000-members", Says: "answers with an error of ten thousand members", act: answers(asJSON, manyMembers)},
		{Name: "terminal-escapes", Says: "puts escape sequences and script tags into Code, HostId and Message", act: answers(asJSON+scriptHeader, evilWords)},
		{Name: "escapes-in-header", Says: "puts escape sequences into a header", act: answers(asJSON+evilHeader, evilWords)},
		{Name: "bad-certificate", Says: "shows a certificate of another host that ran out, signed by nobody", TLS: true, well: true, act: reset},
		{Name: "1-percent-resets", Says: "resets one request in a hundred", act: reset, rare: 100},
	}...)
}

// unpacks reports a client that says it can unpack gzip.
func unpacks(r *http.Request) bool { return strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") }
