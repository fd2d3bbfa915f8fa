package server

import (
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// Hooks are the places where a server can be made to differ from the right one: what it is set to, what it looks at, what it
// does to a call and to an answer, and what it remembers. A variant replaces one or wraps the one that is there, before the
// server answers its first call; none changes afterwards. All of them are called from several goroutines at once.
type Hooks struct {
	Now    func() time.Time // the server's clock, read once for each call
	Delay  time.Duration    // how much later every answer comes
	Window time.Duration    // how far a Timestamp may be from the clock

	Hosts            []string // further hosts that belong to the product
	Behind           []string // the addresses of a balancer, all of which lead to this server
	SignatureMethods []string // what the target file lists as taken beside the document's; Verify has to know them

	// Checks are asked in this order about a call that has been read, until one objects to it.
	Checks []Check
	// Exemptions are asked about the fault that a check has found. One that accepts it makes the server go on with the next
	// check, as if there was no such fault.
	Exemptions []func(*Call, *Fault) bool

	OnCall  []func(*Call) *Call   // each changes a call once it is read and before the checks, or puts another in its place
	OnReply []func(*Call, *Reply) // each changes the status and members of a reply, before it is written down in its format
	OnSend  []func(*Call, *Sent)  // each changes the bytes and the header of an answer, before it goes over the wire
	Trailer []byte                // what is sent behind every answer on an HTTP/1 connection; nothing when it is right

	NewRequestID func(*Call) string                          // makes the RequestId of every answer
	KeyOf        func(id string) *Key                        // looks an AccessKeyId up, and returns nil where nobody has it
	Verify       func(c *Call, signature string) bool        // reports whether a signature is that of the call, whose key is known
	NonceOf      func(*Call) string                          // returns what is remembered of a call as its nonce
	ClaimNonce   func(nonce string, now time.Time) (ok bool) // records a nonce of a key and reports whether it was free
	ResultOf     func(*Call) map[string]any                  // returns what a listed operation that is called answers with; the server may change it

	// RecipeCall returns how the target file asks for the row at that place of the table, from 1, where nothing of a call
	// leads to it.
	RecipeCall func(row int) schemas.SoundRequest
}
