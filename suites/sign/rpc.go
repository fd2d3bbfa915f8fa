package sign

import (
	"cmp"
	"slices"
	"strings"
)

// RPC signs in style rpc (signature version 1.0, HMAC-SHA1). params are all parameters of query and form, decoded;
// those named Signature are left out. Repeats of a name are sorted by value. The key is the secret followed by "&".
func RPC(method string, params []Param, secret string) (stringToSign, signature string) {
	stringToSign = text(rpcParts(method, params))
	return stringToSign, hmacSHA1(secret+"&", stringToSign)
}

// rpcParts returns what style rpc signs.
func rpcParts(method string, params []Param) []part {
	signed := slices.DeleteFunc(slices.Clone(params), func(p Param) bool { return p.Name == "Signature" })
	parts := make([]part, 0, len(signed)+2)
	parts = append(parts, part{Input{Kind: Method}, method}, part{text: "&%2F&"})
	for _, p := range canonicalParts(signed) {
		parts = append(parts, part{p.Input, PercentEncode(p.text)})
	}
	return parts
}

func byNameAndValue(a, b Param) int {
	return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Value, b.Value))
}
