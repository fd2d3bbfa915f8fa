package oddities

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/reference/internal/server"
	"github.com/acsconform/acsconform/runner/reference/internal/vary"
	"github.com/acsconform/acsconform/suites/sign"
)

// wordOddities say in their answers what only looks like an error or a secret.
func wordOddities() []vary.Variant {
	return []vary.Variant{
		vary.SuccessSays("code-one", "reports the result of its check by Code 1", "Code", "1", "ResultObject", []server.Member{{Name: "Passed", Value: "T"}}),
		vary.SuccessSays("code-of-a-region", "has Code among its result data", "Code", "cn-shanghai", "Name", "East 2"),
		vary.SuccessSays("code-of-a-country", "has a Code that is the beginning of words for failures", "Code", "NO", "Name", "Norway"),
		vary.SuccessSays("code-succeed", "says Code SUCCEED and Success true", "Code", "SUCCEED", "Success", true),
		vary.SuccessSays("code-accepted", "says Code and Message in its successes", "Code", "Accepted", "Message", "The request was accepted."),
		vary.SuccessSays("code-of-digits", "says Code 10000 and a Message in its successes", "Code", "10000", "Message", "done"),
		vary.SuccessSays("code-like-a-family", "has a Code that begins as those of a family in the table", "Code", "Invalidated", "Message", "The cache was invalidated.", "Cache", "c-1"),
		{Name: "signature-echoed", Description: "says in the Message which Signature it got",
			Apply: vary.Refusals(func(_ *server.Server, c *server.Call, r *server.Reply) {
				vary.AppendMessage(r, "The signature was "+c.Value("Signature"))
			})},
		{Name: "signature-in-a-member", Description: "has a member for the Signature that it got",
			Apply: vary.Refusals(func(_ *server.Server, c *server.Call, r *server.Reply) {
				r.Set("Received", []server.Member{{Name: "AccessKeyId", Value: c.Value("AccessKeyId")}, {Name: "Signature", Value: c.Value("Signature")}})
			})},
		{Name: "signature-echoed-in-escapes", Description: "says in the Message which Signature it got, every character of it escaped",
			Apply: vary.Both(
				vary.Refusals(func(_ *server.Server, c *server.Call, r *server.Reply) {
					vary.AppendMessage(r, "The signature was "+c.Value("Signature"))
				}),
				vary.Writes(func(c *server.Call, out *server.Sent) { vary.EscapeText(out, c.Value("Signature")) }))},
		{Name: "request-echoed", Description: "says in the Message which request it got, as it came",
			Apply: vary.Refusals(func(_ *server.Server, c *server.Call, r *server.Reply) {
				vary.AppendMessage(r, "The request was "+carried(c))
			})},
		{Name: "request-echoed-in-base64", Description: "has a member that holds the request that it got, in base64",
			Apply: vary.Refusals(func(_ *server.Server, c *server.Call, r *server.Reply) {
				r.Set("Trace", base64.StdEncoding.EncodeToString([]byte(carried(c))))
			})},
		{Name: "signature-echoed-in-a-header", Description: "sends the Signature that it got back in a header",
			Apply: vary.Writes(func(c *server.Call, out *server.Sent) {
				if s := c.Value("Signature"); s != "" && printable(s) {
					out.Header.Set("X-Received-Signature", s)
				}
			})},
	}
}

// carried returns the signature of a call as it was sent: the parameters, encoded, and Authorization.
func carried(c *server.Call) string {
	other := func(p sign.Param) bool { return p.Name != "AccessKeyId" && p.Name != "Signature" }
	return strings.TrimSpace(sign.Encode(slices.DeleteFunc(slices.Clone(c.Params()), other)) + " " + c.Header.Get("Authorization"))
}

func printable(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r < ' ' || r > '~' }) < 0
}

// dataOddities have members in their successes that only look like those of a failure.
func dataOddities() []vary.Variant {
	return []vary.Variant{
		vary.SuccessSays("error-code-zero", "says errorCode 0 and no errorMessage in its successes", "errorCode", 0, "errorMessage", ""),
		vary.SuccessSays("error-code-in-words-of-success", "says errorCode SUCCESS in its successes", "errorCode", "SUCCESS", "errorMsg", "success"),
		vary.SuccessSays("error-code-beside-success", "says success true, and has an errorCode of a step that failed on the way", "success", true, "errorCode", "FirstTryTimeout"),
		vary.SuccessSays("status-member-of-success", "says in its successes that the status is 200", "HttpStatusCode", 200, "httpCode", "200"),
		vary.SuccessSays("code-of-a-region-in-lower-case", "has code among its result data", "code", "cn-shanghai", "message", "in order"),
		vary.SuccessSays("error-empty", "has an empty error in its successes", "error", "", "errMsg", "null"),
	}
}
