package transport

import (
	"net/http"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// Skew measures by how much the clock of the Date header is ahead of ours. Date is cut to the second and stamped at some
// time between sending and receiving, so both are taken at their middle: off by half a second and half the round trip at
// most. It returns false when there is no Date that can be read.
func Skew(x *schemas.Exchange) (time.Duration, bool) {
	if x.Response == nil {
		return 0, false
	}
	date, err := http.ParseTime(x.Response.Header.Get("Date"))
	if err != nil {
		return 0, false
	}
	middle := x.Started.Add(time.Duration(x.Seconds * float64(time.Second) / 2))
	return date.Add(time.Second / 2).Sub(middle), true
}
