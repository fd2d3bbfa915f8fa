package diff

import (
	_ "embed" // the page
	"html/template"
	"io"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/internal/htmlpage"
	"github.com/acsconform/acsconform/runner/internal/lang"
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

// htmlIn writes a diff as one page that needs nothing from elsewhere. It has no script, its policy allows none, and
// whatever came from a target is escaped.
func htmlIn(w io.Writer, d *schemas.Diff, language lang.Language) error {
	return htmlpage.Page{Text: pageText, Style: styleText, Language: language.Tag(), Funcs: template.FuncMap{
		"t":       language.Text,
		"counted": text.Count[int], "plain": wording.Plain, "orNone": orNone, "names": caseNames, "side": sideLine, "target": target,
		"advice":  func(id string) htmlpage.Advice { return htmlpage.AdviceOf(fixtures.Clauses(), id) },
		"subject": func(d schemas.Drift) string { subject, _ := driftLine(d); return language.Text(subject) },
	}}.Write(w, struct {
		*schemas.Diff
		Line   string
		Broke  []*clauseDiff
		Lost   []*missing
		Unsent []*missing
		Better []*clauseDiff
	}{Diff: d, Line: Line(d), Broke: byClause(d, d.Regressions), Lost: byReason(d.Gone), Unsent: byReason(d.LeftOut), Better: byClause(d, d.Fixed)})
}
