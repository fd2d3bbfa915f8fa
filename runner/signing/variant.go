package signing

import (
	"net/url"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// A variant is what a signature covers in pieces, so that a mistake can be made in one of them.
type variant struct {
	head, query, tail string
	outer             func(string) string // how the query is in the text
	key               func(string) string // what the secret becomes
	plain             bool                // key is as it should be
}

func same(s string) string { return s }

// variantOf parts a right text.
func variantOf(s Steps) variant {
	v := variant{outer: same, key: same, plain: true}
	text := s.text()
	switch s.Style {
	case schemas.ROA:
		v.head = text
		m := s.Message
		if bare, _ := sign.ROA(m.Method, m.Header, m.Path, nil, ""); len(text) > len(bare) {
			v.head, v.query = text[:len(bare)+1], text[len(bare)+1:]
		}
	case schemas.ACS3:
		lines := strings.SplitAfterN(text, "\n", 4)
		v.head, v.query, v.tail = lines[0]+lines[1], strings.TrimSuffix(lines[2], "\n"), "\n"+lines[3]
	default:
		v.head, v.query, v.outer = text[:strings.LastIndexByte(text, '&')+1], s.Canonical, sign.PercentEncode
	}
	return v
}

func (v variant) text() string { return v.head + v.outer(v.query) + v.tail }

// pairs returns the pairs of the query in their order.
func (v variant) pairs() []string {
	if v.query == "" {
		return nil
	}
	return strings.Split(v.query, "&")
}

// withQuery returns the variant with another query.
func (v variant) withQuery(query string) variant {
	v.query = query
	return v
}

// withPairs returns the variant with other pairs, or in another order.
func (v variant) withPairs(pairs []string) variant { return v.withQuery(strings.Join(pairs, "&")) }

// withLine returns the variant with another value in the line of a header that the text has a line for by its name.
func (v variant) withLine(name, value string) variant {
	set := func(text string) string {
		lines := strings.Split(text, "\n")
		for i, line := range lines {
			if strings.HasPrefix(line, name+":") {
				lines[i] = name + ":" + value
			}
		}
		return strings.Join(lines, "\n")
	}
	v.head, v.tail = set(v.head), set(v.tail)
	return v
}

// withHeadLine returns the variant with another text in a line of its head, counted from 0.
func (v variant) withHeadLine(n int, text string) variant {
	lines := strings.Split(v.head, "\n")
	if n < len(lines) {
		lines[n] = text
	}
	v.head = strings.Join(lines, "\n")
	return v
}

// decoded undoes every encoding that a text was written in, however often.
func decoded(text string) string {
	const most = 5
	for range most {
		once, err := url.PathUnescape(text)
		if err != nil || once == text {
			break
		}
		text = once
	}
	return text
}

// sortedPairs returns the pairs in the order of their bytes.
func sortedPairs(text string) []string {
	pairs := strings.Split(text, "&")
	slices.Sort(pairs)
	return pairs
}
