package redact

import (
	"fmt"
	"net"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/acsconform/acsconform/runner/transport"
	"github.com/acsconform/acsconform/schemas"
)

// longest that a part of a command may be before the transcript is named instead.
const (
	maxShownURL  = 4 << 10
	maxShownBody = 2 << 10
)

// Curl returns a request as one line for the shell (bash, zsh), secrets left out: in their places stand $SIGNATURE,
// $SECURITY_TOKEN and $AUTHORIZATION, so that they can be set beforehand. Raw bytes are sent by printf and nc, or by
// openssl s_client where the target speaks TLS. For what is too long for a command it refers to the transcript.
func Curl(r schemas.Request) string { return way{}.command(r) }

// command is Curl for a target that is reached by that way.
func (w way) command(r schemas.Request) string {
	if r.Raw != nil {
		return w.rawCommand(r)
	}
	address := masked(r.URL, placeholder)
	if len(address) > maxShownURL {
		return fmt.Sprintf("# the URL has %d bytes: see the transcript", len(r.URL))
	}
	words := []string{"curl", "-sS", "-g", "--path-as-is"}
	switch {
	case r.Method == "HEAD":
		words = append(words, "-I")
	case r.Method == "GET" && len(r.Body) == 0, r.Method == "POST" && len(r.Body) > 0:
	default:
		words = append(words, "-X", quoted(r.Method))
	}
	there, address := w.curl(r, address)
	words = append(append(words, there...), quoted(address))
	words = append(words, headerWords(r)...)
	switch {
	case len(r.Body) > maxShownBody:
		words = append(words, "--data-binary", "@body", fmt.Sprintf("# body: %d bytes, see the transcript", len(r.Body)))
	case len(r.Body) > 0:
		words = append(words, "--data-binary", quoted(maskedBody(string(r.Body), placeholder)))
	}
	return strings.Join(words, " ")
}

// headerWords returns the fields, and takes away those that curl would add of itself.
func headerWords(r schemas.Request) []string {
	var words []string
	for _, f := range r.Header {
		field := f.Name + ": " + maskedField(f, placeholder)
		if f.Value == "" {
			field = f.Name + ";"
		}
		words = append(words, "-H", quoted(field))
	}
	if _, ok := r.Header.Lookup("Accept"); !ok {
		words = append(words, "-H", "Accept:")
	}
	if _, ok := r.Header.Lookup("Content-Type"); !ok && len(r.Body) > 0 {
		words = append(words, "-H", "Content-Type:")
	}
	return words
}

func (w way) rawCommand(r schemas.Request) string {
	u, err := transport.Locate(r.URL)
	if err != nil || len(r.Raw) > maxShownBody {
		return fmt.Sprintf("# raw socket, %d bytes: see the transcript", len(r.Raw))
	}
	return fmt.Sprintf("printf %s | %s", quoted(printable(maskedRaw(string(r.Raw), placeholder))), w.socket(u, r))
}

// printable writes bytes as a format of printf on one line.
func printable(text string) string {
	var out strings.Builder
	for i := 0; i < len(text); {
		_, size := utf8.DecodeRuneInString(text[i:])
		switch part := text[i : i+size]; {
		case part == "%":
			out.WriteString("%%")
		case part == `\`:
			out.WriteString(`\\`)
		case part == "\r":
			out.WriteString(`\r`)
		case part == "\n":
			out.WriteString(`\n`)
		case isPlain(part):
			out.WriteString(part)
		default:
			for _, c := range []byte(part) {
				fmt.Fprintf(&out, `\%03o`, c)
			}
		}
		i += size
	}
	return out.String()
}

// socket returns the program that speaks to where u points.
func (w way) socket(u *url.URL, r schemas.Request) string {
	address := w.at(u, r.Address)
	if u.Scheme == "https" {
		return "openssl s_client -quiet -connect " + quotedIfNeeded(address) + w.openssl()
	}
	flag := ""
	if r.HalfClose {
		flag = "-N "
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		host, port = u.Hostname(), "80"
	}
	return "nc " + flag + quotedIfNeeded(host) + " " + port
}

// A placeholder stands for a secret until quoting turns it into a variable of the shell.
const (
	openVariable = "\uE000"
	shutVariable = "\uE001"
)

var variables = []string{"SIGNATURE", "SECURITY_TOKEN", "AUTHORIZATION"}

func placeholder(name, value string) string {
	variable := variables[0]
	switch {
	case value == "":
		return ""
	case isToken(name):
		variable = variables[1]
	case strings.EqualFold(name, authorizationName):
		variable = variables[2]
	}
	return openVariable + variable + shutVariable
}

// cutVariable cuts a text around its first placeholder, and returns the variable; empty where there is none.
func cutVariable(text string) (before, variable, behind string) {
	for at := 0; ; at += len(openVariable) {
		i := strings.Index(text[at:], openVariable)
		if i < 0 {
			return text, "", ""
		}
		at += i
		for _, name := range variables {
			if behind, ok := strings.CutPrefix(text[at+len(openVariable):], name+shutVariable); ok {
				return text[:at], name, behind
			}
		}
	}
}

// quoted makes one word for the shell, on one line, its placeholders variables.
func quoted(text string) string {
	var out strings.Builder
	before, variable, behind := cutVariable(text)
	for ; variable != ""; before, variable, behind = cutVariable(behind) {
		if before != "" {
			out.WriteString(quotedPart(before))
		}
		out.WriteString(`"$` + variable + `"`)
	}
	if before != "" || out.Len() == 0 {
		out.WriteString(quotedPart(before))
	}
	return out.String()
}

// quotedPart quotes text without placeholders: '…', and $'…' where it holds bytes that are no plain text.
func quotedPart(text string) string {
	if isPlain(text) {
		return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
	}
	var out strings.Builder
	for i := 0; i < len(text); {
		_, size := utf8.DecodeRuneInString(text[i:])
		switch part := text[i : i+size]; {
		case part == "'" || part == `\`:
			out.WriteString(`\` + part)
		case isPlain(part):
			out.WriteString(part)
		default:
			for _, c := range []byte(part) {
				fmt.Fprintf(&out, `\x%02x`, c)
			}
		}
		i += size
	}
	return "$'" + out.String() + "'"
}

// isPlain reports whether text can be between quotes on one line.
func isPlain(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool {
		return r < ' ' || r == 0x7f || 0x80 <= r && r < 0xa0 || r == 0x2028 || r == 0x2029 || 0x202a <= r && r <= 0x202e ||
			0x2066 <= r && r <= 0x2069
	})
}

func quotedIfNeeded(word string) string {
	special := func(r rune) bool {
		return !(r < utf8.RuneSelf && folded(byte(r)) != 0 || strings.ContainsRune(".:[]-", r))
	}
	if word != "" && !strings.ContainsFunc(word, special) {
		return word
	}
	return quoted(word)
}
