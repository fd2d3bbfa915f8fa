package proxy

import (
	"io"
	"net"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

const (
	maxBody    = 1 << 20  // kept of one body
	cutBody    = 4 << 10  // kept of a body that goes on past that
	maxHeader  = 64 << 10 // read of one header
	maxQueue   = 1024     // exchanges that wait to be written down
	leastRoom  = 64 << 10 // that one connection may always have waiting
	stragglers = 5 * time.Second
)

// Watch pairs the requests and answers that pass, and writes each exchange down as a line of JSON, secrets left out.
type Watch struct {
	out      io.Writer
	profile  string
	budget   budget
	capacity int // what may wait of one direction of one connection, in bytes
	counter  counter
	unseen   atomic.Int64

	scheme, upstream, port string // of the upstream, and the port of the proxy

	queue chan *pair
	stop  chan struct{}
	ended chan struct{} // nothing is written any more
	taps  sync.WaitGroup
	open  sync.Map // of *tap

	keep func(*schemas.Exchange) // see Keep

	look func(*pendingRequest) // of tests: a watch that fails
}

// NewWatch writes the exchanges to out, each as one judged by a profile. Memory, in bytes, bounds what is held of
// traffic that is not yet written. Writing may take its time: what comes meanwhile and has no room is dropped.
func NewWatch(out io.Writer, profile string, memory int64) *Watch {
	w := newWatch(out, profile, memory)
	go w.record()
	return w
}

func newWatch(out io.Writer, profile string, memory int64) *Watch {
	w := &Watch{
		out: out, profile: profile, capacity: int(max(leastRoom, memory/16)),
		queue: make(chan *pair, maxQueue), stop: make(chan struct{}), ended: make(chan struct{}),
	}
	w.budget.left.Store(memory)
	return w
}

// Keep has every exchange that is written down handed to a function too, as it came: secrets are in it. It is called before the
// proxy listens.
func (w *Watch) Keep(keep func(*schemas.Exchange)) { w.keep = keep }

// Tally reports what was counted so far.
func (w *Watch) Tally() Tally {
	t := w.counter.now()
	t.Unseen = w.unseen.Load()
	return t
}

// Close waits until what passed is written down. It is for when nothing passes any more.
func (w *Watch) Close() {
	all := make(chan struct{})
	go func() { w.taps.Wait(); close(all) }()
	select {
	case <-all:
	case <-time.After(stragglers):
		w.open.Range(func(t, _ any) bool { t.(*tap).giveUp(lagging); return true })
	}
	close(w.stop)
	<-w.ended
}

// between reports where the watch is.
func (w *Watch) between(proxy net.Addr, upstream *url.URL) {
	w.scheme, w.upstream = upstream.Scheme, upstream.Hostname()
	_, w.port, _ = net.SplitHostPort(proxy.String())
}

// url returns the URL that was asked for. A host that only names the proxy is left out: the service has another name.
func (w *Watch) url(host, target string) string {
	if !strings.HasPrefix(target, "/") || host == "" || w.isProxy(host) {
		return target
	}
	return w.scheme + "://" + host + target
}

func (w *Watch) isProxy(host string) bool {
	name, port, err := net.SplitHostPort(host)
	return err == nil && port == w.port && !strings.EqualFold(name, w.upstream)
}

// notJudged counts an exchange that is not.
func (w *Watch) notJudged(why Reason) { w.counter.add(func(t *Tally) { t.NotJudged[why]++ }) }

// hand puts an exchange in the queue, or drops it.
func (w *Watch) hand(s *pair) {
	why := s.unfit()
	if why == "" {
		select {
		case w.queue <- s:
			return
		default:
			why = Behind
		}
	}
	w.notJudged(why)
	s.release()
}

// record writes down what is in the queue, until it is stopped and the queue is empty.
func (w *Watch) record() {
	defer close(w.ended)
	for {
		select {
		case s := <-w.queue:
			w.write(s)
			continue
		default:
		}
		select {
		case s := <-w.queue:
			w.write(s)
		case <-w.stop:
			if len(w.queue) == 0 {
				return
			}
		}
	}
}

func (w *Watch) write(s *pair) {
	defer s.release()
	defer func() {
		if recover() != nil {
			w.notJudged(unwritten)
		}
	}()
	line, why := s.line(w)
	if why == "" {
		if _, err := w.out.Write(line); err != nil {
			why = unwritten
		}
	}
	if why != "" {
		w.notJudged(why)
	}
}
