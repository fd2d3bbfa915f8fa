package wording_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/acsconform/acsconform/suites/wording"
)

// FuzzPlain shows anything: nothing comes out that a terminal would act on, lines keep their width, and what was fit
// to be shown stays as it is.
func FuzzPlain(f *testing.F) {
	for _, text := range []string{
		"", "plain", "\x1b[31mred\x1b[0m", "\x1b]0;title\a", "a\r\nb\tc", "\u202eevil", "\u200b\u2066", "\x9b2J", "\xff\xfe", "中文 wide", "\ufeff", "\u0085\u2028", "e\u0301",
	} {
		f.Add(text, uint8(20))
	}
	f.Fuzz(func(t *testing.T, text string, columns uint8) {
		got := wording.Plain(text)
		if !utf8.ValidString(got) {
			t.Errorf("%q is shown as %q, which is no UTF-8", text, got)
		}
		for _, r := range got {
			if !unicode.IsPrint(r) {
				t.Errorf("%q is shown with %U", text, r)
			}
		}
		if again := wording.Plain(got); again != got {
			t.Errorf("%q is shown as %q, and that as %q", text, got, again)
		}
		cols := 4 + int(columns)
		if clipped := wording.Clip(got, cols); wording.Width(clipped) > cols {
			t.Errorf("%q cut to %d columns has %d: %q", got, cols, wording.Width(clipped), clipped)
		}
		lines := wording.Wrap(got, cols, 3)
		if len(lines) > 4 {
			t.Errorf("%q in 3 lines of %d columns: %q", got, cols, lines)
		}
		for _, line := range lines {
			if n := wording.Width(line); n > cols && (n > 128 || strings.Contains(line, " ")) {
				t.Errorf("a line of more than %d columns, and of more than one word: %q", cols, line)
			}
		}
	})
}
