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
	canonicalRequest = text(acs3Parts(method, path, query, header, signedHeaders, bodySHA256))
	return canonicalRequest, hmacSHA256(secret, ACS3Algorithm+"\n"+ContentSHA256([]byte(canonicalRequest)))
}

// acs3Parts returns what style acs3 signs.
func acs3Parts(method, path string, query []Param, header schemas.Header, signedHeaders []string, bodySHA256 string) []part {
	if path == "" {
		path = "/"
	}
	names := make([]string, len(signedHeaders))
	for i, name := range signedHeaders {
		names[i] = strings.ToLower(name)
	}
	slices.Sort(names)
	parts := []part{{Input{Kind: Method}, method + "\n"}, {Input{Kind: Path}, path}, {text: "\n"}}
	parts = append(append(parts, canonicalParts(slices.Clone(query))...), part{text: "\n"})
	for _, name := range names {
		parts = append(parts, part{Input{Header, name}, name + ":" + joined(header, name) + "\n"})
	}
	return append(parts, part{text: "\n"}, part{Input{Kind: SignedHeaders}, strings.Join(names, ";")}, part{text: "\n"}, part{Input{Kind: Body}, bodySHA256})
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
