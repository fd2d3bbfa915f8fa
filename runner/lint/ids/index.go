package ids

import (
	"cmp"
	"errors"
	"fmt"
	"os"
)

const (
	partitionBits = 8
	partitions    = 1 << partitionBits
	firstChunk    = 16   // entries in the first chunk of a partition
	largestChunk  = 1024 // entries in every later one, 32 KiB
	minBudget     = 16 << 20
)

// Index takes request ids as they arrive, and reports at the end which were repeated. Only Group may be called from
// several goroutines.
type Index struct {
	key    key
	budget int64 // bytes that may be held
	held   int64
	dir    string
	parts  [partitions]partition
	free   [][]Entry // chunks of the largest size that are in use no more
	spill  *spill    // nil until the budget was used up
	count  int64
}

// partition holds the entries of one range of hashes, in the order they came.
type partition struct {
	chunks   [][]Entry
	segments []segment // in the spill file, before those in memory
	count    int64
}

// New makes an index that holds about as many bytes as budget says (16 MiB at least) and keeps what is beyond in a
// temporary file in dir, the system's own when it is empty.
func New(budget int64, dir string) *Index {
	return &Index{key: newKey(), budget: max(budget, minBudget), dir: dir}
}

// Count reports how many ids were added.
func (x *Index) Count() int64 { return x.count }

// Spilled reports how many bytes went to the temporary file.
func (x *Index) Spilled() int64 {
	if x.spill == nil {
		return 0
	}
	return x.spill.size
}

// Add takes an id. Entries come in ascending order of At.
func (x *Index) Add(e Entry) error {
	p := &x.parts[x.key.hash(e.ID)>>(64-partitionBits)]
	last, err := x.chunkFor(p)
	if err != nil {
		return err
	}
	*last = append(*last, e)
	p.count++
	x.count++
	return nil
}

// chunkFor returns a chunk with room for an entry of that partition.
func (x *Index) chunkFor(p *partition) (*[]Entry, error) {
	last := len(p.chunks) - 1
	if last < 0 || len(p.chunks[last]) == cap(p.chunks[last]) {
		// The rest of the budget is left to the tables of the end and to what a garbage collector is late with.
		if x.held > x.budget/8*5 {
			if err := x.flush(); err != nil {
				return nil, err
			}
		}
		x.grow(p)
		last = len(p.chunks) - 1
	}
	return &p.chunks[last], nil
}

func (x *Index) grow(p *partition) {
	size := firstChunk
	if n := len(p.chunks); n > 0 {
		size = min(largestChunk, 4*cap(p.chunks[n-1]))
	} else if len(p.segments) > 0 {
		size = largestChunk
	}
	if n := len(x.free); size == largestChunk && n > 0 {
		p.chunks = append(p.chunks, x.free[n-1])
		x.free = x.free[:n-1]
	} else {
		p.chunks = append(p.chunks, make([]Entry, 0, size))
	}
	x.held += int64(size) * entrySize
}

// flush moves every entry to the spill file.
func (x *Index) flush() error {
	if x.spill == nil {
		s, err := newSpill(x.dir)
		if err != nil {
			return err
		}
		x.spill = s
	}
	for i := range x.parts {
		p := &x.parts[i]
		s, err := x.spill.write(p.chunks)
		if err != nil {
			return err
		}
		if s.count > 0 {
			p.segments = append(p.segments, s)
		}
		for _, c := range p.chunks {
			if cap(c) == largestChunk {
				x.free = append(x.free, c[:0])
			}
		}
		clear(p.chunks)
		p.chunks = p.chunks[:0]
	}
	x.held = 0
	return x.spill.flush()
}

// Close returns the temporary file back.
func (x *Index) Close() error {
	if x.spill == nil {
		return nil
	}
	return x.spill.file.Close()
}

// noSpace words what keeps the temporary file from growing.
func noSpace(err error, dir string) error {
	var where *os.PathError
	if errors.As(err, &where) {
		err = where.Err
	}
	dir = cmp.Or(dir, os.TempDir())
	return fmt.Errorf("request ids do not fit --memory, and the temporary file in %s fails: %w (set TMPDIR to a larger disk, or allow more memory)", dir, err)
}
