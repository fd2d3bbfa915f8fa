package lang

import (
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/fixtures/translated"
)

// fixtureTexts returns the texts of clauses, conditions, errata and sources: English, and their translation.
func fixtureTexts() map[string]string {
	texts := map[string]string{}
	for _, t := range translated.Texts() {
		if t.English != "" && t.Chinese != "" {
			texts[t.English] = t.Chinese
		}
	}
	for _, p := range fixtures.Profiles() {
		if strings.Contains(p.Title, " ") { // else it is a name
			texts[p.Title] = translated.Title(p)
		}
	}
	return texts
}
