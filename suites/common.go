package suites

import "slices"

// isCommon reports whether a code is one of a sibling's table, or one that all products share. Such a code is itself,
// whatever family of the profile at hand it is spelt like.
func isCommon(code string) bool {
	return slices.Contains(sharedCodes, code) || slices.Contains(siblingCodes, code)
}

// sharedCodes are those that all products share (errata X19), whatever the table of the profile has.
var sharedCodes = []string{
	"InvalidAccessKeyId", "InvalidAccessKeyId.NotFound", "InvalidAccessKeyId.Inactive", "InvalidAccessKeySecret", "InvalidAction.NotFound",
	"InvalidVersion", "InvalidSecurityToken.Expired", "InvalidSecurityToken.Malformed", "InvalidSecurityToken.MismatchWithAccessKey",
	"InvalidTimeStamp.Expired", "InvalidTimeStamp.Format", "InvalidProtocol.NeedSsl", "MissingAccessKeyId", "MissingSecurityToken",
	"SignatureDoesNotMatch", "SignatureNonceUsed", "NoPermission", "Forbidden.RAM", "ServiceUnavailable", "Throttling.User", "Throttling.Api",
}

// sharedSentences are what gateways write with those shared codes that the table of a service has with another sentence
// (errata X17, X19).
var sharedSentences = map[string]string{
	"InvalidAccessKeyId.NotFound": "Specified access key is not found.",
	"SignatureDoesNotMatch":       "Specified signature is not matched with our calculation.",
	"SignatureNonceUsed":          "Specified signature nonce was used already.",
}

// siblingCodes are the codes of the five published tables, with their other spellings. The book is handed one profile at a
// time; a test compares the list with the tables.
var siblingCodes = []string{
	"AliasAlreadyExists", "ChargeTypeViolation", "ContentLengthDoesNotMatch", "ContentMD5NotMatched",
	"ExpiredImportToken", "Forbidden", "Forbidden.AccessKey", "Forbidden.AccessKeyDisabled", "Forbidden.AliasNotFound",
	"Forbidden.InDebt", "Forbidden.InDebtOverdue", "Forbidden.KeyNotFound", "Forbidden.KeyVersionNotFound",
	"Forbidden.KmsServiceNotEnabled", "Forbidden.NoPermission", "Forbidden.NotSupportRAM",
	"Forbidden.ProhibitedByRiskControl", "Forbidden.RAM", "Forbidden.RiskControl", "Forbidden.SubUser",
	"Forbidden.UbsmsInvalidBid", "Forbidden.UbsmsInvalidUserid", "Forbidden.Unauthorized", "Forbidden.Unsubscribed",
	"Forbidden.UserVerification", "IdempotentParameterMismatch", "IllegalTimestamp", "IncompleteSignature",
	"InsufficientBalance", "InternalError", "InternalFailure", "InvalidAccessKeyId.Inactive",
	"InvalidAccessKeyId.NotFound", "InvalidAccount.NotFound", "InvalidAction", "InvalidApi.NotFound",
	"InvalidIdempotenceParameter.Mismatch", "InvalidImportToken", "InvalidKeyMaterial", "InvalidOwner",
	"InvalidOwnerAccount", "InvalidOwnerId", "InvalidParamater", "InvalidParameter", "InvalidParameter.Accept",
	"InvalidParameter.Format", "InvalidParameter.IsNull", "InvalidParameter.OwnerAccount",
	"InvalidParameter.ResourceOwnerAccount", "InvalidProduct.NotFound", "InvalidProtocol.NeedSsl",
	"InvalidRegion.NotFound", "InvalidSecurityToken.Expired", "InvalidSecurityToken.Malformed",
	"InvalidSecurityToken.MismatchWithAccessKey", "InvalidSignatureMethod", "InvalidTimeStamp.Expired",
	"InvalidTimeStamp.Format", "LastTokenProcessing", "MissingParameter", "MissingSecurityToken", "NoSuchVersion",
	"ParseRequestParameterException", "RealNameAuthenticationError", "Rejected.Disabled", "Rejected.LimitExceeded",
	"Rejected.PendingDeletion", "Rejected.PendingImport", "Rejected.StateModifiedFailed", "Rejetced.PendingDeletion",
	"ResourceNotAvailable", "SerivceUnavailableTemporary", "ServiceUnavailable", "ServiceUnavailable.RegionMaintaining",
	"ServiceUnavailableTemporary", "SignatureDoesNotMatch", "SignatureNonceUsed", "Throttling", "Throttling.Api",
	"Throttling.User", "UnknownError", "Unsupported.Alias", "Unsupported.Origin", "Unsupported.ProtectionLevel",
	"UnsupportedHTTPMethod", "UnsupportedOperation", "UnsupportedParameter",
}
