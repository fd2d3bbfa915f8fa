package reference

import (
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/acsconform/acsconform/schemas"
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
			apply: refusals(func(_ *Server, c *call, r *reply) { r.goOn("The signature was " + c.value("Signature")) })},
		{Name: "signature-in-a-member", Description: "has a member for the Signature that it got",
			apply: refusals(func(_ *Server, c *call, r *reply) {
				r.set("Received", []member{{"AccessKeyId", c.value("AccessKeyId")}, {"Signature", c.value("Signature")}})
			})},
		{Name: "signature-echoed-in-escapes", Description: "says in the Message which Signature it got, every character of it escaped",
			apply: both(
				refusals(func(_ *Server, c *call, r *reply) { r.goOn("The signature was " + c.value("Signature")) }),
				writes(func(c *call, out *sent) { out.escape(c.value("Signature")) }))},
		{Name: "request-echoed", Description: "says in the Message which request it got, as it came",
			apply: refusals(func(_ *Server, c *call, r *reply) { r.goOn("The request was " + c.carried()) })},
		{Name: "request-echoed-in-base64", Description: "has a member that holds the request that it got, in base64",
			apply: refusals(func(_ *Server, c *call, r *reply) {
				r.set("Trace", base64.StdEncoding.EncodeToString([]byte(c.carried())))
			})},
		{Name: "signature-echoed-in-a-header", Description: "sends the Signature that it got back in a header",
			apply: writes(func(c *call, out *sent) {
				if s := c.value("Signature"); s != "" && printable(s) {
					out.header.Set("X-Received-Signature", s)
				}
			})},
	}
}

// successSays makes an oddity that says more in its successes: names and values in turn.
func successSays(name, says string, members ...any) Variant {
	return Variant{Name: name, Description: says, apply: saysInSuccesses(members...)}
}

func saysInSuccesses(members ...any) func(*Server) {
	return successes(func(_ *Server, _ *call, r *reply) {
		for i := 0; i+1 < len(members); i += 2 {
			r.set(members[i].(string), members[i+1])
		}
	})
}

// goOn writes more behind the Message.
func (r *reply) goOn(more string) {
	r.set("Message", strings.TrimSuffix(r.get("Message"), ".")+". "+strings.ToValidUTF8(more, "?"))
}

// carried returns what a call carried of its signature: the parameters as they travel, and Authorization.
func (c *call) carried() string {
	pairs := make([]string, 0, 16)
	for _, p := range c.params() {
		if p.Name == "AccessKeyId" || p.Name == "Signature" {
			pairs = append(pairs, sign.PercentEncode(p.Name)+"="+sign.PercentEncode(p.Value))
		}
	}
	return strings.TrimSpace(strings.Join(pairs, "&") + " " + c.header.Get("Authorization"))
}

// escape writes every character of a text by its number, wherever the body has it.
func (out *sent) escape(text string) {
	if len(text) < 16 {
		return
	}
	format := `\u%04x`
	written := string(jsonString(nil, text))
	written = written[1 : len(written)-1]
	if out.reply.format == schemas.XML {
		format, written = "&#%d;", xmlText(text)
	}
	var escaped strings.Builder
	for _, r := range text {
		fmt.Fprintf(&escaped, format, r)
	}
	out.body = []byte(strings.ReplaceAll(string(out.body), written, escaped.String()))
}

func printable(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r < ' ' || r > '~' }) < 0
}
