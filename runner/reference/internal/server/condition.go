package server

import "github.com/acsconform/acsconform/schemas"

// The conditions that the server tells apart, as the profiles spell them. Those of a missing and of an empty
// parameter are made of its name; see [Missing] and [Empty].
const (
	UnknownAction               schemas.Condition = "unknown-action"
	UnknownVersion              schemas.Condition = "unknown-version"
	UnknownAccessKey            schemas.Condition = "unknown-access-key"
	DisabledAccessKey           schemas.Condition = "disabled-access-key"
	STSWithoutToken             schemas.Condition = "sts-without-token"
	MalformedToken              schemas.Condition = "malformed-token"
	ExpiredToken                schemas.Condition = "expired-token"
	MismatchedToken             schemas.Condition = "mismatched-token"
	WrongSignature              schemas.Condition = "wrong-signature"
	SignatureNotBase64          schemas.Condition = "signature-not-base64"
	UnknownSignatureMethod      schemas.Condition = "unknown-signature-method"
	UnknownSignatureVersion     schemas.Condition = "unknown-signature-version"
	MalformedTimestamp          schemas.Condition = "malformed-timestamp"
	StaleTimestamp              schemas.Condition = "stale-timestamp"
	NonceReused                 schemas.Condition = "nonce-reused"
	UnsupportedMethod           schemas.Condition = "unsupported-method"
	UnknownFormat               schemas.Condition = "unknown-format"
	FormatXML                   schemas.Condition = "format-xml"
	AcceptUnsupported           schemas.Condition = "accept-unsupported"
	ContentLengthMismatch       schemas.Condition = "content-length-mismatch"
	ContentMD5Mismatch          schemas.Condition = "content-md5-mismatch"
	UnknownRegion               schemas.Condition = "unknown-region"
	UnknownHost                 schemas.Condition = "unknown-host"
	PlainHTTP                   schemas.Condition = "plain-http"
	Throttled                   schemas.Condition = "throttled"
	OwnerIDAndAccount           schemas.Condition = "owner-id-and-account"
	InvalidOwnerAccount         schemas.Condition = "invalid-owner-account"
	InvalidOwnerID              schemas.Condition = "invalid-owner-id"
	InvalidResourceOwnerAccount schemas.Condition = "invalid-resource-owner-account"
	ClientTokenMismatch         schemas.Condition = "client-token-mismatch"
	ClientTokenInProgress       schemas.Condition = "client-token-in-progress"
	Hostile                     schemas.Condition = "hostile" // not a request that could be read
	Failed                      schemas.Condition = "failed"  // the server's own fault
	Recipe                      schemas.Condition = "recipe"  // a row that a recipe provokes
	MissingOwn                  schemas.Condition = "missing-own-parameter"
)

// Kebab has the mandatory public parameters, each as it is written in the name of a condition.
var Kebab = map[string]string{
	"Action": "action", "Version": "version", "AccessKeyId": "access-key-id", "Signature": "signature",
	"Timestamp": "timestamp", "SignatureMethod": "signature-method", "SignatureVersion": "signature-version",
	"SignatureNonce": "signature-nonce",
}

// Missing names the condition of a mandatory parameter that is not there.
func Missing(name string) schemas.Condition { return schemas.Condition("missing-" + Kebab[name]) }

// Empty names the condition of a mandatory parameter without a value. The documents mention five; the rest are
// answered as if they were missing.
func Empty(name string) schemas.Condition {
	switch name {
	case "SignatureMethod", "SignatureVersion", "SignatureNonce":
		return Missing(name)
	}
	return schemas.Condition("empty-" + Kebab[name])
}
