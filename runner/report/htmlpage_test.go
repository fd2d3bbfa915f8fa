package report

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
)

func htmlOf(t *testing.T) string {
	t.Helper()
	var out bytes.Buffer
	if err := (HTML{Clauses: fixtures.Clauses()}).Write(&out, sample()); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestHTMLFetchesNothingAndHasEachIDOnce(t *testing.T) {
	text := htmlOf(t)
	if found := regexp.MustCompile(`(?i)<(link|iframe|object|embed|img|script src)|@import|url\(`).FindString(text); found != "" {
		t.Errorf("the page has %q, which fetches something", found)
	}
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(`\bid="([^"]*)"`).FindAllStringSubmatch(text, -1) {
		if seen[m[1]] {
			t.Errorf("id %q is there twice", m[1])
		}
		seen[m[1]] = true
	}
	for _, m := range regexp.MustCompile(`href="#([^"]*)"`).FindAllStringSubmatch(text, -1) {
		if !seen[m[1]] && !strings.Contains(m[1], "=") { // which sets a filter
			t.Errorf("a link leads to #%s, which is not there", m[1])
		}
	}
}

func TestControlCharactersAreShown(t *testing.T) {
	if got := visible("a\x1b[31m\x00b\r\n\u202ec"); got != "a<U+001B>[31m<U+0000>b\n<U+202E>c" {
		t.Errorf("visible returns %q", got)
	}
	if got := visible(strings.Repeat("ä", longest)); len(got) > longest+40 {
		t.Errorf("%d bytes of one text are shown, want at most about %d", len(got), longest)
	}
}

func TestMarkdownKeepsTheTargetsTextHarmless(t *testing.T) {
	got := cell("a|b\n<script> [x](javascript:y) `z` ![i](u)")
	if strings.ContainsAny(got, "|<>[]()`!\n") {
		t.Errorf("cell returns %q", got)
	}
}
