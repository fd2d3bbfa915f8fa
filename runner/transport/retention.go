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
	TruncatedBody = 4 << 10  // of a body larger than smallBody, and of any body once the budget is used up
	KeptBudget    = 16 << 20 // bodies and headers kept whole in one run, together
	KeptOfHeader  = 4 << 10  // of all header values of one answer, once the budget is used up
)

// Retention bounds what a run keeps of its answers: each cut to 4 KiB when it is large, and all of them once together
// they are. The zero keeper is ready.
type Retention struct{ used atomic.Int64 }

// Truncate shortens the body of a judged exchange; Length keeps the true number.
func (k *Retention) Truncate(x *schemas.Exchange) {
	r := x.Response
	if r == nil {
		return
	}
	if len(r.Body) > SmallBody {
		r.Body, r.Cut = Head(r.Body, TruncatedBody), true
	}
	size := len(r.Body)
	for _, f := range r.Header {
		size += len(f.Name) + len(f.Value)
	}
	if k.used.Add(int64(size)) > KeptBudget {
		r.Cut = r.Cut || len(r.Body) > TruncatedBody
		r.Body = Head(r.Body, TruncatedBody)
		r.Header = shortened(r.Header)
	}
}

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

// shortened copies the fields that fit keptOfHeader.
func shortened(h schemas.Header) schemas.Header {
	var kept schemas.Header
	left := KeptOfHeader
	for _, f := range h {
		if left -= len(f.Name) + len(f.Value); left < 0 {
			break
		}
		kept = append(kept, schemas.Field{Name: strings.Clone(f.Name), Value: strings.Clone(f.Value)})
	}
	return kept
}
