package runner

import (
	"bytes"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"github.com/acsconform/acsconform/schemas"
)

// What is kept of an answer after it was judged.
const (
	keptOfLarge  = 4 << 10  // of a body larger than smallBody, and of any body once the budget is used up
	keptBudget   = 16 << 20 // bodies and headers kept whole in one run, together
	keptOfHeader = 4 << 10  // of all header values of one answer, once the budget is used up
)

// keeper bounds what a run keeps of its answers: each cut to 4 KiB when it is large, and all of them once together
// they are. The zero keeper is ready.
type keeper struct{ used atomic.Int64 }

// cut shortens the body of a judged exchange; Length keeps the true number.
func (k *keeper) cut(x *schemas.Exchange) {
	r := x.Response
	if r == nil {
		return
	}
	if len(r.Body) > smallBody {
		r.Body, r.Cut = head(r.Body, keptOfLarge), true
	}
	size := len(r.Body)
	for _, f := range r.Header {
		size += len(f.Name) + len(f.Value)
	}
	if k.used.Add(int64(size)) > keptBudget {
		r.Cut = r.Cut || len(r.Body) > keptOfLarge
		r.Body = head(r.Body, keptOfLarge)
		r.Header = shortened(r.Header)
	}
}

// head copies the first n bytes, fewer where that would cut a character.
func head(body schemas.Body, n int) schemas.Body {
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
	left := keptOfHeader
	for _, f := range h {
		if left -= len(f.Name) + len(f.Value); left < 0 {
			break
		}
		kept = append(kept, schemas.Field{Name: strings.Clone(f.Name), Value: strings.Clone(f.Value)})
	}
	return kept
}
