package lang

import (
	"html"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// pages are the pages that people read, with the words on them that are the same in every language.
var pages = map[string][]string{
	"../../report/page.html":         {"acsconform", "curl", "English"},
	"../../diff/diff.html":           {"acsconform", "conform diff", "diff", "BASE", "NEW"},
	"../../lint/page.html":           {"acsconform"},
	"../../reference/mock/page.html": {"acsconform", "RequestId"},
	"../htmlpage/page.html":          nil,
}

func readPages(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for name := range pages {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = string(text)
	}
	return texts
}

// onPage is a text that a page shows in the language.
var onPage = regexp.MustCompile(`\b(?:t|zh) (?:\(printf )?("(?:[^"\\]|\\.)*")`)

// Every text of a page has a translation.
func TestEveryTextOfThePagesIsTranslated(t *testing.T) {
	for name, page := range readPages(t) {
		found := onPage.FindAllStringSubmatch(page, -1)
		if len(found) < 2 {
			t.Fatalf("%d texts are found in %s", len(found), name)
		}
		for _, m := range found {
			text, err := strconv.Unquote(m[1])
			if err != nil {
				t.Fatal(err)
			}
			if _, ok := messages()[text]; !ok && text != "%d %s" { // whose word is translated with its number
				t.Errorf("%q of %s has no translation in runner/internal/lang/zh", text, name)
			}
		}
	}
}

var (
	doubled = regexp.MustCompile(`<(option|title)[^>]*data-zh="\{\{zh [^}]*\}\}"[^>]*>[^<]*`) // what has the other language beside it
	action  = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	tag     = regexp.MustCompile(`(?s)<[^>]*>`)
)

// What stands on a page by itself, and not by t, is the same in every language.
func TestPagesHaveNoTextOfTheirOwn(t *testing.T) {
	for name, page := range readPages(t) {
		for line := range strings.Lines(bareText(page)) {
			line = html.UnescapeString(line)
			for _, word := range pages[name] {
				line = strings.ReplaceAll(line, word, "")
			}
			if prose.MatchString(line) {
				t.Errorf("%s shows %q in every language (write {{t \"…\"}})", name, strings.TrimSpace(line))
			}
		}
	}
	if bare := bareText(`<p title="{{.}}">{{t "a"}}</p>left over<option data-zh="{{zh "b"}}">b</option>`); strings.TrimSpace(bare) != "left over" {
		t.Errorf("what is left is %q", bare)
	}
}

// bareText returns what a page shows by itself, tags and actions taken out.
func bareText(page string) string {
	page = doubled.ReplaceAllString(page, "")
	return tag.ReplaceAllString(action.ReplaceAllString(page, ""), "\n")
}

// What a page says in attributes and titles, which hold one language, has the other one beside it.
func TestLabelsOfThePageAreTranslated(t *testing.T) {
	page := readPages(t)["../../report/page.html"]
	found := regexp.MustCompile(`(?:aria-label| title|placeholder)="[^"]*"(?: data-zh[a-z-]*="\{\{zh )?|<title[^>]*>`).FindAllString(page, -1)
	if len(found) < 10 {
		t.Fatalf("%d labels are found", len(found))
	}
	for _, label := range found {
		if !regexp.MustCompile(`data-zh[a-z-]*="\{\{zh `).MatchString(label) {
			t.Errorf("%s of report.html has no Chinese beside it", label)
		}
	}
}
