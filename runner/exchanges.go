package runner

import (
	"sync/atomic"

	"github.com/acsconform/acsconform/runner/redact"
	"github.com/acsconform/acsconform/runner/transport"
	"github.com/acsconform/acsconform/schemas"
)

// maxShownExchanges is how many bytes of exchanges a run keeps beside the one that every case shows.
const maxShownExchanges = 4 << 20

// shownExchanges keeps all exchanges of the cases that failed, as long as they are not too many bytes. The zero value is
// ready, and may be used by several goroutines.
type shownExchanges struct{ used atomic.Int64 }

// failed reports whether a case of that outcome shows all its exchanges.
func failed(o schemas.Outcome) bool { return o == schemas.Broken || o == schemas.Warned }

// add adds the exchanges of a failed case to its result, secrets left out before anything is cut.
func (s *shownExchanges) add(r *redact.Redactor, c *schemas.CaseResult, xs []*schemas.Exchange) {
	if !failed(c.Outcome) || len(xs) < 2 || s.used.Load() > maxShownExchanges {
		return
	}
	shown, leftOut := xs, 0
	if n := len(xs); n > schemas.MaxExchanges {
		leftOut = n - schemas.MaxExchanges
		first := schemas.MaxExchanges - schemas.LastExchanges
		shown = append(append([]*schemas.Exchange{}, xs[:first]...), xs[n-schemas.LastExchanges:]...)
	}
	var all []schemas.ExchangeReport
	size := 0
	for _, x := range shown {
		part := *x
		part.Response = transport.Searched(x.Response)
		report := r.Report(r.Exchange(&part))
		if report.Response != nil {
			short := *report.Response
			transport.Abridge(&short)
			report.Response = &short
		}
		size += sizeOf(report)
		all = append(all, *report)
	}
	if s.used.Add(int64(size)) <= maxShownExchanges {
		c.Exchanges, c.LeftOut = all, leftOut
	}
}

// sizeOf is about how many bytes a report has for an exchange.
func sizeOf(x *schemas.ExchangeReport) int {
	n := len(x.Request.URL) + len(x.Request.Body) + len(x.Request.Raw) + len(x.Curl)
	for _, f := range x.Request.Header {
		n += len(f.Name) + len(f.Value)
	}
	if x.Response != nil {
		n += len(x.Response.Body)
		for _, f := range x.Response.Header {
			n += len(f.Name) + len(f.Value)
		}
	}
	return n
}
