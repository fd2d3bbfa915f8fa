package interop

import (
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/interop/clients"
	"github.com/acsconform/acsconform/schemas"
)

// row is one line of a table.
type row struct {
	situation situation
	cells     []cell // of the clients that can be in the situation
}

// rows brings all clients into all situations.
func rows(p *schemas.Profile, list []clients.Client) []row {
	var out []row
	for _, s := range situations() {
		r := row{situation: s}
		for _, c := range list {
			if m, ok := try(s, p, c); ok {
				r.cells = append(r.cells, m)
			}
		}
		if len(r.cells) > 0 {
			out = append(out, r)
		}
	}
	return out
}

// table writes what was found of one profile in Markdown.
func table(p *schemas.Profile, list []clients.Client, rows []row) string {
	list = slices.DeleteFunc(slices.Clone(list), func(c clients.Client) bool { return !situation{}.fits(p, c) })
	var b strings.Builder
	fmt.Fprintf(&b, "### %s\n\n| situation | answer |", p.Title)
	for _, c := range list {
		fmt.Fprintf(&b, " %s |", c.Name)
	}
	b.WriteString("\n|---|---|" + strings.Repeat("---|", len(list)) + "\n")
	for _, r := range rows {
		fmt.Fprintf(&b, "| %s | %s |", r.situation.name, r.answers())
		for _, c := range list {
			fmt.Fprintf(&b, " %s |", r.of(c))
		}
		b.WriteString("\n")
	}
	return b.String()
}

// of returns the cell of one client.
func (r row) of(c clients.Client) string {
	for _, m := range r.cells {
		if m.client.Name == c.Name {
			return m.cell()
		}
	}
	return "–"
}

// answers lists what the clients were answered, each once.
func (r row) answers() string {
	var told []string
	for _, m := range r.cells {
		if !slices.Contains(told, m.told()) {
			told = append(told, m.told())
		}
	}
	return strings.Join(told, " / ")
}
