//go:build !unix

package usage

import (
	"os"
	"time"
)

// Used returns nothing: the benchmarks measure on Unix alone.
func Used() time.Duration { return 0 }

// Peak returns nothing likewise.
func Peak(*os.ProcessState) (int64, bool) { return 0, false }
