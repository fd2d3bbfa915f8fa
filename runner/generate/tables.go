package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/fixtures/translated"
	"github.com/acsconform/acsconform/runner/catalogue"
	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/runner/reference/oddities"
	"github.com/acsconform/acsconform/suites"
)

// tables returns the generated parts of the pages by the names in their markers.
func tables() map[string]string {
	return map[string]string{"profiles": profiles(), "profiles-zh": chineseProfiles(), "tally": tally()}
}

func namesOf(tables map[string]string) string {
	return strings.Join(slices.Sorted(maps.Keys(tables)), ", ")
}

// profiles is the table of the profiles.
func profiles() string {
	var b strings.Builder
	b.WriteString("| profile | service | formats (default first) | styles | rows |\n|---|---|---|---|---|\n")
	for _, p := range fixtures.Profiles() {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %d |\n", p.Name, p.Title, text.Join(p.Formats, ", "), text.Join(p.Styles, ", "), len(p.Codes))
	}
	return b.String()
}

// chineseProfiles is the same table in Chinese.
func chineseProfiles() string {
	var b strings.Builder
	b.WriteString("| profile | 产品 | 返回格式（默认在前） | 调用风格 | 错误码行数 |\n|---|---|---|---|---|\n")
	for _, p := range fixtures.Profiles() {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %d |\n", p.Name, translated.Title(p), text.Join(p.Formats, "、"), text.Join(p.Styles, "、"), len(p.Codes))
	}
	return b.String()
}

// tally counts what is in the book.
func tally() string {
	rows, rules := 0, 0
	for _, p := range fixtures.Profiles() {
		rows += len(p.Codes)
	}
	for _, chapter := range suites.Book() {
		rules += len(chapter.Rules)
	}
	return fmt.Sprintf("%d clauses, %d rules, %d cases, %d rows in %d profiles, %d mutants, %d oddities.\n",
		len(fixtures.Clauses()), rules, len(catalogue.Cases(fixtures.Profiles())), rows, len(fixtures.Profiles()),
		len(mutants.All()), len(oddities.All()))
}
