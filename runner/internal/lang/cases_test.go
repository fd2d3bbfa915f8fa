package lang_test

import (
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/catalogue"
	"github.com/acsconform/acsconform/runner/internal/lang"
)

// What conform list shows is Chinese but for names and what a case sends as it is: titles of cases are put together from many
// texts, none of which is to be left in English.
func TestEveryListIsTranslated(t *testing.T) {
	all := 0
	for what, texts := range map[string]int{"clauses": 1, "cases": 1, "conditions": 2, "errata": 2, "mutants": 1, "oddities": 1, "tampering": 1} {
		rows, _ := catalogue.List(what, fixtures.Profiles(), "")
		for i, row := range rows {
			if i > 0 {
				row = row[len(row)-texts:] // names are before the texts
			}
			for _, text := range row {
				if all++; !lang.Chinese.Whole(text) {
					t.Errorf("%s: %q is %q", what, text, lang.Chinese.Text(text))
				}
			}
		}
	}
	t.Logf("%d texts", all)
}
