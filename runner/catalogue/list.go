package catalogue

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/acsconform/acsconform/fixtures"
	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/runner/reference"
	"github.com/acsconform/acsconform/runner/reference/mutants"
	"github.com/acsconform/acsconform/runner/reference/oddities"
	"github.com/acsconform/acsconform/schemas"
	"github.com/acsconform/acsconform/suites"
)

// List lists what concerns profiles, as the rows of a table with their heads and as a value for JSON: clauses, cases,
// conditions, codes, errata, profiles, mutants, oddities, or tampering in one style or in all.
func List(what string, profiles []*schemas.Profile, style schemas.Style) (rows [][]string, value any) {
	switch what {
	case "clauses":
		return listClauses(profiles)
	case "cases":
		return listCases(profiles)
	case "conditions":
		return listConditions(profiles)
	case "codes":
		return listCodes(profiles)
	case "errata":
		return listErrata()
	case "profiles":
		return listProfiles(profiles)
	case "mutants":
		return listVariants(slices.Concat(mutants.All(), mutants.Operations()), profiles)
	case "tampering":
		return listTampering(profiles, style)
	default:
		return listVariants(slices.Concat(oddities.All(), oddities.Operations()), profiles)
	}
}

func listClauses(profiles []*schemas.Profile) (rows [][]string, value any) {
	rows = [][]string{{"CLAUSE", "LEVEL", "PROFILES", "STATEMENT"}}
	list := []schemas.Clause{}
	for _, clause := range fixtures.Clauses() {
		if slices.ContainsFunc(profiles, clause.AppliesTo) {
			clause.Statement, clause.Reads = clause.Text(), ""
			list = append(list, clause)
			rows = append(rows, []string{clause.ID, string(clause.Level), ProfilesOf(clause), clause.Statement})
		}
	}
	return rows, list
}

func listCases(profiles []*schemas.Profile) (rows [][]string, value any) {
	rows = [][]string{{"CASE", "CLAUSE", "CONDITION", "WHAT IS SENT"}}
	list := Cases(profiles)
	for _, e := range list {
		rows = append(rows, []string{e.Name, strings.Join(e.Clauses, ","), string(e.Condition), e.Says})
	}
	return rows, list
}

// conditionEntry is what a profile answers to a condition.
type conditionEntry struct {
	Profile   string            `json:"profile"`
	Condition schemas.Condition `json:"condition"`
	Says      string            `json:"says"`
	Answer    string            `json:"answer"`
}

func listConditions(profiles []*schemas.Profile) (rows [][]string, value any) {
	rows = [][]string{{"PROFILE", "CONDITION", "WHAT IS WRONG", "ANSWER"}}
	list := []conditionEntry{}
	for _, p := range profiles {
		for _, c := range suites.Conditions() {
			e := conditionEntry{p.Name, c, suites.SayCondition(c), Answer(p, c)}
			list = append(list, e)
			rows = append(rows, []string{e.Profile, string(e.Condition), e.Says, e.Answer})
		}
	}
	return rows, list
}

// codeRow is a row of a table with the profile it is in.
type codeRow struct {
	Profile string `json:"profile"`
	schemas.Row
}

func listCodes(profiles []*schemas.Profile) (rows [][]string, value any) {
	rows = [][]string{{"PROFILE", "CODE", "STATUS", "MESSAGE"}}
	list := []codeRow{}
	for _, p := range profiles {
		for _, row := range p.Codes {
			list = append(list, codeRow{p.Name, row})
			rows = append(rows, []string{p.Name, row.Code, row.Status.String(), row.Message})
		}
	}
	return rows, list
}

// profileEntry is a profile in short.
type profileEntry struct {
	Name    string           `json:"name"`
	Title   string           `json:"title"`
	Source  string           `json:"source"`
	Formats []schemas.Format `json:"formats"`
	Styles  []schemas.Style  `json:"styles"`
	Rows    int              `json:"rows"`
}

func listProfiles(profiles []*schemas.Profile) (rows [][]string, value any) {
	rows = [][]string{{"PROFILE", "TITLE", "FORMATS", "STYLES", "ROWS", "SOURCE"}}
	list := []profileEntry{}
	for _, p := range profiles {
		list = append(list, profileEntry{p.Name, p.Title, p.Source, p.Formats, p.Styles, len(p.Codes)})
		rows = append(rows, []string{p.Name, p.Title, text.Join(p.Formats, ","), text.Join(p.Styles, ","), strconv.Itoa(len(p.Codes)), p.Source})
	}
	return rows, list
}

// variantEntry is a mutant or an oddity in words.
type variantEntry struct {
	Name     string          `json:"name"`
	Clause   string          `json:"clause,omitempty"`
	Profiles []string        `json:"profiles,omitempty"` // that it makes sense for; all when absent
	Styles   []schemas.Style `json:"styles,omitempty"`   // likewise
	Says     string          `json:"says"`
}

func listVariants(variants []reference.Variant, profiles []*schemas.Profile) (rows [][]string, value any) {
	rows = [][]string{{"NAME", "BREAKS", "PROFILES", "A SERVER THAT …"}}
	list := []variantEntry{}
	for _, v := range variants {
		if !slices.ContainsFunc(profiles, func(p *schemas.Profile) bool { return Fits(v, p) }) {
			continue
		}
		list = append(list, variantEntry{v.Name, v.Clause, v.Profiles, v.Styles, v.Description})
		breaks := cmp.Or(v.Clause, "nothing")
		rows = append(rows, []string{v.Name, breaks, allOr(v.Profiles), v.Description})
	}
	return rows, list
}

// ProfilesOf names the profiles that are judged by a clause.
func ProfilesOf(clause schemas.Clause) string {
	if clause.With != "" {
		return "those that list " + clause.With
	}
	return allOr(clause.Profiles)
}

func allOr(profiles []string) string {
	if len(profiles) == 0 {
		return "all"
	}
	return strings.Join(profiles, ",")
}

// listErrata lists what is wrong in the documents, and how it is read.
func listErrata() (rows [][]string, value any) {
	rows = [][]string{{"ERRATUM", "DOCUMENTS", "AS PUBLISHED", "READING"}}
	for _, e := range fixtures.Norm().Errata {
		rows = append(rows, []string{e.ID, strings.Join(e.Documents, ","), e.Published, e.Reading})
	}
	return rows, fixtures.Norm().Errata
}
