package suites

import (
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
)

// Conventional reports whether an answer shows a sign of the convention: a header of its own, or the members by which an
// envelope is known from any other JSON or XML. In a success a Code or a Message alone is the name of data as well.
func Conventional(r *schemas.Response) bool {
	if r == nil {
		return false
	}
	for _, f := range r.Header {
		if len(f.Name) > len(acsHeader) && strings.EqualFold(f.Name[:len(acsHeader)], acsHeader) {
			return true
		}
	}
	e := body.Open(r.Body)
	if e == nil {
		return false
	}
	_, misspelt := e.Misspelt("RequestId")
	has := func(name string) bool { _, ok := e.Get(name); return ok }
	code, message := has("Code"), has("Message")
	return misspelt || has("RequestId") || has("HostId") || code && message || r.Status >= 400 && (code || message || e.Root == "Error")
}

// acsHeader begins the headers that only the convention has.
const acsHeader = "x-acs-"

// NoneConventional returns the number of answers where none of them shows a sign of the convention, and 0 where one does
// or nothing was answered.
func NoneConventional(all []*Judged) int {
	answers := 0
	for _, d := range all {
		if d == nil {
			continue
		}
		for _, list := range [][]*Observation{d.Observations, d.SetAside} {
			for _, e := range list {
				switch r := e.Exchange().Response; {
				case r == nil:
				case Conventional(r):
					return 0
				default:
					answers++
				}
			}
		}
	}
	return answers
}
