package reference

import (
	"encoding/base64"
	"strings"

	"github.com/acsconform/acsconform/suites/sign"
)

// wordOddities say in their answers what only looks like an error or a secret.
func wordOddities() []Variant {
	return []Variant{
		successSays("code-one", "tells by Code 1 how its check came out", "Code", "1", "ResultObject", []member{{"Passed", "T"}}),
		successSays("code-of-a-region", "has Code among its result data", "Code", "cn-shanghai", "Name", "East 2"),
		successSays("code-of-a-country", "has a Code that is the beginning of words for failures", "Code", "NO", "Name", "Norway"),
		successSays("code-succeed", "says Code SUCCEED and Success true", "Code", "SUCCEED", "Success", true),
		successSays("code-accepted", "says Code and Message in its successes", "Code", "Accepted", "Message", "The request was accepted."),
		successSays("code-of-digits", "says Code 10000 and a Message in its successes", "Code", "10000", "Message", "done"),
		successSays("code-like-a-family", "has a Code that begins as those of a family in the table", "Code", "Invalidated", "Message", "The cache was invalidated.", "Cache", "c-1"),
		{Name: "signature-echoed", Description: "says in the Message which Signature it got",
			apply: refusals(func(_ *Server, c *call, r *reply) { AppendMessage(r, "The signature was "+c.value("Signature")) })},
		{Name: "signature-in-a-member", Description: "has a member for the Signature that it got",
			apply: refusals(func(_ *Server, c *call, r *reply) {
				r.set("Received", []member{{"AccessKeyId", c.value("AccessKeyId")}, {"Signature", c.value("Signature")}})
			})},
		{Name: "signature-echoed-in-escapes", Description: "says in the Message which Signature it got, every character of it escaped",
			apply: both(
				refusals(func(_ *Server, c *call, r *reply) { AppendMessage(r, "The signature was "+c.value("Signature")) }),
				writes(func(c *call, out *sent) { EscapeText(out, c.value("Signature")) }))},
		{Name: "request-echoed", Description: "says in the Message which request it got, as it came",
			apply: refusals(func(_ *Server, c *call, r *reply) { AppendMessage(r, "The request was "+carried(c)) })},
		{Name: "request-echoed-in-base64", Description: "has a member that holds the request that it got, in base64",
			apply: refusals(func(_ *Server, c *call, r *reply) {
				r.set("Trace", base64.StdEncoding.EncodeToString([]byte(carried(c))))
			})},
		{Name: "signature-echoed-in-a-header", Description: "sends the Signature that it got back in a header",
			apply: writes(func(c *call, out *sent) {
				if s := c.value("Signature"); s != "" && printable(s) {
					out.header.Set("X-Received-Signature", s)
				}
			})},
	}
}

// carried returns what a call carried of its signature: the parameters as they travel, and Authorization.
func carried(c *call) string {
	pairs := make([]string, 0, 16)
	for _, p := range c.params() {
		if p.Name == "AccessKeyId" || p.Name == "Signature" {
			pairs = append(pairs, sign.PercentEncode(p.Name)+"="+sign.PercentEncode(p.Value))
		}
	}
	return strings.TrimSpace(strings.Join(pairs, "&") + " " + c.header.Get("Authorization"))
}

func printable(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r < ' ' || r > '~' }) < 0
}

// dataOddities have members in their successes that only look like those of a failure.
func dataOddities() []Variant {
	return []Variant{
		successSays("error-code-zero", "says errorCode 0 and no errorMessage in its successes", "errorCode", 0, "errorMessage", ""),
		successSays("error-code-in-words-of-success", "says errorCode SUCCESS in its successes", "errorCode", "SUCCESS", "errorMsg", "success"),
		successSays("error-code-beside-success", "says success true, and has an errorCode of a step that failed on the way", "success", true, "errorCode", "FirstTryTimeout"),
		successSays("status-member-of-success", "says in its successes that the status is 200", "HttpStatusCode", 200, "httpCode", "200"),
		successSays("code-of-a-region-in-lower-case", "has code among its result data", "code", "cn-shanghai", "message", "in order"),
		successSays("error-empty", "has an empty error in its successes", "error", "", "errMsg", "null"),
	}
}
