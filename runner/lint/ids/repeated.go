package ids

import (
	"errors"
	"math/bits"
	"runtime"
	"sync"
	"sync/atomic"
)

// Repeated calls again for every entry whose id came before, with the entry that came first. The order is not that of
// At. Entries may be added afterwards, but not meanwhile. All processors look, each at a partition at a time; again is called by one of
// them at a time.
func (x *Index) Repeated(again func(first, e Entry)) error {
	if x.spill != nil {
		if err := x.flush(); err != nil {
			return err
		}
		x.free = nil
	}
	var mu sync.Mutex
	one := func(first, e Entry) {
		mu.Lock()
		defer mu.Unlock()
		again(first, e)
	}
	lookers := runtime.GOMAXPROCS(0)
	var next atomic.Int64
	var looking sync.WaitGroup
	errs := make([]error, lookers)
	for n := range lookers {
		looking.Go(func() {
			l := looker{x: x, table: table{key: x.key}, budget: x.budget / int64(lookers)}
			for errs[n] == nil {
				i := next.Add(1) - 1
				if i >= partitions {
					return
				}
				errs[n] = l.look(&x.parts[i], one)
			}
		})
	}
	looking.Wait()
	return errors.Join(errs...)
}

// looker is what one goroutine needs to look for repeats.
type looker struct {
	x      *Index
	table  table
	in     reader
	budget int64
}

// look finds the repeats in a partition, in several passes where it is larger than the budget.
func (l *looker) look(p *partition, again func(first, e Entry)) error {
	// An entry takes 32 bytes and its place in the table 8 or less.
	passes := 1 + p.count*(entrySize+8)/l.budget
	if l.x.spill == nil {
		passes = 1
	}
	rounds := 0
	for ; 1<<rounds < passes; rounds++ {
	}
	for pass := range uint64(1) << rounds {
		l.table.reset(int(p.count>>rounds) + 1)
		if err := l.each(p, func(e Entry) {
			h := l.x.key.hash(e.ID)
			if bits.RotateLeft64(h<<partitionBits, rounds)&(1<<rounds-1) == pass {
				l.table.add(h, e, again)
			}
		}); err != nil {
			return err
		}
	}
	return nil
}

// each visits the entries of a partition in the order they came.
func (l *looker) each(p *partition, visit func(Entry)) error {
	for _, s := range p.segments {
		if err := l.in.read(l.x.spill.file, s, visit); err != nil {
			return err
		}
	}
	for _, c := range p.chunks {
		for _, e := range c {
			visit(e)
		}
	}
	return nil
}
