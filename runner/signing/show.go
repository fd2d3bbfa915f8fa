package signing

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/runner/redact"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/sign"
	"github.com/acsconform/acsconform/suites/wording"
)

// Cleaner returns what takes the secrets of the target file out of a text, and the tokens that the request and what was
// told carry.
func Cleaner(t *schemas.Target, m sign.Message, told Told) func(string) string {
	whole := *t
	whole.Credentials = map[string]schemas.Credential{}
	for name, key := range t.Credentials {
		whole.Credentials[name] = key
	}
	tokens := []string{m.Header.Get("x-acs-security-token"), tokenIn(told.Text)}
	for _, p := range m.Params {
		if redact.IsSecret(p.Name) && p.Name != "Signature" {
			tokens = append(tokens, p.Value)
		}
	}
	for i, token := range tokens {
		whole.Credentials[fmt.Sprintf("token %d", i)] = schemas.Credential{SecurityToken: token}
	}
	return redact.New(&whole).Text
}

// tokenIn returns the token that a text carries, as it was before it was encoded.
func tokenIn(text string) string {
	if token, ok := line(text, "x-acs-security-token"); ok {
		return token
	}
	if _, rest, ok := strings.Cut(decoded(text), "SecurityToken="); ok {
		token, _, _ := strings.Cut(rest, "&")
		return token
	}
	return ""
}

// Lines describes the steps for people. Everything in it went through clean.
func (s Steps) Lines(clean func(string) string, language lang.Language) []string {
	say := language.Text
	lines := []string{"1. " + say(s.CanonicalName())}
	lines = append(lines, indented(clean(s.Canonical))...)
	lines = append(lines, "2. "+say("string to sign"))
	lines = append(lines, indented(clean(s.ToSign))...)
	signed := say("signature: " + s.Method())
	return append(lines, "3. "+signed, "    "+wording.Plain(s.Signature))
}

// indented returns the lines of a text, fit to be shown.
func indented(text string) []string {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		lines = append(lines, strings.TrimRight("    "+wording.Plain(line), " "))
	}
	return lines
}

// Lines describes the comparison for people. Everything in it went through clean.
func (c Comparison) Lines(clean func(string) string, language lang.Language) []string {
	say := language.Text
	if c.Same {
		line := fmt.Sprintf("same: the %s is right, byte for byte", c.Form)
		if c.Form != Signature {
			line += "; where the signature is refused nevertheless, the key is another one (AccessKeySecret, or its trailing &)"
		}
		return []string{say(line)}
	}
	lines := []string{say(fmt.Sprintf("different: the %s is not that of this request", c.Form))}
	for _, m := range c.Mistakes {
		lines = append(lines, say(fmt.Sprintf("mistake: %s: %s", m.Name, m.Says)))
	}
	switch {
	case len(c.Mistakes) > 0:
	case c.At < 0:
		lines = append(lines, say("mistake: no known one leads to it; name the request that was signed with --url, --method, --header and --body, or check the key"))
	default:
		lines = append(lines, say("mistake: no known one leads to it; look at the first byte that differs, or name the request that was signed with --url"))
	}
	if c.At < 0 {
		return append(lines, say("right     ")+wording.Plain(clean(c.Ours)), say("compared  ")+wording.Plain(clean(c.Theirs)))
	}
	return append(lines, c.marked(clean, language)...)
}

// around is how many bytes are shown on each side of the first one that differs.
const around = 36

// marked shows where the texts part. Secrets are taken out before anything is cut.
func (c Comparison) marked(clean func(string) string, language lang.Language) []string {
	say := language.Text
	ours, theirs := clean(c.Ours), clean(c.Theirs)
	in := ""
	if c.In != "" {
		in = ", in " + wording.Plain(c.In)
	}
	head := say(fmt.Sprintf("first byte that differs: %d%s", c.At+1, in))
	if ours == theirs {
		return []string{head, say("it is in a secret, which is not shown")}
	}
	at := firstDifference(ours, theirs)
	for at > 0 && (at < len(ours) && !utf8.RuneStart(ours[at]) || at < len(theirs) && !utf8.RuneStart(theirs[at])) {
		at--
	}
	before := cutBefore(ours[:at])
	right, compared := say("right     "), say("compared  ")
	return []string{head, right + before + cutBehind(ours[at:]), compared + before + cutBehind(theirs[at:]), strings.Repeat(" ", wording.Width(compared+before)) + "^"}
}

func cutBefore(text string) string {
	if len(text) <= around {
		return wording.Plain(text)
	}
	from := len(text) - around
	for from < len(text) && !utf8.RuneStart(text[from]) {
		from++
	}
	return "…" + wording.Plain(text[from:])
}

func cutBehind(text string) string {
	if len(text) <= around {
		return wording.Plain(text)
	}
	to := around
	for to > 0 && !utf8.RuneStart(text[to]) {
		to--
	}
	return wording.Plain(text[:to]) + "…"
}
