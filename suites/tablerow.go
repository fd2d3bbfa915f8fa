package suites

import (
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// TableStatus finds the status of a row that a target file names by its code, and where the table has several of that
// code, by status or message too. A status that is given stands, whatever the table says. The error says what to add.
func TableStatus(p *schemas.Profile, code string, status schemas.Status, message string) (schemas.Status, error) {
	rows := rowsNamed(p, code)
	if status != (schemas.Status{}) {
		rows = slices.DeleteFunc(rows, func(r schemas.Row) bool { return r.Status != status })
	}
	said := rows
	if message != "" {
		said = slices.DeleteFunc(slices.Clone(rows), func(r schemas.Row) bool { return !hasText(r, message) })
	}
	switch {
	case len(rows) > 0 && len(said) == 0:
		return status, fmt.Errorf("profile %s has no row %s with that message (copy it from conform list codes --profile %s, or leave it out)",
			p.Name, strings.TrimSpace(code+" "+statusText(status)), p.Name)
	case status != (schemas.Status{}):
		return status, nil
	case len(said) == 0:
		return status, fmt.Errorf("profile %s has no code %s (correct it, or add status: …)", p.Name, code)
	}
	var all []string
	for _, r := range said {
		if text := r.Status.String(); !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	if len(all) > 1 {
		return status, fmt.Errorf("profile %s has %s with the statuses %s (add status: %s)", p.Name, code, strings.Join(all, " and "), strings.Join(all, " or "))
	}
	return said[0].Status, nil
}

func statusText(s schemas.Status) string {
	if s == (schemas.Status{}) {
		return ""
	}
	return s.String()
}

// hasText reports whether a message is one that the table has for the row.
func hasText(r schemas.Row, message string) bool {
	return r.AnyText || slices.ContainsFunc(append([]string{r.Message}, r.Also...), func(text string) bool { return plain(text) == plain(message) })
}

// withStatuses returns the recipes with the statuses that the table has for those that name none. One of which the
// table cannot say it stays as it is.
func withStatuses(p *schemas.Profile, recipes []schemas.Recipe) []schemas.Recipe {
	whole := slices.Clone(recipes)
	for i := range whole {
		r := &whole[i]
		if status, err := TableStatus(p, r.Code, r.Status, r.Message); err == nil {
			r.Status = status
		}
	}
	return whole
}
