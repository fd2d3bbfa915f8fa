package sign

import (
	"cmp"
	"slices"
	"strings"
)

// RPC signs in style rpc (signature version 1.0, HMAC-SHA1). params are all parameters of query and form, decoded;
// those named Signature are left out. Repeats of a name are sorted by value. The key is the secret followed by "&".
func RPC(method string, params []Param, secret string) (stringToSign, signature string) {
	signed := slices.DeleteFunc(slices.Clone(params), func(p Param) bool { return p.Name == "Signature" })
	stringToSign = method + "&%2F&" + PercentEncode(canonical(signed))
	return stringToSign, hmacSHA1(secret+"&", stringToSign)
}

// canonical sorts params in place and joins them, encoded, as name=value with "&".
func canonical(params []Param) string {
	slices.SortStableFunc(params, byNameAndValue)
	var b strings.Builder
	for i, p := range params {
		if i > 0 {
			b.WriteByte('&')
		}
		b.WriteString(PercentEncode(p.Name))
		b.WriteByte('=')
		b.WriteString(PercentEncode(p.Value))
	}
	return b.String()
}

func byNameAndValue(a, b Param) int {
	return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Value, b.Value))
}
