package schemas

import (
	"fmt"
	"strings"
	"time"
)

// Format names the two forms an envelope is written in. The empty Format stands for "none asked for".
type Format string

// The two formats of the convention, spelt as the Format parameter spells them.
const (
	JSON Format = "JSON"
	XML  Format = "XML"
)

// Style is how the public parameters and the signature travel.
type Style string

// The three request styles.
const (
	RPC  Style = "rpc"  // query or form parameters, HMAC-SHA1
	ROA  Style = "roa"  // headers, Authorization: acs …, HMAC-SHA1
	ACS3 Style = "acs3" // headers, Authorization: ACS3-HMAC-SHA256 …
)

// Condition names what was made wrong in a request: a row of the published table of conditions, in kebab case.
// Sound and the empty Condition are the two special ones: a request with nothing wrong, and one of which nothing
// is known (captured traffic).
type Condition string

// Sound marks a request with nothing wrong in it.
const Sound Condition = "sound"

// An Exchange is what was sent and what came back, as plain data. It carries what was asked for, so that it can
// be written down, read again and judged later by somebody who was not there.
type Exchange struct {
	Intent   Intent    `json:"asked"`
	Request  Request   `json:"request"`
	Response *Response `json:"response,omitempty"` // nil when nothing that can be called an answer came
	Fault    *Fault    `json:"fault,omitempty"`    // what went wrong on the wire; may be beside a partial Response
	Started  time.Time `json:"started,omitzero"`
	Seconds  float64   `json:"seconds,omitempty"`   // from the first byte sent to the last byte read
	Attempts int       `json:"attempts,omitempty"`  // how often it was tried; the last try is the one recorded
	SetAside bool      `json:"set_aside,omitempty"` // the answer throttled a request that did not ask for it, and the request was sent again
	Readings []Reading `json:"readings,omitempty"`  // what official SDKs made of the answer, where they were asked
}

// Intent is what the request meant: which case made it and what was wrong with it. The zero Intent is that of
// captured traffic, of which only the universal rules can speak.
type Intent struct {
	Case       string    `json:"case,omitempty"`      // the case's name, without the variant
	Variant    string    `json:"variant,omitempty"`   // "XML, GET": what the plan multiplied the case by
	Clause     string    `json:"clause,omitempty"`    // the clause that the case exercises
	Condition  Condition `json:"condition,omitempty"` // what was made wrong in this very request
	Parameter  string    `json:"parameter,omitempty"` // the parameter at fault, where there is one
	Row        *RowKey   `json:"row,omitempty"`       // the row that a recipe provokes
	Message    string    `json:"message,omitempty"`   // of several rows of that code and status, the message of the one provoked
	Profile    string    `json:"profile,omitempty"`
	Style      Style     `json:"style,omitempty"`
	Format     Format    `json:"format,omitempty"`    // the format the answer must have; empty when none was asked for or none is binding
	NoFormat   bool      `json:"no_format,omitempty"` // the request had no Format at all, so that the default binds
	Method     string    `json:"method,omitempty"`
	Action     string    `json:"action,omitempty"`
	Operation  string    `json:"operation,omitempty"`   // the operation of the product that is called for its own sake
	Key        string    `json:"credentials,omitempty"` // the name of the target file's key that it is signed with; empty for one made up
	Host       string    `json:"host,omitempty"`        // the host name that the client addressed, without the port
	Step       int       `json:"step,omitempty"`        // position of the step within its case, from 0
	Parallel   int       `json:"together,omitempty"`    // how many copies were sent at the same time; 0 when alone
	Setup      bool      `json:"setup,omitempty"`       // must be served for the rest of the case to mean anything
	Unsigned   bool      `json:"unsigned,omitempty"`    // sent without a usable key: a credential code may come first
	Echo       string    `json:"echo,omitempty"`        // hostile text that an answer may echo, which must come back escaped
	MayServe   bool      `json:"may_serve,omitempty"`   // of hostile input, and of what is altered after signing: a server may serve it
	AnyRefusal bool      `json:"any_refusal,omitempty"` // altered after signing: refused is right, for whatever reason
	AnyMethod  bool      `json:"any_method,omitempty"`  // the sound request, for which the target file names no method: it may be one of a call that goes by another
	Derived    bool      `json:"derived,omitempty"`     // the nonce is made of another one, so that it is the same however often it is sent
	Sender     string    `json:"sender,omitempty"`      // what about the request official SDKs send, and which
	Place      int       `json:"place,omitempty"`       // place of the case in the plan, from 1
	Stamped    time.Time `json:"stamped,omitzero"`      // the moment that the request's Timestamp (Date in roa) states; zero when it states none
	Burst      *Burst    `json:"burst,omitempty"`       // of a burst: the rate that it goes beyond
	Run        int       `json:"run,omitempty"`         // of several runs by one profile in one style, which it belongs to, from 2; 0 for the first
	Disclosed  bool      `json:"disclosed,omitempty"`   // the answer told one of the secrets, which was taken out of it since
	Secrets    []string  `json:"secrets,omitempty"`     // fingerprints (SHA-256, hex) of what the answer must not disclose; never the things themselves
}

// Burst is the rate that a burst goes beyond, as the target file states it.
type Burst struct {
	Requests int      `json:"requests"`
	Per      Duration `json:"per"`
	Pace     float64  `json:"pace,omitempty"` // the requests a second that the target was found to take of any kind; 0: no such limit was met
}

// Rate returns the stated rate in requests a second.
func (b Burst) Rate() float64 { return float64(b.Requests) / time.Duration(b.Per).Seconds() }

// String returns the stated rate as "50 in 1s".
func (b Burst) String() string { return fmt.Sprintf("%d in %s", b.Requests, time.Duration(b.Per)) }

// RowKey names a row of a table: a code may have several rows that differ by status.
type RowKey struct {
	Code   string `json:"code" yaml:"code"`
	Status Status `json:"status" yaml:"status"`
}

// Request is what was sent. Body and Raw are exclusive: Raw is everything that went over the socket.
type Request struct {
	Method    string `json:"method"`
	URL       string `json:"url"`
	Header    Header `json:"header,omitempty"`
	Body      Body   `json:"body,omitzero"`
	Raw       Body   `json:"raw,omitzero"`
	Address   string `json:"address,omitempty"`    // of a balancer, that it goes to; empty for the first
	HalfClose bool   `json:"half_close,omitempty"` // of a raw request: the sending side is closed after the last byte
}

// Response is what came back, headers in the order of arrival.
type Response struct {
	Proto     string `json:"proto,omitempty"` // "HTTP/1.1"
	Status    int    `json:"status"`
	Header    Header `json:"header,omitempty"`
	Body      Body   `json:"body,omitzero"`
	Length    int64  `json:"length,omitempty"`    // bytes of body read; more than len(Body) when it was cut for keeping
	Truncated bool   `json:"truncated,omitempty"` // the body went on past what is read (1 MiB)
	Cut       bool   `json:"cut,omitempty"`       // Body is only the beginning of what was read and judged
	Behind    int    `json:"behind,omitempty"`    // bytes that came over the connection after the end of the answer
}

// FaultKind describes in one word what happened on the wire instead of an answer.
type FaultKind string

// The faults of the wire. Only FaultRefused and FaultUnreachable mean that no server was met.
const (
	FaultRefused     FaultKind = "refused"     // nothing listens there
	FaultUnreachable FaultKind = "unreachable" // no route, no such host
	FaultTLS         FaultKind = "tls"         // the handshake failed
	FaultReset       FaultKind = "reset"       // the connection was reset before the answer was complete
	FaultEmpty       FaultKind = "empty"       // the connection was closed without a byte
	FaultCut         FaultKind = "cut"         // the connection was closed in the middle of the answer
	FaultTimeout     FaultKind = "timeout"     // the answer was not complete when the deadline came
	FaultMalformed   FaultKind = "malformed"   // what came back is not HTTP
	FaultTooLarge    FaultKind = "too-large"   // headers past 64 KiB or a body past 1 MiB
	FaultCancelled   FaultKind = "cancelled"   // the run was ended before
)

// Fault is what went wrong on the wire, in one word and one line.
type Fault struct {
	Kind FaultKind `json:"kind"`
	Text string    `json:"text"`
}

// Header is a list of fields in the order of the wire.
type Header []Field

// Field is one header line.
type Field struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Get returns the value of the first field of that name, compared without case, and "" when there is none.
func (h Header) Get(name string) string {
	v, _ := h.Lookup(name)
	return v
}

// Lookup is Get that tells an empty field from a missing one.
func (h Header) Lookup(name string) (string, bool) {
	for _, f := range h {
		if strings.EqualFold(f.Name, name) {
			return f.Value, true
		}
	}
	return "", false
}

// Set replaces every field of that name by one, or appends it.
func (h *Header) Set(name, value string) {
	h.Del(name)
	*h = append(*h, Field{name, value})
}

// Del removes every field of that name. The receiver's backing array is not shared afterwards.
func (h *Header) Del(name string) {
	kept := make(Header, 0, len(*h))
	for _, f := range *h {
		if !strings.EqualFold(f.Name, name) {
			kept = append(kept, f)
		}
	}
	*h = kept
}

// Capture is an exchange with the verdict it deserves: what judging it in that profile must find, and nothing
// else. Each has one fault at most, which one clause tells.
type Capture struct {
	Name     string   `json:"name"`
	Profile  string   `json:"profile"`
	Note     string   `json:"note"`             // one sentence: what it shows
	Breaks   []string `json:"breaks,omitempty"` // clauses of level MUST that it breaks
	Warns    []string `json:"warns,omitempty"`  // clauses that it draws a warning for
	Exchange Exchange `json:"exchange"`
}
