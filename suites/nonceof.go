package suites

import "github.com/acsconform/acsconform/schemas"

// NonceOf returns the SignatureNonce of a request, in whatever style; empty where it has none.
func NonceOf(r schemas.Request) string {
	if nonce := r.Header.Get("x-acs-signature-nonce"); nonce != "" {
		return nonce
	}
	for _, p := range messageOf(schemas.RPC, r).Params {
		if p.Name == "SignatureNonce" {
			return p.Value
		}
	}
	return ""
}
