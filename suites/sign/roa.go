package sign

import (
	"slices"

	"github.com/acsconform/acsconform/schemas"
)

// ROA signs in style roa (signature version 1.0, HMAC-SHA1). path is as it goes over the wire, query is decoded.
// Of the header, Accept, Content-MD5, Content-Type, Date and every x-acs-* field are signed. The key is the secret
// alone, without the "&" of style rpc.
func ROA(method string, header schemas.Header, path string, query []Param, secret string) (stringToSign, signature string) {
	stringToSign = text(roaParts(method, header, path, query))
	return stringToSign, hmacSHA1(secret, stringToSign)
}

// roaParts returns what style roa signs. The query is not encoded, and a parameter without a value is its name alone.
func roaParts(method string, header schemas.Header, path string, query []Param) []part {
	parts := []part{{Input{Kind: Method}, method + "\n"}}
	for _, name := range []string{"accept", "content-md5", "content-type", "date"} {
		parts = append(parts, part{Input{Header, name}, joined(header, name) + "\n"})
	}
	for _, name := range acsNames(header) {
		parts = append(parts, part{Input{Header, name}, name + ":" + joined(header, name) + "\n"})
	}
	parts = append(parts, part{Input{Kind: Path}, path})
	before := "?"
	for _, p := range slices.SortedStableFunc(slices.Values(query), byNameAndValue) {
		pair := before + p.Name
		if p.Value != "" {
			pair += "=" + p.Value
		}
		parts = append(parts, part{Input{Parameter, p.Name}, pair})
		before = "&"
	}
	return parts
}
