package redact

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// A mask returns what is shown instead of a value that is under a name.
type mask func(name, value string) string

// The names under which secrets travel.
const (
	signatureName     = "Signature"
	tokenName         = "SecurityToken"
	authorizationName = "Authorization"
	tokenHeaderName   = "x-acs-security-token"
)

// isToken distinguishes a SecurityToken, of which nothing is shown, from a signature, of which the beginning is.
func isToken(name string) bool {
	return strings.EqualFold(name, tokenName) || strings.EqualFold(name, tokenHeaderName)
}

// masked replaces the values of Signature=… and SecurityToken=… in a URL, a form, or an ACS3 Authorization.
func masked(text string, m mask) string {
	var out strings.Builder
	rest := 0
	for at := 0; ; {
		i := strings.IndexByte(text[at:], '=')
		if i < 0 {
			break
		}
		at += i + 1
		name := nameBefore(text[rest : at-1])
		if name == "" {
			continue
		}
		end := strings.IndexAny(text[at:], "&,; \t\r\n\"'<>#")
		if end < 0 {
			end = len(text) - at
		}
		out.WriteString(text[rest:at])
		out.WriteString(m(name, text[at:at+end]))
		at += end
		rest = at
	}
	if rest == 0 {
		return text
	}
	out.WriteString(text[rest:])
	return out.String()
}

// nameBefore returns the secret's name that text ends with, and "" when it ends with none.
func nameBefore(text string) string {
	for _, name := range []string{signatureName, tokenName} {
		start := len(text) - len(name)
		if start < 0 || !strings.EqualFold(text[start:], name) {
			continue
		}
		if start == 0 || !isNameByte(text[start-1]) {
			return name
		}
	}
	return ""
}

func isNameByte(c byte) bool {
	return c == '_' || c == '-' || c == '.' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

var (
	inJSON      = regexp.MustCompile(`(?i)("(Signature|SecurityToken)"\s*:\s*")((?:[^"\\]|\\.)*)`)
	inMultipart = regexp.MustCompile(`(?i)(name="?(Signature|SecurityToken)"?[^\r\n]*\r?\n(?:[^\r\n]+\r?\n)*\r?\n)([^\r\n]*)`)
	inXML       = regexp.MustCompile(`(?i)(<(Signature|SecurityToken)>)([^<]*)`)
	inHeader    = regexp.MustCompile(`(?im)^((Authorization|x-acs-security-token|Signature|SecurityToken)[ \t]*:[ \t]*)([^\r\n]*)`)
)

// maskedBody is masked for a body of any type.
func maskedBody(text string, m mask) string {
	text = masked(text, m)
	if !strings.ContainsAny(text, "\"<\n") { // a form, which has none of them unencoded
		return text
	}
	for _, pattern := range []*regexp.Regexp{inJSON, inMultipart, inXML} {
		text = maskedBy(pattern, text, m)
	}
	return text
}

// maskedRaw is masked for a whole raw request.
func maskedRaw(text string, m mask) string {
	head, body, whole := strings.Cut(text, "\r\n\r\n")
	if !whole { // broken off on purpose, or of lines that end otherwise
		return maskedBody(maskedBy(inHeader, text, m), m)
	}
	return masked(maskedBy(inHeader, head, m), m) + "\r\n\r\n" + maskedBody(maskedBy(inHeader, body, m), m)
}

// maskedBy replaces the third group of every match, named by the second.
func maskedBy(pattern *regexp.Regexp, text string, m mask) string {
	var out strings.Builder
	rest := 0
	for _, at := range pattern.FindAllStringSubmatchIndex(text, -1) {
		out.WriteString(text[rest:at[6]])
		out.WriteString(m(text[at[4]:at[5]], text[at[6]:at[7]]))
		rest = at[7]
	}
	if rest == 0 {
		return text
	}
	out.WriteString(text[rest:])
	return out.String()
}

// maskedField returns what is shown of a header field.
func maskedField(f schemas.Field, m mask) string {
	switch {
	case strings.EqualFold(f.Name, authorizationName), isToken(f.Name), strings.EqualFold(f.Name, signatureName):
		return m(f.Name, f.Value)
	}
	return masked(f.Value, m)
}

// isText reports whether a body may hold parameters by name.
func isText(body schemas.Body) bool {
	return len(body) > 0 && (bytes.ContainsAny(body, "=:<"))
}
