package lang

import (
	"testing"

	"github.com/acsconform/acsconform/fixtures"
)

// What the profiles of the suite remark on a row has a translation, and no translation is of another text.
func TestEveryRemarkOnARowIsTranslated(t *testing.T) {
	translated, said := read(rows), map[string]bool{}
	for _, p := range fixtures.Profiles() {
		for _, row := range append(p.Codes[:len(p.Codes):len(p.Codes)], p.ObservedRows()...) {
			if row.Note != "" {
				said[row.Note] = true
			}
		}
	}
	for note := range said {
		if translated[note] == "" {
			t.Errorf("%q has no translation in runner/internal/lang/zh/rows.json", note)
		}
	}
	if len(said) != len(translated) {
		t.Errorf("rows.json translates %d texts, and the rows have %d remarks", len(translated), len(said))
	}
}
