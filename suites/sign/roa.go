package sign

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// ROA signs in style roa (signature version 1.0, HMAC-SHA1). path is as it goes over the wire, query is decoded.
// Of the header, Accept, Content-MD5, Content-Type, Date and every x-acs-* field are signed. The key is the secret
// alone, without the "&" of style rpc.
func ROA(method string, header schemas.Header, path string, query []Param, secret string) (stringToSign, signature string) {
	var b strings.Builder
	b.WriteString(method)
	b.WriteByte('\n')
	for _, name := range []string{"Accept", "Content-MD5", "Content-Type", "Date"} {
		b.WriteString(joined(header, name))
		b.WriteByte('\n')
	}
	for _, name := range acsNames(header) {
		b.WriteString(name + ":" + joined(header, name) + "\n")
	}
	b.WriteString(resource(path, query))
	return b.String(), hmacSHA1(secret, b.String())
}

// resource joins the path and the sorted query, which is not encoded; a parameter without a value is its name alone.
func resource(path string, query []Param) string {
	if len(query) == 0 {
		return path
	}
	pairs := make([]string, 0, len(query))
	for _, p := range slices.SortedStableFunc(slices.Values(query), byNameAndValue) {
		if p.Value == "" {
			pairs = append(pairs, p.Name)
		} else {
			pairs = append(pairs, p.Name+"="+p.Value)
		}
	}
	return path + "?" + strings.Join(pairs, "&")
}
