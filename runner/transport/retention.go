package transport

import (
	"bytes"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"github.com/acsconform/acsconform/schemas"
)

// What is kept of an answer after it was judged.
const (
	TruncatedBody = 4 << 10  // of a body larger than SmallBody, and of any body once the budget is used up
	KeptBudget    = 16 << 20 // bodies and headers kept whole in one run, together
	KeptOfHeader  = 4 << 10  // of the header of one answer, once the budget is used up
	keptHeader    = 32 << 10 // before
	fieldCost     = 64       // of a header field beside its letters, in memory and in a report
	margin        = 32 << 10 // of a large body that is searched for secrets beside what is shown
)

// Searched returns of a large answer what has to be searched for secrets before it is shortened, since more is not shown.
func Searched(r *schemas.Response) *schemas.Response {
	if r == nil || len(r.Body) <= SmallBody {
		return r
	}
	part := *r
	part.Body, part.Cut = Head(r.Body, TruncatedBody+margin), true
	return &part
}

// Retention bounds what a run keeps of its answers: each cut to 4 KiB when it is large, and all of them once together
// they are. The zero keeper is ready.
type Retention struct{ used atomic.Int64 }

// Truncate shortens a judged exchange, and reports whether anything was cut; Length keeps the true number.
func (k *Retention) Truncate(x *schemas.Exchange) bool {
	r := x.Response
	if r == nil {
		return false
	}
	whole, fields := len(r.Body), len(r.Header)
	Shorten(r)
	size := len(r.Body)
	for _, f := range r.Header {
		size += costOf(f)
	}
	if k.used.Add(int64(size)) > KeptBudget {
		r.Cut = r.Cut || len(r.Body) > TruncatedBody
		r.Body = Head(r.Body, TruncatedBody)
		r.Header, _ = shortened(r.Header, KeptOfHeader)
	}
	return len(r.Body) < whole || len(r.Header) < fields
}

// Shorten cuts a large body and a large header. It leaves the slices alone that it was given.
func Shorten(r *schemas.Response) {
	if r == nil {
		return
	}
	if len(r.Body) > SmallBody || r.Cut && len(r.Body) > TruncatedBody {
		r.Body, r.Cut = Head(r.Body, TruncatedBody), true
	}
	if header, cut := shortened(r.Header, keptHeader); cut {
		r.Header, r.Cut = header, true
	}
}

// Abridge cuts a body to 4 KiB and a header too, as is done with all once the budget is used up. It leaves the slices alone
// that it was given.
func Abridge(r *schemas.Response) {
	if r == nil {
		return
	}
	if len(r.Body) > TruncatedBody {
		r.Body, r.Cut = Head(r.Body, TruncatedBody), true
	}
	if header, cut := shortened(r.Header, KeptOfHeader); cut {
		r.Header, r.Cut = header, true
	}
}

func costOf(f schemas.Field) int { return len(f.Name) + len(f.Value) + fieldCost }

// Head copies the first n bytes, fewer where that would cut a character.
func Head(body schemas.Body, n int) schemas.Body {
	if len(body) <= n {
		return body
	}
	short := body[:n]
	for i := 1; i < utf8.UTFMax && i < n; i++ {
		if c := short[n-i]; utf8.RuneStart(c) {
			if !utf8.FullRune(short[n-i:]) {
				short = short[:n-i]
			}
			break
		}
	}
	return bytes.Clone(short)
}

// shortened copies the fields that fit, and reports whether that is not all.
func shortened(h schemas.Header, most int) (kept schemas.Header, cut bool) {
	for _, f := range h {
		most -= costOf(f)
	}
	if most >= 0 {
		return h, false
	}
	for _, f := range h {
		most += costOf(f)
	}
	for _, f := range h {
		if most -= costOf(f); most < 0 {
			break
		}
		kept = append(kept, schemas.Field{Name: strings.Clone(f.Name), Value: strings.Clone(f.Value)})
	}
	return kept, true
}
