package lang

import (
	"os"
	"regexp"
	"strconv"
	"testing"
)

// onPage is a text that report.html shows in both languages.
var onPage = regexp.MustCompile(`\b(?:t|zh) (?:\(printf )?("(?:[^"\\]|\\.)*")`)

// Every text of report.html has a translation.
func TestEveryTextOfThePageIsTranslated(t *testing.T) {
	page, err := os.ReadFile("../../report/page.html")
	if err != nil {
		t.Fatal(err)
	}
	found := onPage.FindAllStringSubmatch(string(page), -1)
	if len(found) < 50 {
		t.Fatalf("%d texts are found", len(found))
	}
	for _, m := range found {
		text, err := strconv.Unquote(m[1])
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := pairs()[text]; !ok && text != "%d %s" { // whose word is translated with its number
			t.Errorf("%q of report.html has no translation in runner/internal/lang/zh", text)
		}
	}
}

// What a page says in attributes and titles, which hold one language, has the other one beside it.
func TestLabelsOfThePageAreTranslated(t *testing.T) {
	page, err := os.ReadFile("../../report/page.html")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`(?:aria-label| title|placeholder)="[^"]*"(?: data-zh[a-z-]*="\{\{zh )?|<title[^>]*>`).FindAllString(string(page), -1)
	if len(found) < 10 {
		t.Fatalf("%d labels are found", len(found))
	}
	for _, label := range found {
		if !regexp.MustCompile(`data-zh[a-z-]*="\{\{zh `).MatchString(label) {
			t.Errorf("%s of report.html has no Chinese beside it", label)
		}
	}
}
