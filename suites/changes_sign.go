package suites

import (
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// OtherMethod signs for the method that is not used, of GET and POST.
func OtherMethod() Change {
	return Change{"signed for the other of GET and POST", func(d *Draft) {
		d.SignedMethod = otherMethod(d.Method)
	}}
}

// SignWith signs with another secret.
func SignWith(secret string) Change {
	return Change{"signed with another secret", func(d *Draft) {
		other := secret
		if d.Key.AccessKeySecret == other {
			other += "2"
		}
		d.Key.AccessKeySecret = other
	}}
}

// SignWithOther signs with the secret of another key of the target file, under the AccessKeyId of the first.
func SignWithOther() Change {
	return Change{"signed with another key of the target file", func(d *Draft) { d.Key.AccessKeySecret = d.otherKey().AccessKeySecret }}
}

// Key uses another key of the target file, its token included.
func Key(name string) Change {
	return Change{"with the key credentials." + name, func(d *Draft) {
		d.Key = d.Setting.Target.Credentials[name]
		d.useKey()
	}}
}

// useKey makes the draft's key the one that is sent.
func (d *Draft) useKey() {
	d.set("AccessKeyId", d.Key.AccessKeyID)
	d.drop("SecurityToken")
	if d.Key.SecurityToken != "" {
		d.set("SecurityToken", d.Key.SecurityToken)
	}
}

// UnknownKey uses a key that nobody has.
func UnknownKey() Change {
	return Change{"with an AccessKeyId that does not exist", func(d *Draft) {
		d.Key = schemas.Credential{AccessKeyID: "LTAInosuchkey" + d.Setting.Seed[:11], AccessKeySecret: madeUpSecret}
		d.useKey()
	}}
}

// Spoilt edits the signature.
func Spoilt(says string, edit func(string) string) Change {
	return Change{"with " + says, func(d *Draft) { d.set("Signature", edit(d.get("Signature"))) }}
}

// madeUpSecret signs for keys that do not exist.
const madeUpSecret = "acsconform-made-up-secret"

// KeyCase turns the case of the AccessKeyId, which makes it another one.
func KeyCase() Change {
	return Change{"with the case of AccessKeyId turned, or a letter more where it has none", func(d *Draft) {
		d.set("AccessKeyId", otherCase(d.get("AccessKeyId")))
	}}
}

// Algorithm names another algorithm in Authorization, which is where acs3 names it.
func Algorithm(name string) Change {
	return Change{"with the algorithm " + name, func(d *Draft) {
		d.after = append(d.after, func(r *schemas.Request) {
			_, rest, _ := strings.Cut(r.Header.Get("Authorization"), " ")
			r.Header.Set("Authorization", name+" "+rest)
		})
	}}
}

// STSKey uses the temporary key where the target file has one, else the default key stays.
func STSKey() Change {
	return Change{"with the key credentials.sts, or else credentials.default", func(d *Draft) {
		if key, ok := d.Setting.Target.Credentials[schemas.STSKey]; ok {
			d.Key = key
			d.useKey()
		}
	}}
}

// TokenOf sends the token of a key of the target file.
func TokenOf(name string) Change {
	return Change{"with the SecurityToken of credentials." + name, func(d *Draft) {
		d.set("SecurityToken", d.Setting.Target.Credentials[name].SecurityToken)
	}}
}

// STSKeyWithoutToken uses the temporary key without its token; where the target file has none, one made up, of which a
// server may say first that it does not know it.
func STSKeyWithoutToken() Change {
	return Change{"with an AccessKeyId that begins STS. and no SecurityToken", func(d *Draft) {
		key, ok := d.Setting.Target.Credentials[schemas.STSKey]
		if !ok {
			key = schemas.Credential{AccessKeyID: "STS.acsconform" + d.Setting.Seed[:10], AccessKeySecret: madeUpSecret}
			d.madeUp = true
		}
		d.Key = key
		d.useKey()
		d.drop("SecurityToken")
	}}
}
