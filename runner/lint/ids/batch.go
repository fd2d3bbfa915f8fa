package ids

// A Batch is entries in ascending order of At. The one who made it can have it grouped, at the same time as others do, so
// that adding it takes little time: that is done by one goroutine for all.
type Batch struct {
	Entries []Entry // after Group in the order of their partitions

	spare []Entry
	parts []uint8
	count [partitions]int32
}

// Reset empties the batch.
func (b *Batch) Reset() { b.Entries = b.Entries[:0] }

// Group orders the entries by partition, and leaves those of one in the order they came.
func (x *Index) Group(b *Batch) {
	b.parts = b.parts[:0]
	b.count = [partitions]int32{}
	for i := range b.Entries {
		p := uint8(x.key.hash(b.Entries[i].ID) >> (64 - partitionBits))
		b.parts = append(b.parts, p)
		b.count[p]++
	}
	var next [partitions]int32
	at := int32(0)
	for p, n := range b.count {
		next[p] = at
		at += n
	}
	if n := len(b.Entries); cap(b.spare) < n {
		b.spare = make([]Entry, n, cap(b.Entries))
	}
	b.spare = b.spare[:len(b.Entries)]
	for i, p := range b.parts {
		b.spare[next[p]] = b.Entries[i]
		next[p]++
	}
	b.Entries, b.spare = b.spare, b.Entries
}

// AddBatch takes the entries of a batch that was grouped. Batches come in ascending order of At.
func (x *Index) AddBatch(b *Batch) error {
	rest := b.Entries
	for i, n := range b.count {
		p := &x.parts[i]
		some := rest[:n]
		rest = rest[n:]
		for len(some) > 0 {
			last, err := x.chunkFor(p)
			if err != nil {
				return err
			}
			n := copy((*last)[len(*last):cap(*last)], some)
			*last = (*last)[:len(*last)+n]
			p.count += int64(n)
			some = some[n:]
		}
	}
	x.count += int64(len(b.Entries))
	return nil
}
