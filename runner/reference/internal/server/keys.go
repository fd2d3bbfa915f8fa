package server

import (
	"regexp"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// Key is one AccessKey that the server knows, and the SecurityToken that goes with it if it is a temporary one.
type Key struct {
	schemas.Credential
	Inactive bool
	expires  time.Time // of the token; zero: not in our time
}

// RestrictedKey is the name of a key that is known, and may not do what the default one may; OwnerKey that of one that
// may do everything.
const (
	RestrictedKey = "restricted"
	OwnerKey      = "owner"
)

// Keys are those that the server knows, by their names in the target file. The mismatched one is a sound temporary key that
// comes with the token of another.
var Keys = map[string]Key{
	schemas.DefaultKey: {Credential: schemas.Credential{
		AccessKeyID: "reference-default", AccessKeySecret: "secret-of-reference-default"}},
	schemas.InactiveKey: {Credential: schemas.Credential{
		AccessKeyID: "reference-inactive", AccessKeySecret: "secret-of-reference-inactive"}, Inactive: true},
	RestrictedKey: {Credential: schemas.Credential{
		AccessKeyID: "reference-restricted", AccessKeySecret: "secret-of-reference-restricted"}},
	OwnerKey: {Credential: schemas.Credential{
		AccessKeyID: "reference-owner", AccessKeySecret: "secret-of-reference-owner"}},
	schemas.STSKey: {Credential: schemas.Credential{
		AccessKeyID: "STS.reference", AccessKeySecret: "secret-of-sts-reference",
		SecurityToken: "CAISreferenceTokenThatIsGood01"}},
	schemas.ExpiredKey: {Credential: schemas.Credential{
		AccessKeyID: "STS.reference-expired", AccessKeySecret: "secret-of-sts-reference-expired",
		SecurityToken: "CAISreferenceTokenThatIsOver01"}, expires: time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC)},
	schemas.MismatchedKey: {Credential: schemas.Credential{
		AccessKeyID: "STS.reference-mismatched", AccessKeySecret: "secret-of-sts-reference-mismatched",
		SecurityToken: "CAISreferenceTokenThatIsGood01"}},
}

// FindKey returns the key with that AccessKeyId, and nil when there is none.
func FindKey(id string) *Key {
	for _, k := range Keys {
		if k.AccessKeyID == id {
			return &k
		}
	}
	return nil
}

var tokenForm = regexp.MustCompile(`^CAIS[A-Za-z0-9+/=_-]{16,}$`)

// tokenFault describes what is wrong with a token that came with the key, and "" when nothing is.
func tokenFault(k *Key, token string, now time.Time) schemas.Condition {
	owner := tokenOwner(token)
	switch {
	case !tokenForm.MatchString(token) || owner == nil:
		return MalformedToken
	case !owner.expires.IsZero() && now.After(owner.expires):
		return ExpiredToken
	case owner.AccessKeyID != k.AccessKeyID:
		return MismatchedToken
	default:
		return ""
	}
}

func tokenOwner(token string) *Key {
	for _, name := range []string{schemas.STSKey, schemas.ExpiredKey} {
		if k := Keys[name]; k.SecurityToken == token {
			return &k
		}
	}
	return nil
}
