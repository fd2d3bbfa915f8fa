package ids

import "math/bits"

// table is an open-addressing hash table of entries, each kept once. It is used again and again.
type table struct {
	key     key
	entries []Entry
	slots   []uint32 // 1 + index in entries; 0: free
	shift   int
}

// reset empties the table and makes it large enough for n entries to fill at most seven eighths of its slots.
func (t *table) reset(n int) {
	size := 1 << bits.Len(uint(n+n/7))
	if cap(t.slots) < size {
		t.slots = make([]uint32, size)
	}
	t.slots = t.slots[:size]
	clear(t.slots)
	t.shift = 64 - bits.Len(uint(size-1))
	if cap(t.entries) < n {
		t.entries = make([]Entry, 0, n)
	}
	t.entries = t.entries[:0]
}

// add keeps an entry, or tells again of the one that came before it. The bits of the hash that chose the partition are
// the highest; those that choose the slot are the lowest.
func (t *table) add(h uint64, e Entry, again func(first, e Entry)) {
	if len(t.entries)+len(t.entries)/7 >= len(t.slots) { // one pass of several got more than its share
		t.double()
	}
	for i := bits.Reverse64(h) >> t.shift; ; i = (i + 1) & uint64(len(t.slots)-1) {
		n := t.slots[i]
		if n == 0 {
			t.entries = append(t.entries, e)
			t.slots[i] = uint32(len(t.entries))
			return
		}
		if first := t.entries[n-1]; first.ID == e.ID {
			again(first, e)
			return
		}
	}
}

func (t *table) double() {
	t.slots = make([]uint32, 2*len(t.slots))
	t.shift--
	for n, e := range t.entries {
		i := bits.Reverse64(t.key.hash(e.ID)) >> t.shift
		for ; t.slots[i] != 0; i = (i + 1) & uint64(len(t.slots)-1) {
		}
		t.slots[i] = uint32(n + 1)
	}
}
