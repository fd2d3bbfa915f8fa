package proxy

import (
	"bytes"
	"regexp"
	"slices"

	"github.com/acsconform/acsconform/schemas"
)

// The names under which traffic carries what nobody is to read in a transcript, beside what [runner.Redact] knows.
const secretNames = `\w*(?:Secret|SecretData|Password|SecurityToken|Plaintext)`

var (
	secretFields = regexp.MustCompile(`(?i)cookie|proxy-authorization|secret|token|password|api-?key`)
	secretTexts  = [...]*regexp.Regexp{
		regexp.MustCompile(`(?i)("` + secretNames + `"\s*:\s*")(?:[^"\\]|\\.)*`),
		regexp.MustCompile(`(?i)(<` + secretNames + `>)[^<]*`),
		regexp.MustCompile(`(?i)((?:^|[?&])` + secretNames + `=)[^&#\s]*`),
	}
	secretHints = [...][]byte{[]byte("secret"), []byte("password"), []byte("securitytoken"), []byte("plaintext")}
)

const hidden = "***"

// discreet returns a copy without cookies, passwords and keys. What the rules look at is not among them.
func discreet(x *schemas.Exchange) *schemas.Exchange {
	shown := *x
	shown.Request.URL = string(withoutSecrets([]byte(x.Request.URL)))
	shown.Request.Body = withoutSecrets(x.Request.Body)
	shown.Request.Header = discreetHeader(x.Request.Header)
	response := *x.Response
	response.Body = withoutSecrets(response.Body)
	response.Header = discreetHeader(response.Header)
	shown.Response = &response
	return &shown
}

func discreetHeader(h schemas.Header) schemas.Header {
	h = slices.Clone(h)
	for i, f := range h {
		if secretFields.MatchString(f.Name) {
			h[i].Value = hidden
		}
	}
	return h
}

func withoutSecrets(text []byte) []byte {
	lower := bytes.ToLower(text)
	if !slices.ContainsFunc(secretHints[:], func(hint []byte) bool { return bytes.Contains(lower, hint) }) {
		return text
	}
	for _, pattern := range secretTexts {
		text = pattern.ReplaceAll(text, []byte("${1}"+hidden))
	}
	return text
}
