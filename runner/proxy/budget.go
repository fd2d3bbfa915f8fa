package proxy

import "sync/atomic"

// budget is what may be held at the same time of traffic that is not yet written down, in bytes.
type budget struct{ left atomic.Int64 }

// take reports whether n more bytes may be held. Who takes returns back.
func (b *budget) take(n int) bool {
	if b.left.Add(-int64(n)) >= 0 {
		return true
	}
	b.give(n)
	return false
}

func (b *budget) give(n int) { b.left.Add(int64(n)) }
