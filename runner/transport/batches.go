package transport

import (
	"sync"

	"github.com/acsconform/acsconform/schemas"
)

// Batches are the connections of steps that send copies at once. Where such a step follows another its copies go over the
// connections of the one before: opening hundreds costs more than what goes over them. The zero value keeps none.
type Batches struct {
	mu    sync.Mutex
	kept  bool // from here on, for the next step
	ready []*Conn
}

// Keep says whether the connections of the step that comes are kept for the next one.
func (b *Batches) Keep(kept bool) { b.kept = kept }

// Take returns a connection for each exchange, those that are new opened at the same time. A nil one could not be opened,
// or goes as raw bytes: its exchange tries for itself and tells why.
func (b *Batches) Take(batch []*schemas.Exchange, open func(*schemas.Exchange) *Conn) []*Conn {
	all := make([]*Conn, len(batch))
	var opening sync.WaitGroup
	for i, x := range batch {
		if all[i] = b.next(x); all[i] == nil {
			opening.Go(func() { all[i] = open(x) })
		}
	}
	opening.Wait()
	b.Close()
	return all
}

// next returns a connection that is ready for an exchange; nil where there is none.
func (b *Batches) next(x *schemas.Exchange) *Conn {
	for len(b.ready) > 0 && x.Request.Raw == nil && x.Request.Address == "" {
		conn := b.ready[0]
		b.ready = b.ready[1:]
		if conn.Ready() {
			return conn
		}
		conn.Close()
	}
	return nil
}

// Put takes a connection back after its exchange, to be kept where it can carry another.
func (b *Batches) Put(conn *Conn, x *schemas.Exchange) {
	switch {
	case conn == nil:
	case !b.kept, x.Fault != nil, x.Request.Address != "":
		conn.Close()
	default:
		b.mu.Lock()
		defer b.mu.Unlock()
		b.ready = append(b.ready, conn)
	}
}

// Close closes the connections that wait for another step.
func (b *Batches) Close() {
	for _, conn := range b.ready {
		conn.Close()
	}
	b.ready = nil
}
