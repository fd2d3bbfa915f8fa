package suites

import (
	"slices"
	"strings"

	"github.com/acsconform/acsconform/schemas"
)

// A expectedOutcome is what a profile documents about a condition.
type expectedOutcome int

const (
	undocumented expectedOutcome = iota // the profile does not list the condition
	refuses                             // by one of the rows
	silent                              // the document says nothing
	serves                              // answered 2xx
	ignores                             // the peculiarity has no say in the answer
	inapplicable
)

// expectation is a profile's answer to a condition.
type expectation struct {
	outcome  expectedOutcome
	rows     []schemas.Row
	tolerate []string
	observed []schemas.Row // of a silent one: what is seen as an answer, and not published
}

// expectationFor reads the profile's answer to a condition off its rows and lists.
func expectationFor(p *schemas.Profile, c schemas.Condition) expectation {
	e := expectation{tolerate: p.Tolerates[c]}
	for _, r := range p.Observed {
		if slices.Contains(r.Answers, c) {
			e.observed = append(e.observed, r.Row())
		}
	}
	for _, r := range p.Codes {
		if slices.Contains(r.Answers, c) {
			e.rows = append(e.rows, r)
		}
	}
	switch {
	case len(e.rows) > 0:
		e.outcome = refuses
	case slices.Contains(p.Silent, c):
		e.outcome = silent
	case slices.Contains(p.Serves, c), c == schemas.Sound:
		e.outcome = serves
	case slices.Contains(p.Ignores, c), c == OperationCalled, c == OperationWithout:
		e.outcome = ignores
	case slices.Contains(p.Inapplicable, c):
		e.outcome = inapplicable
	}
	return e
}

// anyRefusal is the expectation of what is altered after signing: a server may find fault with the altered value before it
// looks at the signature. Where the value is there twice it may take one of them, and only the case as a whole is judged.
func anyRefusal(mayServe bool) expectation {
	if mayServe {
		return expectation{outcome: ignores}
	}
	return expectation{outcome: silent}
}

// or returns what passes by either of two conditions that a request cannot be told apart by.
func (e expectation) or(other expectation) expectation {
	e.rows = slices.Concat(e.rows, other.rows)
	e.tolerate = slices.Concat(e.tolerate, other.tolerate)
	return e
}

// codes returns the codes that pass, with their statuses, as a report words them: "400 SignatureNonceUsed".
func (e expectation) words() string {
	switch e.outcome {
	case serves:
		return "2xx"
	case silent:
		if len(e.observed) > 0 {
			return "4xx, refused (observed, not published: " + rowWords(e.observed) + ")"
		}
		return "4xx, refused"
	case ignores:
		return "an envelope"
	}
	return rowWords(e.rows)
}

func rowWords(rows []schemas.Row) string {
	var words []string
	for _, r := range rows {
		w := r.Status.String() + " " + r.Code
		if !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	return strings.Join(words, " or ")
}

// sameCode reports whether a code is that of a row: to the letter, by an alias, or as a member of the family that a
// {ParameterName} stands for, with the name in the code. The placeholder itself is no name, and a code that has a row of its
// own, here or with a sibling, or that all products share (errata X19), is that code and no member of a family.
func sameCode(p *schemas.Profile, row schemas.Row, code string) (name string, ok bool) {
	if p.Aliases[code] == row.Code {
		return "", true
	}
	if !isFamily(row) {
		return "", row.Code == code
	}
	name, ok = memberOf(row, code)
	if !ok || isCommon(code) || hasRow(p, code) {
		return "", false
	}
	return name, true
}

// isFamily reports whether the row stands for one code for each parameter.
func isFamily(row schemas.Row) bool { return strings.Contains(row.Code, "{") }

// memberOf returns the name in a code that is spelt as those of a family are, whatever else it may be. A family that has
// notApplicable but the name would have every code as a member, and has none.
func memberOf(row schemas.Row, code string) (name string, ok bool) {
	prefix, _, family := strings.Cut(row.Code, "{")
	name, begins := strings.CutPrefix(code, prefix)
	return name, family && begins && prefix != "" && isName(name)
}

func hasRow(p *schemas.Profile, code string) bool {
	return slices.ContainsFunc(p.Codes, func(r schemas.Row) bool { return r.Code == code })
}

// isName reports whether s could be the name of a parameter.
func isName(s string) bool {
	for i := range len(s) {
		c := s[i]
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if !letter && (i == 0 || (c < '0' || c > '9') && c != '-' && c != '_') {
			return false
		}
	}
	return s != ""
}

// rowsOf returns the rows of the profile's table that a code is one of.
func rowsOf(p *schemas.Profile, rows []schemas.Row, code string) []schemas.Row {
	var found []schemas.Row
	for i := range rows {
		if !mayBe(p, &rows[i], code) {
			continue
		}
		if _, ok := sameCode(p, rows[i], code); ok {
			found = append(found, rows[i])
		}
	}
	return found
}

// mayBe reports at little cost whether sameCode is worth asking: published tables have thousands of rows.
func mayBe(p *schemas.Profile, row *schemas.Row, code string) bool {
	return row.Code == code || isFamily(*row) || len(p.Aliases) > 0
}

// rowsNamed returns the rows that a target file means by a code: the rows of that code, else the families that it is a
// member of.
func rowsNamed(p *schemas.Profile, code string) []schemas.Row {
	if rows := rowsOf(p, p.Codes, code); len(rows) > 0 {
		return rows
	}
	return slices.DeleteFunc(slices.Clone(p.Codes), func(r schemas.Row) bool {
		_, member := memberOf(r, code)
		return r.Code != code && !member
	})
}

// documented returns the rows by which the profile answers a condition with a code. Of a code that is one of its own, a
// family that the condition is answered by has the one that names the parameter at fault.
func (e expectation) documented(p *schemas.Profile, code, parameter string) []schemas.Row {
	rows := rowsOf(p, e.rows, code)
	for _, r := range e.rows {
		name, member := memberOf(r, code)
		if member && len(rows) == 0 && slices.Contains(strings.Split(parameter, "|"), name) {
			rows = append(rows, r)
		}
	}
	return rows
}
