package explain

import (
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites/wording"
)

// documents prints where documents are found, one in a line.
func (x *explaining) documents(ids []string) {
	label := "of"
	for _, id := range ids {
		if s, known := fixtures.Norm().Source(id); known {
			x.paragraph(label, s.String())
			label = ""
		}
	}
}

// gatewayLines prints lines of configurations, whole, since they are there to be copied.
func (x *explaining) gatewayLines(lines schemas.Lines) {
	for _, l := range lines.List() {
		x.line(l.Gateway, wording.Plain(l.Text))
	}
}

// conditionText prints what is sent and what is wanted, whatever the profile.
func (x *explaining) conditionText(c schemas.Condition) {
	text, known := fixtures.Norm().Condition(c)
	if !known {
		return
	}
	x.paragraph("sends", text.Sends)
	x.paragraph("wants", text.Wants)
	label := "errata"
	for _, id := range text.Errata {
		if e, known := fixtures.Norm().Erratum(id); known {
			x.paragraph(label, e.ID+": "+e.Reading)
			label = ""
		}
	}
}

// erratum explains what is wrong in a document: how it is read, and what that concerns.
func (x *explaining) erratum(e schemas.Erratum) {
	x.printf("%s  erratum\n", e.ID)
	x.documents(e.Documents)
	x.paragraph("published", e.Published)
	x.paragraph("reading", e.Reading)
	var clauses, conditions, rows []string
	for _, clause := range fixtures.Clauses() {
		if mentions(clause.Statement+" "+clause.Source, e.ID) {
			clauses = append(clauses, clause.ID+": "+clause.Text())
		}
	}
	for _, c := range fixtures.Norm().Conditions {
		if slices.Contains(c.Errata, e.ID) {
			conditions = append(conditions, fmt.Sprintf("%s: %s", c.ID, c.Sends))
		}
	}
	for _, p := range x.profiles {
		for _, row := range p.Codes {
			if mentions(row.Note, e.ID) {
				rows = append(rows, fmt.Sprintf("%s %s of %s: %s", row.Status, row.Code, p.Name, row.Note))
			}
		}
	}
	x.items("clauses", clauses)
	x.items("conditions", conditions)
	x.items("rows", rows)
}

// mentions reports whether a text names an erratum: X1 is not in X13.
func mentions(text, id string) bool {
	return slices.Contains(strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" (),;:.", r) }), id)
}
