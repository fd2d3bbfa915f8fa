package suites

import (
	"slices"

	"github.com/acsconform/acsconform/schemas"
)

// The conditions: what a case makes wrong. Each is a row of the published table of conditions; the row of the empty
// mandatory parameter is one condition for each parameter, since its codes differ.
const (
	MissingAction           schemas.Condition = "missing-action"
	MissingVersion          schemas.Condition = "missing-version"
	MissingAccessKeyID      schemas.Condition = "missing-access-key-id"
	MissingSignature        schemas.Condition = "missing-signature"
	MissingTimestamp        schemas.Condition = "missing-timestamp"
	MissingSignatureMethod  schemas.Condition = "missing-signature-method"
	MissingSignatureVersion schemas.Condition = "missing-signature-version"
	MissingSignatureNonce   schemas.Condition = "missing-signature-nonce"
	EmptyAction             schemas.Condition = "empty-action"
	EmptyVersion            schemas.Condition = "empty-version"
	EmptyAccessKeyID        schemas.Condition = "empty-access-key-id"
	EmptySignature          schemas.Condition = "empty-signature"
	EmptyTimestamp          schemas.Condition = "empty-timestamp"
	UnknownAction           schemas.Condition = "unknown-action"
	UnknownVersion          schemas.Condition = "unknown-version"
	UnknownAccessKey        schemas.Condition = "unknown-access-key"
	DisabledAccessKey       schemas.Condition = "disabled-access-key"
	STSWithoutToken         schemas.Condition = "sts-without-token"
	MalformedToken          schemas.Condition = "malformed-token"
	ExpiredToken            schemas.Condition = "expired-token"
	MismatchedToken         schemas.Condition = "mismatched-token"
	WrongSignature          schemas.Condition = "wrong-signature"
	SignatureNotBase64      schemas.Condition = "signature-not-base64"
	UnknownSignatureMethod  schemas.Condition = "unknown-signature-method"
	UnknownSignatureVersion schemas.Condition = "unknown-signature-version"
	MalformedTimestamp      schemas.Condition = "malformed-timestamp"
	StaleTimestamp          schemas.Condition = "stale-timestamp"
	TimestampInWindow       schemas.Condition = "timestamp-in-window"
	NonceReused             schemas.Condition = "nonce-reused"
	NonceRaced              schemas.Condition = "nonce-raced"
	FreshNonces             schemas.Condition = "fresh-nonces"
	UnsupportedMethod       schemas.Condition = "unsupported-method"
	UnknownFormat           schemas.Condition = "unknown-format"
	FormatXML               schemas.Condition = "format-xml"
	AcceptUnsupported       schemas.Condition = "accept-unsupported"
	AcceptSupported         schemas.Condition = "accept-supported"
	ContentLengthMismatch   schemas.Condition = "content-length-mismatch"
	ContentMD5Mismatch      schemas.Condition = "content-md5-mismatch"
	ContentMD5Right         schemas.Condition = "content-md5-right"
	UnknownRegion           schemas.Condition = "unknown-region"
	UnknownHost             schemas.Condition = "unknown-host"
	PlainHTTP               schemas.Condition = "plain-http"
	OverRate                schemas.Condition = "throttled"
	OwnerIDAndAccount       schemas.Condition = "owner-id-and-account"
	InvalidOwnerAccount     schemas.Condition = "invalid-owner-account"
	InvalidOwnerID          schemas.Condition = "invalid-owner-id"
	InvalidResourceOwner    schemas.Condition = "invalid-resource-owner-account"
	ClientTokenMismatch     schemas.Condition = "client-token-mismatch"
	ClientTokenInProgress   schemas.Condition = "client-token-in-progress"
	FromRecipe              schemas.Condition = "recipe"
	Hostile                 schemas.Condition = "hostile"

	// Those of the calls of a product's own operations, which no profile files: it lists the operations.
	OperationCalled  schemas.Condition = "operation-called"
	OperationWithout schemas.Condition = "operation-without-parameter"
)

// conditionInfo is what the book knows of a condition whatever the profile.
type conditionInfo struct {
	id        schemas.Condition
	says      string
	parameter string   // the parameter at fault, where the condition names one
	clauses   []string // the clauses that concern it; a profile has at most one of each list
}

// conditions is the table of conditions, in its published order.
var conditions = []conditionInfo{
	{MissingAction, "missing Action", "Action", []string{"PARAM-1"}},
	{MissingVersion, "missing Version", "Version", []string{"PARAM-1"}},
	{MissingAccessKeyID, "missing AccessKeyId", "AccessKeyId", []string{"PARAM-1"}},
	{MissingSignature, "missing Signature", "Signature", []string{"PARAM-1"}},
	{MissingTimestamp, "missing Timestamp", "Timestamp", []string{"PARAM-1"}},
	{MissingSignatureMethod, "missing SignatureMethod", "SignatureMethod", []string{"PARAM-2"}},
	{MissingSignatureVersion, "missing SignatureVersion", "SignatureVersion", []string{"PARAM-2"}},
	{MissingSignatureNonce, "missing SignatureNonce", "SignatureNonce", []string{"PARAM-2"}},
	{EmptyAction, "empty Action", "Action", []string{"PARAM-3"}},
	{EmptyVersion, "empty Version", "Version", []string{"PARAM-3"}},
	{EmptyAccessKeyID, "empty AccessKeyId", "AccessKeyId", []string{"PARAM-3"}},
	{EmptySignature, "empty Signature", "Signature", []string{"PARAM-3"}},
	{EmptyTimestamp, "empty Timestamp", "Timestamp", []string{"PARAM-3"}},
	{UnknownAction, "unknown Action or API path", "Action", []string{"ROUTE-1"}},
	{UnknownVersion, "unknown Version", "Version", []string{"ROUTE-2"}},
	{UnknownAccessKey, "unknown AccessKeyId", "AccessKeyId", []string{"KEY-1"}},
	{DisabledAccessKey, "disabled AccessKey", "AccessKeyId", []string{"KEY-2"}},
	{STSWithoutToken, "AccessKeyId that begins STS. without SecurityToken", "SecurityToken", []string{"TOKEN-1"}},
	{MalformedToken, "malformed SecurityToken", "SecurityToken", []string{"TOKEN-2"}},
	{ExpiredToken, "expired SecurityToken", "SecurityToken", []string{"TOKEN-2"}},
	{MismatchedToken, "SecurityToken of another key", "SecurityToken", []string{"TOKEN-2"}},
	{WrongSignature, "wrong Signature", "Signature", []string{"SIGN-1"}},
	{SignatureNotBase64, "Signature that is not base64", "Signature", []string{"SIGN-1"}},
	{UnknownSignatureMethod, "unknown SignatureMethod", "SignatureMethod", []string{"SIGN-3"}},
	{UnknownSignatureVersion, "unknown SignatureVersion", "SignatureVersion", []string{"SIGN-3"}},
	{MalformedTimestamp, "malformed Timestamp", "Timestamp", []string{"TIME-1", "TIME-3"}},
	{StaleTimestamp, "Timestamp too far from the server's clock", "Timestamp", []string{"TIME-2", "TIME-3"}},
	{TimestampInWindow, "Timestamp within the window", "Timestamp", []string{"TIME-2"}},
	{NonceReused, "SignatureNonce used again", "SignatureNonce", []string{"NONCE-1"}},
	{NonceRaced, "one SignatureNonce in simultaneous requests", "SignatureNonce", []string{"NONCE-2"}},
	{FreshNonces, "fresh nonces", "SignatureNonce", []string{"NONCE-3"}},
	{UnsupportedMethod, "HTTP method that is not taken", "", []string{"METHOD-1"}},
	{UnknownFormat, "unknown Format", "Format", []string{"FORMAT-6", "FORMAT-7"}},
	{FormatXML, "Format=XML", "Format", []string{"FORMAT-6", "FORMAT-3"}},
	{AcceptUnsupported, "Accept of another type", "Accept", []string{"ACCEPT-3"}},
	{AcceptSupported, "Accept of a supported type, or none", "Accept", []string{"ACCEPT-1"}},
	{ContentLengthMismatch, "Content-Length that differs from the body's length", "", []string{"BODY-1"}},
	{ContentMD5Mismatch, "Content-MD5 that differs from the body's", "", []string{"BODY-2"}},
	{ContentMD5Right, "right Content-MD5", "", []string{"BODY-2"}},
	{UnknownRegion, "unknown region", "RegionId", []string{"ROUTE-3", "ROUTE-4"}},
	{UnknownHost, "Host of no product", "", []string{"ROUTE-3"}},
	{PlainHTTP, "plain HTTP to an HTTPS-only API", "", []string{"TLS-1"}},
	{OverRate, "beyond the stated rate", "", []string{"THROTTLE-1"}},
	{OwnerIDAndAccount, "OwnerId and OwnerAccount together", "OwnerId", []string{"OWNER-1"}},
	{InvalidOwnerAccount, "invalid OwnerAccount", "OwnerAccount", []string{"OWNER-1"}},
	{InvalidOwnerID, "invalid OwnerId", "OwnerId", []string{"OWNER-1"}},
	{InvalidResourceOwner, "invalid ResourceOwnerAccount", "ResourceOwnerAccount", []string{"OWNER-1"}},
	{ClientTokenMismatch, "ClientToken again with other parameters", "ClientToken", []string{"IDEMPOTENT-1"}},
	{ClientTokenInProgress, "ClientToken again while in progress", "ClientToken", []string{"IDEMPOTENT-1"}},
	{FromRecipe, "a row that a recipe provokes", "", []string{"ROW-1"}},
	{Hostile, "hostile input", "", []string{"ROBUST-1"}},
	{OperationCalled, "an operation of the product called", "", []string{"RESULT-1"}},
	{OperationWithout, "a required parameter of an operation left out", "", []string{"OPERATION-1"}},
	{schemas.Sound, "nothing wrong", "", []string{"SUCCESS-4"}},
}

// unfiled are the conditions that no profile files.
var unfiled = []schemas.Condition{schemas.Sound, OperationCalled, OperationWithout}

// Conditions lists the ids of the table of conditions in its order, but for those that no profile files.
func Conditions() []schemas.Condition {
	var ids []schemas.Condition
	for _, c := range conditions {
		if !slices.Contains(unfiled, c.id) {
			ids = append(ids, c.id)
		}
	}
	return ids
}

// SayCondition returns the condition in words, or its id where it is unknown.
func SayCondition(id schemas.Condition) string {
	if c := infoOf(id); c.says != "" {
		return c.says
	}
	return string(id)
}

// SoundClause returns the clause by which the sound request is served.
func SoundClause() string { return infoOf(schemas.Sound).clauses[0] }

func infoOf(id schemas.Condition) conditionInfo {
	if i := slices.IndexFunc(conditions, func(c conditionInfo) bool { return c.id == id }); i >= 0 {
		return conditions[i]
	}
	return conditionInfo{id: id}
}
