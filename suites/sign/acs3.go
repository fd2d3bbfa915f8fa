package sign

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// ACS3Algorithm names the algorithm of style acs3 in the Authorization header.
const ACS3Algorithm = "ACS3-HMAC-SHA256"

// ACS3 signs in style acs3. path is as it goes over the wire ("/" when empty), query is decoded, signedHeaders are
// names in any case and order, bodySHA256 is what ContentSHA256 returns. The signature is lower-case hex.
func ACS3(method, path string, query []Param, header schemas.Header, signedHeaders []string, bodySHA256, secret string) (canonicalRequest, signature string) {
	if path == "" {
		path = "/"
	}
	names := make([]string, len(signedHeaders))
	for i, name := range signedHeaders {
		names[i] = strings.ToLower(name)
	}
	slices.Sort(names)
	var lines strings.Builder
	for _, name := range names {
		lines.WriteString(name + ":" + joined(header, name) + "\n")
	}
	canonicalRequest = strings.Join([]string{
		method, path, canonical(slices.Clone(query)), lines.String(), strings.Join(names, ";"), bodySHA256,
	}, "\n")
	return canonicalRequest, hmacSHA256(secret, ACS3Algorithm+"\n"+ContentSHA256([]byte(canonicalRequest)))
}

// ACS3Headers returns the names of the fields that style acs3 signs: host, content-type and every x-acs-* field
// there is, in lower case and sorted.
func ACS3Headers(header schemas.Header) []string {
	names := acsNames(header)
	for _, name := range []string{"content-type", "host"} {
		if _, ok := header.Lookup(name); ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
