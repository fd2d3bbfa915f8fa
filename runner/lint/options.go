package lint

import (
	"context"
	"runtime"

	"github.com/acsconform/acsconform/runner/lint/input"
	"github.com/acsconform/acsconform/schemas"
)

// Options say how traffic is judged. Clauses and Profiles have to be there.
type Options struct {
	Clauses  []schemas.Clause
	Profiles []*schemas.Profile // by which records that name their own profile are judged
	Products []*schemas.Profile // of products, by which the answers are judged that are known to be theirs
	Profile  *schemas.Profile   // by which all others are; nil: they are not judged
	Map      *input.Map         // of access logs; nil: JSON Lines are exchanges of our own schema
	Memory   int64              // bytes for request ids before they go to disk; 0: 256 MiB
	TempDir  string             // for what goes to disk; empty: the system's
	Workers  int                // 0: one for each processor. The result does not depend on it
	Thorough bool               // every record is judged anew: slow, and the result is the same
	Progress func(Progress)     // called now and then

	Only, Skip []input.Filter // of records; those of the map count as well

	// MaxFindings ends the reading after that many records that break a MUST by themselves (with Strict, a SHOULD too):
	// what is found beside others, as a repeated id is, and in transcripts does not count. 0: it never ends so.
	MaxFindings int64
	Strict      bool
	sink        func(*Reading, *piece) error // takes the blocks in place of the sum: a partial result is made
	News        func(News)                   // called for every sort of finding that is new, or has become frequent, in the order of the records
}

// News is a sort of finding that was not found before, or that has come 10, 100, 1000 and so on times. What is found
// beside others, as a repeated id is, only a result tells.
type News struct {
	Clause  string
	Level   schemas.Level
	Code    string // as in a Finding
	Count   int64  // so far; 1 or a little more for what is new
	New     bool
	Example Example // one of those just judged
}

// Progress reports how far the reading is.
type Progress struct {
	Read  int64 // bytes, compressed where the input is
	Total int64 // 0 when not known
}

// DefaultMemory is what request ids may take before they go to disk.
const DefaultMemory = 256 << 20

func (o Options) workers() int {
	if o.Workers > 0 {
		return o.Workers
	}
	return runtime.GOMAXPROCS(0)
}

func (o Options) memory() int64 {
	if o.Memory > 0 {
		return o.Memory
	}
	return DefaultMemory
}

// Run judges the inputs in their order and closes them: it is Start and Wait. What is wrong with the traffic is in the
// result, and no error.
func Run(ctx context.Context, inputs []*input.Input, o Options) (*Result, error) {
	return Start(ctx, inputs, o).Wait()
}
