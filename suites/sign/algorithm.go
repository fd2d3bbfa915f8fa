package sign

import (
	"crypto/hmac"
	"encoding/base64"
	"encoding/hex"
	"hash"

	"github.com/acsconform/acsconform/schemas"
)

// An Algorithm is a keyed hash by another name than that of a style. It signs what the style signs, with the style's key and
// in its writing, and no document knows it.
type Algorithm struct {
	Name string
	Hash func() hash.Hash
}

// Sign returns the signature of a request by that algorithm. toSign is the string to sign of styles rpc and roa, and the
// canonical request of style acs3.
func (a Algorithm) Sign(style schemas.Style, toSign, secret string) string {
	switch style {
	case schemas.ROA:
		return base64.StdEncoding.EncodeToString(a.mac(secret, toSign))
	case schemas.ACS3:
		digest := a.Hash()
		digest.Write([]byte(toSign))
		return hex.EncodeToString(a.mac(secret, a.Name+"\n"+hex.EncodeToString(digest.Sum(nil))))
	}
	return base64.StdEncoding.EncodeToString(a.mac(secret+"&", toSign))
}

func (a Algorithm) mac(key, text string) []byte {
	mac := hmac.New(a.Hash, []byte(key))
	mac.Write([]byte(text))
	return mac.Sum(nil)
}
