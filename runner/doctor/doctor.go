package doctor

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/acsconform/acsconform/runner"
	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/runner/redact"
	"github.com/acsconform/acsconform/runner/transport"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
	"github.com/acsconform/acsconform/suites"
	"github.com/acsconform/acsconform/suites/wording"
)

// A Level describes how much a finding matters.
type Level int

// The levels, in the order in which findings are listed.
const (
	Problem Level = iota // nothing can be tested before it is solved
	Warning              // the test shows less than it seems to, or something else
	Missing              // the target file lacks a line for some cases
	Fine                 // nothing to do
)

// Mark returns the sign in front of a finding.
func (l Level) Mark() string { return [...]string{"×", "!", "+", "✓"}[l] }

// A Finding is one thing that was looked at.
type Finding struct {
	Level Level
	About string // name, proxy, connection, clock, request, key sts, skipped
	Text  string // what was found and what to do, in one line without secrets
}

// String returns the finding in one line.
func (f Finding) String() string { return f.in(lang.English) }

func (f Finding) in(language lang.Language) string {
	colon := ": "
	if language == lang.Chinese {
		colon = "："
	}
	return f.Level.Mark() + " " + wording.Plain(language.Text(f.About)) + colon + wording.Plain(language.Text(f.Text))
}

// Options say how the target is reached. Zero values take what the process has.
type Options struct {
	Runner runner.Options
	Env    func(string) string // the proxy variables
	Lookup func(ctx context.Context, host string) ([]string, error)
}

// Result is what was found, in the order in which it has to be dealt with.
type Result struct{ Findings []Finding }

// Testable reports whether nothing keeps the target from being tested.
func (r Result) Testable() bool {
	return !slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Level == Problem })
}

// examination is one look at a target.
type examination struct {
	brief    suites.Brief
	opts     Options
	target   *schemas.Target // as it is reached
	url      *url.URL
	redactor *redact.Redactor
	answered bool // whatever it says
	findings []Finding
}

// Examine looks at the way to a target, its clock, each key and the cases that would be skipped. It sends harmless
// requests only: those of a preflight, by each key. What cannot be looked at because of a problem before it is left out.
func Examine(ctx context.Context, b suites.Brief, o Options) (Result, error) {
	u, err := url.Parse(b.Target.URL)
	if err != nil {
		return Result{}, err
	}
	if o.Lookup == nil {
		o.Lookup = net.DefaultResolver.LookupHost
	}
	e := &examination{brief: b, opts: o, target: o.Runner.Reached(b.Target), url: u, redactor: redact.New(b.Target)}
	for _, look := range []func(context.Context) bool{e.proxy, e.name, e.connection, e.request} {
		if !look(ctx) {
			break
		}
	}
	if (Result{e.findings}).Testable() {
		e.keys(ctx)
	}
	e.skipped()
	slices.SortStableFunc(e.findings, func(a, b Finding) int { return cmp.Compare(a.Level, b.Level) })
	return Result{e.findings}, ctx.Err()
}

// add notes a finding, and reports whether one may go on behind it.
func (e *examination) add(level Level, about, format string, args ...any) bool {
	e.findings = append(e.findings, Finding{level, about, e.redactor.Text(fmt.Sprintf(format, args...))})
	return level != Problem
}

// name looks the host up, unless a proxy does or the target file names addresses.
func (e *examination) name(ctx context.Context) bool {
	host := e.url.Hostname()
	switch {
	case net.ParseIP(host) != nil:
		return true
	case len(e.target.Resolve) > 0:
		return e.add(Fine, "name", "%s is not looked up: resolve: names its addresses", host)
	case e.viaProxy() != nil:
		return e.add(Fine, "name", "%s is looked up by the proxy", host)
	}
	ctx, stop := context.WithTimeout(ctx, e.timeout())
	defer stop()
	addresses, err := e.opts.Lookup(ctx, host)
	if err != nil {
		return e.add(Problem, "name", "%s cannot be looked up (%s); correct url, or name its addresses in resolve: [IP]", host, reason(err))
	}
	return e.add(Fine, "name", "%s is %s", host, strings.Join(addresses, ", "))
}

// reason is why a name cannot be looked up, without the name and the server that was asked.
func reason(err error) string {
	if dns := (*net.DNSError)(nil); errors.As(err, &dns) {
		return dns.Err
	}
	return err.Error()
}

// timeout is that of one request.
func (e *examination) timeout() time.Duration {
	return cmp.Or(e.opts.Runner.Timeout, time.Duration(e.target.Limits.Timeout), 10*time.Second)
}

// connection sends one unsigned request and looks at how it comes back and at the clock that it shows.
func (e *examination) connection(ctx context.Context) bool {
	t := e.target
	wire, err := transport.New(transport.Config{
		Dial: e.dial(), Insecure: e.opts.Runner.Insecure, CAFile: t.TLS.CA, CertFile: t.TLS.Cert, KeyFile: t.TLS.Key,
		ServerName: t.TLS.ServerName, Resolve: t.Resolve, Timeout: e.timeout(), Connections: 1, Agent: "acsconform/" + cmp.Or(e.opts.Runner.Version, "dev"),
	})
	if err != nil {
		return e.add(Problem, "TLS", "%s", err)
	}
	defer wire.Close()
	x := suites.Pings(e.brief)[0].Craft(0, 0, suites.Moment{Now: time.Now(), Seed: strings.Repeat("0", 32)})
	budget := transport.NewMemoryBudget().Reserve(false)
	defer budget.Release()
	wire.Send(ctx, transport.Call{X: x, Reservation: budget})
	if x.Fault != nil {
		return true // what the preflight says of it has a remedy
	}
	e.answered = true
	how := "over plain HTTP"
	if e.url.Scheme == "https" {
		how = "over TLS"
	}
	e.add(Fine, "connection", "%s answers %s", transport.AddressOf(e.url), how)
	e.clock(x)
	if body.Open(x.Response.Body) == nil {
		e.add(Warning, "answer", "an unsigned request is answered %d with %s, which is no envelope of the convention; correct url where this is another server's", x.Response.Status, suites.SayNature(body.Sniff(x.Response.Body)))
	}
	return true
}

func (e *examination) dial() func(context.Context, string, string) (net.Conn, error) {
	if e.opts.Runner.Dial != nil {
		return e.opts.Runner.Dial
	}
	return (&net.Dialer{Timeout: e.timeout()}).DialContext
}

// noticeable is the difference from which on two clocks are reported to differ.
const noticeable = 5 * time.Second

func (e *examination) clock(x *schemas.Exchange) {
	skew, ok := transport.Skew(x)
	switch {
	case !ok:
		e.add(Warning, "clock", "the answer has no Date that can be read, so the clocks cannot be compared; a signature may be refused for its time")
	case skew.Abs() >= noticeable:
		word := "ahead of"
		if skew < 0 {
			word = "behind"
		}
		e.add(Warning, "clock", "the target's clock is %s %s this machine's; set both by NTP, since a request is refused when its time is too far off", skew.Abs().Round(time.Second), word)
	default:
		e.add(Fine, "clock", "that of the target and that of this machine agree")
	}
}

// request has the preflight of a run find a request that is served.
func (e *examination) request(ctx context.Context) bool {
	err := e.served(ctx, e.brief)
	key := cmp.Or(e.brief.Target.Request.Credentials, schemas.DefaultKey)
	switch {
	case err != nil:
		about := "connection"
		if e.answered {
			about = "request"
		}
		return e.add(Problem, about, "%s", err)
	case len(suites.Probes(e.brief)) == 0:
		return true
	}
	return e.add(Fine, "key "+key, "the sound request is served")
}

// served opens a session, which ends with the request that is served, and returns why it does not.
func (e *examination) served(ctx context.Context, b suites.Brief) error {
	_, err := runner.Open(ctx, b, e.opts.Runner)
	return err
}
