package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/internal/lang"
)

// A report in Chinese says once which words of Chinese standards its words for the levels are; one in English has no need to.
func TestTheLevelsAreExplainedOnceInChinese(t *testing.T) {
	legend := lang.Chinese.Text(levels)
	if legend == levels {
		t.Fatal("the legend has no translation")
	}
	for language, want := range map[lang.Language]int{lang.English: 0, lang.Chinese: 1} {
		var out bytes.Buffer
		if err := (Terminal{Clauses: fixtures.Clauses(), Language: language}).Write(&out, sample()); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(out.String(), legend); n != want || strings.Contains(out.String(), levels) {
			t.Errorf("the summary in %s has the legend %d times, want %d:\n%s", language, n, want, out.String())
		}
	}
	var out bytes.Buffer
	if err := (HTML{Clauses: fixtures.Clauses()}).Write(&out, sample()); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), legend); n != 1 || strings.Contains(out.String(), levels) {
		t.Errorf("report.html has the legend %d times, want 1, for its Chinese alone", n)
	}
}
