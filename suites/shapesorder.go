package suites

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
)

// queryInAnyOrder is the case of a query whose order is not that in which it is signed.
func queryInAnyOrder() Case {
	c := unknownNames(sdkShapes("sdk-query-in-any-order", roaOnly, [][]Change{twoNames("the query in the order of its names", sorted)},
		shape{"the query in another order than that of its names", "the SDK V1.0 for Java sends it in the order of a hash map (RoaAcsRequest.composeUrl)",
			twoNames("the query in the reverse order of its names", func(query string) string { return reversed(sorted(query)) }), nil}))
	c.Except = "in the other styles parameters-reordered is the same"
	return c
}

// twoNames adds two parameters and sends the query in some order.
func twoNames(says string, order func(query string) string) []Change {
	return []Change{Set(spareParameter+".1", "0"), Set(spareParameter+".2", "0"), RawQuery(says, order)}
}

// escapesInSmallLetters is the case of a query whose escapes are not those that are signed.
func escapesInSmallLetters() Case {
	c := sdkShapes("sdk-escapes-in-small-letters", rpcOnly, [][]Change{{}},
		shape{"%3a for a colon", "the SDK for .NET sends it (AcsURLEncoder.Encode)", nil, []Change{RawQuery("escapes in small letters", func(q string) string { return escapes.ReplaceAllStringFunc(q, strings.ToLower) })}})
	c.Spread, c.Except = Once, "in style roa the query is signed as it is decoded, and style acs3 encodes as style rpc does"
	return c
}

// escapes are those of percent-encoding as most clients write them.
var escapes = regexp.MustCompile("%[0-9A-F]{2}")

// headersReversed sends the headers of what is to be served behind one another from the last to the first.
func headersReversed(c Case) Case {
	last := &c.Steps[len(c.Steps)-1]
	last.Raw = []ByteEdit{{Description: "the headers in reverse order", Do: func(raw []byte) []byte {
		head, body, _ := bytes.Cut(raw, []byte("\r\n\r\n"))
		lines := bytes.Split(head, []byte("\r\n"))
		slices.Reverse(lines[1:])
		return append(append(bytes.Join(lines, []byte("\r\n")), "\r\n\r\n"...), body...)
	}}}
	c.Spread = Once
	return c
}
