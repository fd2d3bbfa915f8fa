package signing

import (
	"cmp"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// A Mistake is one that signers are known for.
type Mistake struct {
	Name string // a few words
	Says string // what is done and what is right, in one sentence

	styles []schemas.Style // it can be made in; all when empty
	make   func(v variant, c clues) []variant
}

// clues are what is known beside the text: the request, and what somebody told of it.
type clues struct {
	steps Steps
	told  Told
}

var encoding = []schemas.Style{schemas.RPC, schemas.ACS3}

// mistakes returns every known mistake. Where two make the same text, the first one is named.
func mistakes() []Mistake {
	return append(writingMistakes(), requestMistakes()...)
}

// writingMistakes are those in how the query is written.
func writingMistakes() []Mistake {
	return []Mistake{
		{"blank as +", "a blank is written as +, and has to be %20", nil, replaced([2]string{"%20", "+"}, [2]string{" ", "+"})},
		{"~ as %7E", "~ is written as %7E, and has to stay as it is", nil, replaced([2]string{"~", "%7E"})},
		{"* bare", "* is left as it is, and has to be %2A", encoding, replaced([2]string{"%2A", "*"})},
		{"! bare", "! is left as it is, and has to be %21", encoding, replaced([2]string{"%21", "!"})},
		{"' ( ) bare", "' ( and ) are left as they are, and have to be %27, %28 and %29", encoding, func(v variant, _ clues) []variant {
			return []variant{v.withQuery(strings.NewReplacer("%27", "'", "%28", "(", "%29", ")").Replace(v.query))}
		}},
		{"empty value left out", "a parameter with an empty value is left out or is not written as the style writes it: rpc and acs3 have name=, and roa the name alone", nil, emptyLeftOut},
		{"sorting", "the parameters are in another order than that of the bytes of their names (capitals come before small letters)", nil, unsorted},
		{"lower-case %2f", "escapes are in lower case (%2f), and have to be in upper case (%2F)", encoding, lowerCase},
		{"doubly encoded", "the parameters are encoded once more than they have to be", nil, doublyEncoded},
		{"encoded once too few", "the canonical query is in the string to sign as it is, and has to be percent-encoded as a whole once more", []schemas.Style{schemas.RPC}, func(v variant, _ clues) []variant {
			v.outer = same
			return []variant{v}
		}},
	}
}

// requestMistakes are those in what is signed, and with what.
func requestMistakes() []Mistake {
	return []Mistake{
		{"GET for POST", "the text is made for another method than the one the request is sent by", nil, otherMethod},
		{"form left out", "the parameters of the form are not signed, and in rpc those of the query and of the form are signed together", []schemas.Style{schemas.RPC}, formLeftOut},
		{"query left out", "the parameters of the query are not signed, and in rpc those of the query and of the form are signed together", []schemas.Style{schemas.RPC}, queryLeftOut},
		{"Host", "the host is not the one of the request: a gateway or proxy passes another Host on, or the port is in one of the two only", []schemas.Style{schemas.ACS3}, otherHost},
		{"time", "the time is not the one of the request, or not in UTC and in the form of the style", nil, otherTime},
		{"body not hashed", "the body is not hashed: acs3 has its SHA-256 in lower-case hex as x-acs-content-sha256 and in the last line, roa its MD5 in base64 as Content-MD5", []schemas.Style{schemas.ROA, schemas.ACS3}, unhashed},
		{"key with a trailing &", "the key is the secret followed by &, and in roa and acs3 it has to be the secret alone", []schemas.Style{schemas.ROA, schemas.ACS3}, otherKey(func(s string) string { return s + "&" })},
		{"key without a trailing &", "the key is the secret alone, and in rpc it has to be followed by &", []schemas.Style{schemas.RPC}, otherKey(func(s string) string { return s })},
		{"key with two trailing &", "the key is the secret followed by two &, and in rpc it has to be followed by one", []schemas.Style{schemas.RPC}, otherKey(func(s string) string { return s + "&&" })},
	}
}

// replaced writes some texts of the query in another way.
func replaced(texts ...[2]string) func(variant, clues) []variant {
	return func(v variant, _ clues) []variant {
		for _, t := range texts {
			v.query = strings.ReplaceAll(v.query, t[0], t[1])
		}
		return []variant{v}
	}
}

func emptyLeftOut(v variant, c clues) []variant {
	empty := func(pair string) bool { return strings.HasSuffix(pair, "=") }
	if c.steps.Style == schemas.ROA {
		empty = func(pair string) bool { return !strings.Contains(pair, "=") }
	}
	left := slices.DeleteFunc(v.pairs(), empty)
	var bare []string
	for _, pair := range v.pairs() {
		if empty(pair) && c.steps.Style == schemas.ROA {
			pair += "="
		} else if empty(pair) {
			pair = strings.TrimSuffix(pair, "=")
		}
		bare = append(bare, pair)
	}
	return []variant{v.withPairs(left), v.withPairs(bare)}
}

// unsorted is the query in the order in which it was sent, in orders that libraries make, and in the one that was told.
func unsorted(v variant, c clues) []variant {
	pairs := v.pairs()
	byText, byCase := slices.Sorted(slices.Values(pairs)), slices.Clone(pairs)
	slices.SortStableFunc(byCase, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
	all := []variant{v.withPairs(byCase), v.withPairs(byText)}
	sent := map[string]int{}
	for i, p := range c.steps.Message.Params {
		sent[p.Name] = cmp.Or(sent[p.Name], i+1)
	}
	asSent := slices.Clone(pairs)
	slices.SortStableFunc(asSent, func(a, b string) int { return sent[nameOf(a)] - sent[nameOf(b)] })
	all = append(all, v.withPairs(asSent))
	if told, ok := c.query(v); ok && slices.Equal(sortedPairs(told), sortedPairs(v.query)) {
		all = append(all, v.withQuery(told))
	}
	return all
}

// nameOf returns the name of a pair as it was before it was encoded.
func nameOf(pair string) string {
	name, _, _ := strings.Cut(pair, "=")
	return decoded(name)
}

func lowerCase(v variant, _ clues) []variant {
	inner, outer, both := v, v, v
	inner.query = lowered(v.query)
	outer.outer = func(s string) string { return lowered(v.outer(s)) }
	both.query, both.outer = inner.query, outer.outer
	return []variant{inner, outer, both}
}

// lowered writes the hex digits of escapes in lower case.
func lowered(text string) string {
	b := []byte(text)
	for i := 0; i+2 < len(b); i++ {
		if b[i] == '%' {
			copy(b[i+1:i+3], strings.ToLower(string(b[i+1:i+3])))
		}
	}
	return string(b)
}

func doublyEncoded(v variant, c clues) []variant {
	if c.steps.Style == schemas.ROA { // which encodes nothing
		pairs := v.pairs()
		for i, pair := range pairs {
			name, value, has := strings.Cut(pair, "=")
			if pairs[i] = sign.PercentEncode(name); has {
				pairs[i] += "=" + sign.PercentEncode(value)
			}
		}
		return []variant{v.withPairs(pairs)}
	}
	values := v.withQuery(strings.ReplaceAll(v.query, "%", "%25"))
	if c.steps.Style == schemas.ACS3 {
		return []variant{values}
	}
	whole := v
	whole.outer = func(s string) string { return sign.PercentEncode(v.outer(s)) }
	return []variant{values, whole}
}
