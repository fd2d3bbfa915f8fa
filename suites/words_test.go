package suites

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/quick"
)

func TestSecretWordsAreThoseOfTheExpression(t *testing.T) {
	expression := regexp.MustCompile(`[A-Za-z0-9+/_.-]{8,}={0,2}`)
	same := func(text string) bool {
		return slices.Equal(secretWords(text), expression.FindAllString(text, mostWords))
	}
	for _, text := range []string{
		"", "a", "abcdefgh", "abcdefg ", "abcdefgh===x", "abcdefgh=x2345678==", "sign it: a+b/c_d.e-f=. done", "中文abcdefgh中", "=abcdefgh", "\xffabcdefgh\x00",
		strings.Repeat("abcdefgh ", mostWords+1), "[`{@^abcdefghi",
	} {
		if !same(text) {
			t.Errorf("%.80q: %q", text, secretWords(text))
		}
	}
	alphabet := "ab=Z9+/ .-_\x00<é"
	if err := quick.Check(func(picks []byte) bool {
		var text strings.Builder
		for _, p := range picks {
			text.WriteByte(alphabet[int(p)%len(alphabet)])
		}
		return same(text.String())
	}, &quick.Config{MaxCount: 2000}); err != nil {
		t.Error(err)
	}
}
