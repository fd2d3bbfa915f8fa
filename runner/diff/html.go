package diff

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"io"

	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

var (
	//go:embed diff.html
	pageText string
	//go:embed diff.css
	styleText string
)

// HTML writes a diff as one page that needs nothing from elsewhere. It has no script, its policy allows none, and
// whatever came from a target is escaped.
func HTML(w io.Writer, d *schemas.Diff) error {
	sum := sha256.Sum256([]byte(styleText))
	t, err := template.New("diff").Funcs(template.FuncMap{
		"counted": text.Count[int], "plain": wording.Plain, "orNone": orNone, "names": caseNames, "side": sideLine, "target": target,
		"subject": func(d schemas.Drift) string { subject, _ := driftLine(d); return subject },
	}).Parse(pageText)
	if err != nil {
		return err
	}
	return t.Execute(w, struct {
		*schemas.Diff
		Policy string
		Style  template.CSS
		Line   string
		Broke  []*broke
		Lost   []*missing
		Better []*broke
	}{
		Diff: d, Line: Line(d), Style: template.CSS(styleText),
		Policy: "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'",
		Broke:  byClause(d, d.Regressions), Lost: gone(d), Better: byClause(d, d.Mended),
	})
}
