package runner

import (
	"sync"

	"github.com/acsconform/acsconform/runner/transport"
	"github.com/acsconform/acsconform/schemas"
)

// conns are the connections of steps that send copies at once. Where such a step follows another its copies go over the
// connections of the one before: opening hundreds costs more than what goes over them. The zero value keeps none.
type conns struct {
	mu    sync.Mutex
	kept  bool // from here on, for the next step
	ready []*transport.Conn
}

// keep says whether the connections of the step that comes are kept for the next one.
func (c *conns) keep(kept bool) { c.kept = kept }

// take returns a connection for each exchange, those that are new opened at the same time. A nil one could not be opened,
// or goes as raw bytes: its exchange tries for itself and tells why.
func (c *conns) take(r *run, batch []*schemas.Exchange) []*transport.Conn {
	all := make([]*transport.Conn, len(batch))
	var opening sync.WaitGroup
	for i, x := range batch {
		if all[i] = c.next(x); all[i] == nil {
			opening.Go(func() { all[i] = r.connection(x) })
		}
	}
	opening.Wait()
	c.close()
	return all
}

// next returns a connection that is ready for an exchange; nil where there is none.
func (c *conns) next(x *schemas.Exchange) *transport.Conn {
	for len(c.ready) > 0 && x.Request.Raw == nil && x.Request.Address == "" {
		conn := c.ready[0]
		c.ready = c.ready[1:]
		if conn.Ready() {
			return conn
		}
		conn.Close()
	}
	return nil
}

// put gives a connection back once an exchange went over it.
func (c *conns) put(conn *transport.Conn, x *schemas.Exchange) {
	switch {
	case conn == nil:
	case !c.kept, x.Fault != nil, x.Request.Address != "":
		conn.Close()
	default:
		c.mu.Lock()
		defer c.mu.Unlock()
		c.ready = append(c.ready, conn)
	}
}

// close closes the connections that wait for another step.
func (c *conns) close() {
	for _, conn := range c.ready {
		conn.Close()
	}
	c.ready = nil
}
