package runner

import (
	"net/http"
	"sync"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// step sends the exchanges of one step: one, several at once, or several in a row.
func (r *run) step(step suites.Step, batch []*schemas.Exchange, c *claim, fresh bool) {
	switch {
	case step.Together > 1:
		r.together(batch, c)
	case step.Row > 1:
		r.row(batch, c, fresh)
	default:
		r.send(call{x: batch[0], claim: c, fresh: fresh})
	}
}

func (r *run) send(c call) {
	r.session.wire.send(r.ctx, c)
	r.note(c.x)
}

// together sends copies at the same time, each over a connection of its own. The connections stand before the first
// byte is sent, so that what is measured is the target and not the handshakes.
func (r *run) together(batch []*schemas.Exchange, c *claim) {
	conns := r.connections(batch)
	release := make(chan struct{})
	var ready, all sync.WaitGroup
	for i, x := range batch {
		ready.Add(1)
		all.Go(func() {
			ready.Done()
			<-release
			r.send(call{x: x, claim: c, conn: conns[i], fresh: true})
		})
	}
	ready.Wait()
	close(release)
	all.Wait()
	for _, conn := range conns {
		if conn != nil {
			conn.Close()
		}
	}
}

// row sends copies one after another over one connection, and over a new one each time the target closed it. After a
// try that failed every copy gets a connection of its own: a target that closes without a word would fail them all.
func (r *run) row(batch []*schemas.Exchange, c *claim, apart bool) {
	var conn *http.ClientConn
	for _, x := range batch {
		if conn == nil || conn.Err() != nil {
			conn = r.connection(x)
		}
		r.send(call{x: x, claim: c, conn: conn, fresh: true})
		if conn != nil && apart {
			conn.Close()
		}
	}
	if conn != nil {
		conn.Close()
	}
}

// connections opens one connection for each exchange, at the same time. A nil one could not be opened, or goes as raw
// bytes: its exchange tries for itself and tells why.
func (r *run) connections(batch []*schemas.Exchange) []*http.ClientConn {
	conns := make([]*http.ClientConn, len(batch))
	var all sync.WaitGroup
	for i, x := range batch {
		all.Go(func() { conns[i] = r.connection(x) })
	}
	all.Wait()
	return conns
}

func (r *run) connection(x *schemas.Exchange) *http.ClientConn {
	if x.Request.Raw != nil {
		return nil
	}
	u, err := locate(x.Request.URL)
	if err != nil {
		return nil
	}
	d := newDeadline(r.ctx, r.session.opts.Timeout)
	defer d.stop()
	conn, err := r.session.wire.connect(d.ctx, u)
	if err != nil {
		return nil
	}
	return conn
}
