package lint

import (
	"sync"

	"github.com/acsconform/acsconform/runner/redact"
	"github.com/acsconform/acsconform/schemas"
)

// uuidLength is the length of a request id that can hold no secret.
const uuidLength = 36

// discreet returns what takes secrets of an exchange out of what is said of it. It reads the exchange and looks for them
// once something is; of one that cannot be read nothing is shown.
func discreet(read func() (*schemas.Exchange, error)) func(text string) string {
	words := sync.OnceValue(func() func(string) string {
		x, err := read()
		if err != nil {
			return func(string) string { return "" }
		}
		return redact.Words(x)
	})
	return func(text string) string {
		if len(text) < redact.MinSecret {
			return text
		}
		return words()(text)
	}
}

// keeps reports whether one more finding of a sort is kept as an example.
func (t tallies) keeps(clause, code string) bool {
	y := t[sort{clause, code}]
	return y == nil || len(y.examples) < maxExamples
}
