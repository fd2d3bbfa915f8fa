package suites

import (
	"crypto/md5"
	"crypto/sha1"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
)

// The algorithms that are weaker than a style's own, or older. A service that takes one says so in its target file.
var (
	hmacMD5  = sign.Algorithm{Name: "HMAC-MD5", Hash: md5.New}
	acs3MD5  = sign.Algorithm{Name: "ACS3-HMAC-MD5", Hash: md5.New}
	acs3SHA1 = sign.Algorithm{Name: "ACS3-HMAC-SHA1", Hash: sha1.New}
)

// downgradeCases name another signature method than the one of the style: with the style's own signature, and with a right
// signature of that method. A service may know a stronger method than its document (HMAC-SHA256, ACS3-HMAC-SM3): then it
// refuses the signature, so that any refusal is right.
func downgradeCases() []Case {
	named256 := func(name string, styles []schemas.Style, change, spoil []Change) Case {
		return Case{Name: namedAbove(name), Condition: UnknownSignatureMethod, Clause: "SIGN-3", Spread: Methods, Styles: styles,
			Except: "the other styles name their method elsewhere, where another case names another one", AnyRefusal: true, Late: true, Change: change, AfterSigning: spoil}
	}
	weaker := func(name string, styles []schemas.Style, a sign.Algorithm) Case {
		c := named256(name, styles, []Change{SignedBy(a)}, nil)
		c.Name, c.Unlisted = namedAbove(name), a.Name
		return c
	}
	return []Case{
		named256("signature-method-sha256-over-sha1", withMethodParameters, []Change{Set("SignatureMethod", "HMAC-SHA256")}, nil),
		named256("algorithm-sm3-over-sha256", acs3Only, nil, []Change{Algorithm("ACS3-HMAC-SM3")}),
		weaker("signature-method-md5-with-its-signature", withMethodParameters, hmacMD5),
		weaker("algorithm-md5-with-its-signature", acs3Only, acs3MD5),
		weaker("algorithm-sha1-with-its-signature", acs3Only, acs3SHA1),
	}
}

// SignedBy names another algorithm and signs by it.
func SignedBy(a sign.Algorithm) Change {
	return Change{"signed by " + a.Name, func(d *Draft) {
		d.algorithm = &a
		if d.Style == schemas.ACS3 {
			Algorithm(a.Name).Do(d)
			return
		}
		d.set("SignatureMethod", a.Name)
	}}
}
