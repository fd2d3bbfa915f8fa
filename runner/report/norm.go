package report

import (
	"html/template"
	"regexp"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/schemas"
)

// Where the pages that describe the book and the norm are published.
const (
	published = "https://github.com/acsconform/acsconform/blob/main/"
	bookPage  = published + "suites/README.md"
	normPage  = published + "fixtures/spec/README.md"
)

// erratumID matches text that looks like the id of an erratum.
var erratumID = regexp.MustCompile(`\bX[0-9]+\b`)

// linked is a text of the suite as HTML. Errata in it link to the end of the page.
func linked(text string) template.HTML {
	escaped := template.HTMLEscapeString(text)
	return template.HTML(withErrata(escaped, func(id string) string { return `<a href="#erratum-` + id + `">` + id + `</a>` }))
}

// linkedCell is a text of the suite as a cell of a Markdown table. Errata in it link to their published page.
func linkedCell(text string) string {
	return withErrata(cell(text), func(id string) string { return "[" + id + "](" + normPage + "#" + strings.ToLower(id) + ")" })
}

func withErrata(text string, link func(id string) string) string {
	return erratumID.ReplaceAllStringFunc(text, func(id string) string {
		if _, known := fixtures.Norm().Erratum(id); !known {
			return id
		}
		return link(id)
	})
}

// clauseCell is the id of a clause as a cell of a Markdown table, with a link to what the book has for it. An id that no
// clause has is left as it is.
func clauseCell(clauses []schemas.Clause, id string) string {
	if _, known := schemas.ClauseByID(clauses, id); !known {
		return cell(id)
	}
	return "[" + id + "](" + bookPage + "#" + strings.ToLower(id) + ")"
}

// cited is where a clause is stated for a server of a profile: in its document, which links to the end of the page, or
// elsewhere.
func cited(clause schemas.Clause, profile, title string) template.HTML {
	place := bothLinked(clause.Source)
	if len(clause.Documents) == 0 {
		return place
	}
	if source, known := fixtures.Norm().Source(profile); known && slices.Contains(clause.Documents, profile) {
		return template.HTML(`<a href="#source-`+template.HTMLEscapeString(profile)+`">`) + both(source.String()) + template.HTML(`</a>: `) + place
	}
	if title == "" {
		return place
	}
	return template.HTML(template.HTMLEscapeString(title)+": ") + place
}

// htmlNorm is the end of the page: the documents, errata and conditions that the rest of it links to.
type htmlNorm struct{ *schemas.Norm }

// Linked is a text of the norm with links.
func (htmlNorm) Linked(text string) template.HTML { return linked(text) }

// Rows is the list of cases as rows of a table. A run has a thousand, and a template takes longer for them than the judge did. The
// script reads from the cells what a row is filtered by, and writes the outcome in its language: attributes and a second language
// in each row would be half of the page.
func (r htmlRun) Rows() template.HTML {
	var b strings.Builder
	b.Grow(160 * len(r.Cases))
	write := func(parts ...string) {
		for i, part := range parts { // markup and text in turn
			if i%2 == 1 {
				part = template.HTMLEscapeString(part)
			}
			b.WriteString(part)
		}
	}
	for i := range r.Cases {
		c := &r.Cases[i]
		write(`<tr`)
		if c.ID != "" {
			write(` id="`, c.ID, `"`)
		}
		write(`><td>`, c.Name, `<td>`, c.Clause, `<td>`)
		if _, known := fixtures.Norm().Condition(c.Condition); known && c.Outcome != schemas.Kept {
			write(`<a href="#condition-`, string(c.Condition), `">`, string(c.Condition), `</a>`)
		} else {
			write(``, string(c.Condition))
		}
		write(`<td class="s-`, string(c.Outcome), `">`, string(c.Outcome), `<td>`+string(both(c.Why))+"\n")
	}
	return template.HTML(b.String())
}
