package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
)

// What is marked is as harmless as what is not.
func TestMarksAreEscaped(t *testing.T) {
	r := sample()
	_, c := failedOf(t, r)
	c.Findings[0].Want, c.Findings[0].Got = "the Code A.B <i>", "the Code <script>X.Y</script> <i>"
	c.Exchange = &schemas.ExchangeReport{Response: &schemas.Response{Status: 200, Body: []byte(`<b>X.Y</b>`)}}
	c.Exchanges = nil
	var out bytes.Buffer
	if err := (HTML{Clauses: fixtures.Clauses()}).Write(&out, r); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	for _, want := range []string{"<mark>A.B</mark>", "<mark>&lt;script&gt;X.Y&lt;/script&gt;</mark>", "&lt;b&gt;<mark>X.Y</mark>&lt;/b&gt;"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(text, "<script>X") || strings.Contains(text, "<b>X") {
		t.Error("what came from the target is not escaped")
	}
}
