package suites

import (
	"cmp"
	"fmt"
	"runtime"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// A Case is the sound request with one thing wrong (or, where it must be served, with one thing unusual).
type Case struct {
	Name            Name
	Condition       schemas.Condition
	Clause          string          // the clause exercised; the first of the condition's that the profile has, when empty
	Description     string          // what the case is about, where the changes do not say it
	Parameter       string          // the parameter at fault, where the condition does not name one
	Change          []Change        // done before signing: the signature still fits
	AfterSigning    []Change        // done after signing: it no longer does
	Raw             []ByteEdit      // done to the bytes, which then go over a raw socket
	Steps           []Step          // for cases of more than one request; Change, AfterSigning and Raw are then empty
	Base            Base            // which request of the target file it starts from
	Founds          bool            // it sends what its base is: where that is refused, other cases of the base prove nothing
	Needs           []Need          // what the target file must have beyond URL and one key
	Spread          Spread          // over which variants the plan multiplies it
	Styles          []schemas.Style // in which styles it makes sense; all that the profile has, when empty
	RequiresMethods []string        // HTTP methods that a service must take for it
	Echo            string          // hostile text that an answer may echo
	MayServe        bool            // of hostile input, and of what is altered after signing: unusual, but a server may serve it
	AnyRefusal      bool            // it is refused rightly for whatever reason
	Alters          sign.Input      // what it alters after signing; any refusal is right then, too
	Only            bool            // only the clause exercised is judged: nobody knows who answers
	Many            *multiple       // how the plan makes many cases of it, each named after it; nil where it stays one
	Hides           []Hidden        // the findings that prove nothing where this case breaks its clause
	Late            bool            // it is about what a server looks at only once the signature is right
	Family          string          // the case of the book that the plan made it of, where that is another one
	Alone           bool            // must have the server for itself, after everything else
	Elsewhere       bool            // who answers may be another server, of which only a success proves anything
	Spans           bool            // its steps behind the first are sent to each further address of the balancer
	Unlisted        string          // the signature method that it names: not sent where the target file lists that one
	Except          string          // why it goes in fewer styles, methods or both than the profile has, where the kind of case does not say
	Replays         bool            // uses the nonce of the run's first request again, last of all
	KeepReason      string          // why the case stays though no mutant needs it; empty for one that some mutant is caught by alone
}

// A Step is one request of a case, or several copies of one.
type Step struct {
	Condition    schemas.Condition // the case's when empty
	Change       []Change
	AfterSigning []Change
	Raw          []ByteEdit
	Address      string // of a balancer, that it goes to; empty for the first
	Sender       string // what about it official SDKs send, and which
	Setup        bool   // must be served for the rest to mean anything
	Unsigned     string // what it adds that is not signed, in words, where the last step without is what it is held against
	Harmful      bool   // with Unsigned: it turns a call that is served into one that is refused; else the other way
	Parallel     int    // copies sent at the same time; 0 is one
	Sequential   int    // copies sent one after another, on one connection where the target keeps it open; 0 is one
}

// A Change edits a draft and says in words what it did.
type Change struct {
	Description string
	Do          func(*Draft)
}

// A ByteEdit edits the bytes of a request and says in words what it did.
type ByteEdit struct {
	Description string
	Do          func([]byte) []byte
	HalfClose   bool // close the sending side after the last byte
}

// Base describes which request of the target file a case starts from.
type Base string

// The requests of a target file.
const (
	BaseSound       Base = ""            // request
	BaseBody        Base = "body"        // body_request in roa, and in acs3 where there is one; else the sound request by POST, whose parameters are the body
	BaseTLSOnly     Base = "tls_only"    // tls_only
	BaseThrottle    Base = "throttle"    // limits.throttle
	BaseIdempotency Base = "idempotency" // idempotency
)

// A Need is something that the target file must have, by the key it is under.
type Need string

// bodyRequest is the need of a case that is about a body in JSON.
const bodyRequest Need = "body_request"

// secondKey is the need of a case that signs with another key of the target file than it names.
const secondKey Need = "a second key"

// sameKey is the need of a case that sends the call of limits.throttle in the place of the sound request.
const sameKey Need = "limits.throttle by the key of request"

// Spread describes over which variants the plan multiplies a case.
type Spread int

// The spreads.
const (
	Everywhere  Spread = iota // every format of the profile, GET and POST form
	Formats                   // every format, one method
	Methods                   // every method, the default format
	Once                      // one variant
	Unformatted               // once without Format, for each method
	InTurns                   // every format and every method, but not each format by each method
)

// Name is a case's or rule's name that knows the line it is on, so that a failure can point there.
type Name struct {
	Text string
	File string // suites/nonce.go
	Line int
}

// named returns a name with the place of its caller.
func named(text string) Name { return place(text, 2) }

// namedAbove returns a name with the place of its caller's caller, for functions that make cases.
func namedAbove(text string) Name { return place(text, 3) }

func place(text string, above int) Name {
	_, file, line, _ := runtime.Caller(above)
	if i := strings.LastIndex(file, "suites/"); i >= 0 {
		file = file[i:]
	}
	return Name{text, file, line}
}

// Source returns the place as "suites/nonce.go:21".
func (n Name) Source() string { return fmt.Sprintf("%s:%d", n.File, n.Line) }

// String returns the name alone.
func (n Name) String() string { return n.Text }

// Book returns the name under which the case is in the book.
func (c *Case) Book() string { return cmp.Or(c.Family, c.Name.Text) }

// IsFamily reports whether the plan makes several cases of the one of that name, each named after it: row-…, tampered-….
func IsFamily(name string) bool {
	_, ok := family(name)
	return ok
}
