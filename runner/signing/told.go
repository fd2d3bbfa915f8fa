package signing

import (
	"html"
	"regexp"
	"strings"

	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/schemas/body"
	"github.com/acsconform/acsconform/suites/sign"
)

// A Form is what somebody told of a signature.
type Form string

// The forms. Of a hash and a signature alone no byte can be compared.
const (
	Text      Form = "string to sign"
	Canonical Form = "canonical request"
	Hash      Form = "hash of the canonical request"
	Signature Form = "signature"
)

// Told is what a server or a client says that it signs, or its signature.
type Told struct {
	Form Form
	Text string
}

// MaxTold bounds what is read of a text to compare with.
const MaxTold = 1 << 20

var (
	leadIn    = regexp.MustCompile(`(?is)^.*?(?:string\s?to\s?sign|canonical\s?request)\s+is\s*:?\s*`)
	bare      = regexp.MustCompile(`^(?:[A-Za-z0-9+/]{27}=|[0-9a-f]{64})$`)
	inHeader  = regexp.MustCompile(`(?i)^(?:authorization:\s*)?(?:acs\s+[^\s:]+:(\S+)|ACS3-HMAC-SHA256\s.*\bSignature=([0-9a-fA-F]+).*)$`)
	onlyHash  = regexp.MustCompile(`^ACS3-HMAC-SHA256\s+([0-9a-fA-F]{64})$`)
	lineBreak = strings.NewReplacer(`\r\n`, "\n", `\n`, "\n", "\r\n", "\n")
)

// ReadTold finds what to compare with in a text: the whole body of an answer, its Message, the string to sign or the
// canonical request by itself, an Authorization header or a signature. A text of style rpc has no line breaks, so that
// those written as \n are some.
func ReadTold(style schemas.Style, text string) Told {
	if e := body.Open([]byte(strings.TrimSpace(text))); e != nil && e.Text("Message") != "" {
		text = e.Text("Message")
	}
	text = strings.TrimSpace(text)
	if lead := leadIn.FindString(text); lead != "" {
		text = text[len(lead):]
		if strings.HasPrefix(text, "[") {
			text = strings.TrimSuffix(strings.TrimSuffix(text[1:], "."), "]")
		}
	}
	if strings.Contains(text, "&amp;") {
		text = html.UnescapeString(text)
	}
	text = lineBreak.Replace(text)
	if bare.MatchString(text) {
		return Told{Signature, text}
	}
	if m := onlyHash.FindStringSubmatch(text); m != nil {
		return Told{Hash, m[1]}
	}
	if m := inHeader.FindStringSubmatch(text); m != nil {
		return Told{Signature, m[1] + m[2]}
	}
	if style == schemas.ACS3 {
		return Told{Canonical, text}
	}
	return Told{Text, text}
}

// SentBy returns the signature that a request carries; empty where it carries none.
func SentBy(style schemas.Style, m sign.Message) Told {
	if style == schemas.RPC {
		for _, p := range m.Params {
			if p.Name == "Signature" {
				return Told{Signature, p.Value}
			}
		}
		return Told{}
	}
	if found := inHeader.FindStringSubmatch(m.Header.Get("Authorization")); found != nil {
		return Told{Signature, found[1] + found[2]}
	}
	return Told{}
}
