package reference

import "github.com/acsconform/acsconform/runner/reference/internal/vary"

// A Limit is how many calls a server takes in all, and how it refuses those that are too many.
type Limit = vary.Limit

// Limited makes a server that takes no more calls than that.
func Limited(l Limit) Option { return l.Apply }

// A Window says how calls are counted.
type Window = vary.Window

// The windows.
const (
	Bucket  = vary.Bucket  // tokens of a bucket, as most gateways count
	Fixed   = vary.Fixed   // the calls of each second on the clock
	Sliding = vary.Sliding // the calls of the last second
	Strict  = vary.Strict  // the same, refused calls included
)

// A Hint is a header of a throttled answer.
type Hint = vary.Hint

// The hints. The empty Hint is none.
const (
	HintSeconds      = vary.HintSeconds
	HintDate         = vary.HintDate
	HintMilliseconds = vary.HintMilliseconds
)
