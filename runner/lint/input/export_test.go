package input

import (
	"io"

	"github.com/acsconform/acsconform/schemas"
)

// ReadHAR reads every entry of a HAR file, up to the first that is none.
func ReadHAR(in io.Reader) (list []*schemas.Exchange, err error) {
	h := newHARReader(in)
	for b := (&Block{}); ; b.Reset() {
		more, err := h.next(b)
		if err != nil || !more {
			return list, err
		}
		var failed error
		b.Each(func(raw []byte, _ int64) {
			x, err := harExchange(raw)
			if err != nil {
				failed = err
				return
			}
			list = append(list, x)
		})
		if failed != nil {
			return list, failed
		}
	}
}
