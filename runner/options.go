package runner

import (
	"context"
	"net"
	"time"

	"github.com/acsconform/acsconform/runner/transport"
	"github.com/acsconform/acsconform/schemas"
)

// What a run does when neither the options nor the target file say otherwise.
const (
	defaultConcurrency = 16
	defaultTimeout     = 10 * time.Second
	maxConcurrency     = 1024
)

// Options configure a run. Zero values take the target file's limits, and where it has none 16 requests
// at once, no limit of rate, and 10 s for a request.
type Options struct {
	Concurrency int           // cases in flight at once, at most 1024
	Rate        float64       // requests a second, retries included; a burst is paid for before it is sent
	Timeout     time.Duration // of one request, from the connection to the last byte of the answer
	MaxTime     time.Duration // of preflight and run together; what is left out for it is skipped, the lowest levels first; 0: no limit
	MaxRequests int           // in preflight and run together; what is left out for it is skipped, the lowest levels first; 0: no limit
	Insecure    bool          // do not check the target's certificate
	CAFile      string        // PEM file of authorities that are trusted beside the system's, in the place of the target file's
	Version     string        // of the suite, for User-Agent; "dev" when empty
	Force       bool          // a target without credentials is tested even where none of the first answers is an envelope
	VerdictOnly bool          // the results of cases go without what only reports show: exchange and answers
	FailureOnly bool          // the same, but for cases that are broken or not judged by themselves

	// Progress, when set, is told after every case how many of how many are judged. Calls do not overlap.
	Progress func(done, total int)
	// SDKs, when set, is given every answer before it is judged; what it makes of them is judged too.
	SDKs SDKs
	// Answered, when set, is called once for every case that was sent, with the exchange that a report would show, of which
	// nothing is to be written down as it is, and with what takes the secrets out of a text of it. Calls may overlap.
	Answered func(x *schemas.Exchange, clean func(string) string)
	// Wait, when set, is called before every n requests that are sent together, and blocks until they may be: for a pace that
	// several runs share. The run ends later by the time spent in it. Its error ends the case.
	Wait func(ctx context.Context, n int) error
	// Dial, when set, makes the TCP connections.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)

	direct bool // never over a proxy: Dial leads into this process
	sleep  func(ctx context.Context, d time.Duration) error
	now    func() time.Time
}

// withDefaults fills what the options leave open from the target's limits, then from the defaults.
func (o Options) withDefaults(l schemas.Limits) Options {
	if o.Concurrency <= 0 {
		o.Concurrency = l.Concurrency
	}
	if o.Concurrency <= 0 {
		o.Concurrency = defaultConcurrency
	}
	o.Concurrency = min(o.Concurrency, maxConcurrency)
	if o.Rate <= 0 {
		o.Rate = max(l.Rate, 0)
	}
	if o.Timeout <= 0 {
		o.Timeout = time.Duration(l.Timeout)
	}
	if o.Timeout <= 0 {
		o.Timeout = defaultTimeout
	}
	if o.Version == "" {
		o.Version = "dev"
	}
	if o.Dial == nil {
		o.Dial = (&net.Dialer{Timeout: o.Timeout, KeepAlive: 30 * time.Second}).DialContext
	}
	if o.sleep == nil {
		o.sleep = sleep
	}
	if o.now == nil {
		o.now = time.Now
	}
	return o
}

// wire configures how the target is reached.
func (o Options) wire(t *schemas.Target) transport.Config {
	return transport.Config{Dial: o.Dial, Direct: o.direct, Insecure: o.Insecure, CAFile: t.TLS.CA, CertFile: t.TLS.Cert,
		KeyFile: t.TLS.Key, ServerName: t.TLS.ServerName, Resolve: t.Resolve, Timeout: o.Timeout,
		Connections: o.Concurrency, Agent: "acsconform/" + o.Version}
}

// Reached returns the target with the way to it that the options make: their CA file in the place of the target file's.
func (o Options) Reached(t *schemas.Target) *schemas.Target {
	if o.CAFile == "" {
		return t
	}
	whole := *t
	whole.TLS.CA = o.CAFile
	return &whole
}

// sleep waits, or returns the cause for which ctx ended before.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
