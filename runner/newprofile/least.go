package newprofile

import "github.com/acsconform/acsconform/schemas"

// What the least profile says of conditions that no row answers.
var (
	leastSilent  = []schemas.Condition{"unsupported-method", "content-length-mismatch", "unknown-region", "unknown-host"}
	leastServed  = []schemas.Condition{"fresh-nonces"}
	leastIgnored = []schemas.Condition{"accept-unsupported", "accept-supported", "recipe", "hostile"}
)

// least is a profile that stands by itself: what every service is judged by, and a table that answers it.
func least() *schemas.Profile {
	return &schemas.Profile{
		Source: "the service's document on errors", Formats: []schemas.Format{schemas.JSON}, DefaultFormat: schemas.JSON,
		Envelope: schemas.EnvelopeShape{Mandatory: []string{"RequestId", "Code", "Message"}, Known: []string{"HostId", "Recommend"}},
		Styles:   []schemas.Style{schemas.RPC}, Methods: []string{"GET", "POST"},
		Request: schemas.ProfileRequest{Action: "DescribeApis", Version: "2016-07-14"},
		Codes:   leastRows(), Silent: leastSilent, Serves: leastServed, Ignores: leastIgnored,
	}
}

func leastRows() []schemas.Row {
	at := schemas.Exactly
	return []schemas.Row{
		{Code: "MissingParameter", Status: at(400), Message: "The parameter {ParameterName} is missing.", Answers: []schemas.Condition{
			"missing-action", "missing-version", "missing-access-key-id", "missing-signature", "missing-timestamp", "missing-signature-method",
			"missing-signature-version", "missing-signature-nonce", "empty-action", "empty-version", "empty-access-key-id", "empty-signature", "empty-timestamp"}},
		{Code: "InvalidParameter", Status: at(400), Message: "The parameter {ParameterName} is not valid.", Answers: []schemas.Condition{
			"unknown-signature-method", "unknown-signature-version", "malformed-timestamp", "stale-timestamp", "unknown-format", "format-xml"}},
		{Code: "InvalidAction", Status: at(404), Message: "There is no such action.", Answers: []schemas.Condition{"unknown-action", "unknown-version"}},
		{Code: "InvalidAccessKeyId.NotFound", Status: at(403), Message: "There is no such AccessKeyId.", Answers: []schemas.Condition{"unknown-access-key"}},
		{Code: "SignatureDoesNotMatch", Status: at(403), Message: "The signature is not the one that was calculated.", Answers: []schemas.Condition{
			"wrong-signature", "signature-not-base64"}},
		{Code: "SignatureNonceUsed", Status: at(400), Message: "The SignatureNonce was used already.", Answers: []schemas.Condition{"nonce-reused", "nonce-raced"}},
		{Code: "Throttling", Status: at(429), Message: "Too many requests.", Answers: []schemas.Condition{"throttled"}},
		{Code: "InternalError", Status: at(500), Message: "The service failed."},
	}
}
