package reference

import "github.com/acsconform/acsconform/schemas"

// The conditions that the server tells apart, as the profiles spell them. Those of a missing and of an empty
// parameter are made of its name; see [missing] and [empty].
const (
	unknownAction               schemas.Condition = "unknown-action"
	unknownVersion              schemas.Condition = "unknown-version"
	unknownAccessKey            schemas.Condition = "unknown-access-key"
	disabledAccessKey           schemas.Condition = "disabled-access-key"
	stsWithoutToken             schemas.Condition = "sts-without-token"
	malformedToken              schemas.Condition = "malformed-token"
	expiredToken                schemas.Condition = "expired-token"
	mismatchedToken             schemas.Condition = "mismatched-token"
	wrongSignature              schemas.Condition = "wrong-signature"
	signatureNotBase64          schemas.Condition = "signature-not-base64"
	unknownSignatureMethod      schemas.Condition = "unknown-signature-method"
	unknownSignatureVersion     schemas.Condition = "unknown-signature-version"
	malformedTimestamp          schemas.Condition = "malformed-timestamp"
	staleTimestamp              schemas.Condition = "stale-timestamp"
	nonceReused                 schemas.Condition = "nonce-reused"
	unsupportedMethod           schemas.Condition = "unsupported-method"
	unknownFormat               schemas.Condition = "unknown-format"
	formatXML                   schemas.Condition = "format-xml"
	acceptUnsupported           schemas.Condition = "accept-unsupported"
	contentLengthMismatch       schemas.Condition = "content-length-mismatch"
	contentMD5Mismatch          schemas.Condition = "content-md5-mismatch"
	unknownRegion               schemas.Condition = "unknown-region"
	unknownHost                 schemas.Condition = "unknown-host"
	plainHTTP                   schemas.Condition = "plain-http"
	throttled                   schemas.Condition = "throttled"
	ownerIDAndAccount           schemas.Condition = "owner-id-and-account"
	invalidOwnerAccount         schemas.Condition = "invalid-owner-account"
	invalidOwnerID              schemas.Condition = "invalid-owner-id"
	invalidResourceOwnerAccount schemas.Condition = "invalid-resource-owner-account"
	clientTokenMismatch         schemas.Condition = "client-token-mismatch"
	clientTokenInProgress       schemas.Condition = "client-token-in-progress"
	hostile                     schemas.Condition = "hostile" // not a request that could be read
	failed                      schemas.Condition = "failed"  // the server's own fault
	recipe                      schemas.Condition = "recipe"  // a row that a recipe provokes
	missingOwn                  schemas.Condition = "missing-own-parameter"
)

var kebab = map[string]string{
	"Action": "action", "Version": "version", "AccessKeyId": "access-key-id", "Signature": "signature",
	"Timestamp": "timestamp", "SignatureMethod": "signature-method", "SignatureVersion": "signature-version",
	"SignatureNonce": "signature-nonce",
}

// missing names the condition of a mandatory parameter that is not there.
func missing(name string) schemas.Condition { return schemas.Condition("missing-" + kebab[name]) }

// empty names the condition of a mandatory parameter without a value. The documents speak of five; the rest are
// answered as if they were missing.
func empty(name string) schemas.Condition {
	switch name {
	case "SignatureMethod", "SignatureVersion", "SignatureNonce":
		return missing(name)
	}
	return schemas.Condition("empty-" + kebab[name])
}
