package sign

import (
	"net/url"
	"regexp"
	"testing"
)

var coded = regexp.MustCompile(`^(?:[A-Za-z0-9_.~-]|%[0-9A-F]{2})*$`)

// FuzzPercentEncode encodes anything: only unreserved characters and upper-case escapes come out, both readings of
// net/url give the text back, and what is plain stays as it is.
func FuzzPercentEncode(f *testing.F) {
	for _, text := range []string{"", "azAZ09-_.~", " ", "+*/:=&%", "!'()", "中文", "\x00\x7f\x80\xff", "%2F", "a%zz", "2016-02-23T12:46:24Z", "\u202e\U0001f600"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := PercentEncode(text)
		if !coded.MatchString(got) {
			t.Errorf("%q is written %s", text, got)
		}
		if back, err := url.PathUnescape(got); err != nil || back != text {
			t.Errorf("%q is written %s, which is read as %q, %v", text, got, back, err)
		}
		if back, err := url.QueryUnescape(got); err != nil || back != text {
			t.Errorf("%q is written %s, which is read in a form as %q, %v", text, got, back, err)
		}
		if again := PercentEncode(got); again == got && got != text {
			t.Errorf("%q is written %s, and twice the same", text, got)
		}
	})
}
