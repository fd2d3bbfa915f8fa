package gateways

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/internal/text"
	"github.com/acsconform/acsconform/schemas"
)

// Both are the results of a gateway in its two configurations. Excuses are settled in Careful.
type Both struct {
	Gateway          Gateway
	Version          string
	Default, Careful Result
	Excuses          []schemas.KnownFailure
}

// Summary is the table of all gateways.
func Summary(all []Both) string {
	var b strings.Builder
	b.WriteString("| gateway | version | breaks by default | careful | what no configuration fixes |\n|---|---|---|---|---|\n")
	for _, r := range all {
		fmt.Fprintf(&b, "| [%s](#%s) | %s | %s | %s | %s |\n", r.Gateway.Title, anchor(r.Gateway.Title), r.Version,
			r.Default.sum(), r.Careful.verdict(), cmp.Or(counted(len(r.Excuses), "case"), "nothing"))
	}
	return b.String()
}

func anchor(title string) string { return strings.ReplaceAll(strings.ToLower(title), " ", "-") }

// sum words how much a configuration breaks.
func (r Result) sum() string {
	var cases, clauses, closed []string
	for _, b := range r.Breaks() {
		switch {
		case b.Case == "":
			closed = b.Ways
		case b.Level == schemas.Must:
			cases, clauses = text.With(cases, b.Case), text.With(clauses, b.Clause)
		}
	}
	text := fmt.Sprintf("%s of %s", counted(len(cases), "case"), counted(len(clauses), "clause"))
	if len(closed) > 0 {
		text += ", and serves nothing in " + strings.Join(closed, ", ")
	}
	return text
}

// verdict words the verdict on a settled configuration.
func (r Result) verdict() string {
	text := string(schemas.Conformant)
	for _, t := range r.Trials {
		if t.Closed != "" || t.Tested.Run.Verdict != schemas.Conformant || t.Gone.Verdict != schemas.Conformant {
			return string(schemas.NonConformant)
		}
		if t.Tested.Run.Counts.Known > 0 {
			text = "conformant but for what is known"
		}
	}
	if warns := r.Warns(); len(warns) > 0 {
		text += ", warned of " + strings.Join(warns, ", ")
	}
	return text
}

// Section is what was measured of one gateway.
func (r Both) Section() string {
	var b strings.Builder
	folder := "gateways/" + r.Gateway.Name + "/"
	fmt.Fprintf(&b, "Measured with %s %s: [default.conf](%sdefault.conf), [careful.conf](%scareful.conf), [known.yaml](%sknown.yaml).\n\n",
		r.Gateway.Title, r.Version, folder, folder, folder)
	b.WriteString("| configuration |")
	for _, t := range r.Default.Trials {
		fmt.Fprintf(&b, " %s |", t.Way)
	}
	b.WriteString(" the service is gone |\n|---|" + strings.Repeat("---|", len(r.Default.Trials)+1) + "\n")
	for _, result := range []Result{r.Default, r.Careful} {
		fmt.Fprintf(&b, "| %s |", result.Configuration)
		for _, t := range result.Trials {
			fmt.Fprintf(&b, " %s |", t.counts())
		}
		fmt.Fprintf(&b, " %s |\n", result.gone())
	}
	b.WriteString("\n| clause | broken by default in | what comes | fixed by |\n|---|---|---|---|\n")
	for _, row := range r.Rows() {
		fmt.Fprintf(&b, "%s %s | %s |\n", row.Key(), strings.Join(row.gots, "; "), row.by)
	}
	return b.String()
}

// counts words what a trial came to.
func (t Trial) counts() string {
	if t.Closed != "" {
		return "serves nothing"
	}
	c := t.Tested.Run.Counts
	words := []string{fmt.Sprintf("%d kept", c.Kept)}
	for _, n := range []struct {
		count int
		word  string
	}{{c.Broken, "broken"}, {c.Warned, "warned"}, {c.Known, "known"}, {c.NotJudged, "not judged"}, {c.Skipped, "skipped"}} {
		if n.count > 0 {
			words = append(words, fmt.Sprintf("%d %s", n.count, n.word))
		}
	}
	return strings.Join(words, ", ")
}

// gone words what came when the server was gone.
func (r Result) gone() string {
	var all []string
	for _, t := range r.Trials {
		for _, c := range t.Gone.Cases {
			got := "503 ServiceUnavailable"
			each(c, func(f schemas.Finding) { got = plain(f.Got) })
			all = text.With(all, got)
		}
	}
	return strings.Join(all, "; ")
}

// A Row is the breaks of one clause that are fixed by the same lines, or by none for the same reason.
type Row struct {
	clause string
	level  schemas.Level
	cases  []string
	gots   []string
	by     string
}

// fewCases is how many cases a row names before it only counts them.
const fewCases = 20

// Key returns the columns that must be the same wherever it is measured: the clause and its cases.
func (r Row) Key() string {
	cases, clause := strings.Join(r.cases, ", "), r.clause
	if len(r.cases) > fewCases {
		cases = fmt.Sprintf("%d cases", len(r.cases))
	}
	if r.level == schemas.Should {
		clause += " (should)"
	}
	return fmt.Sprintf("| %s | %s |", clause, cases)
}

// Rows lists what the default configuration breaks.
func (r Both) Rows() []Row {
	var rows []Row
	fixes, _ := r.Gateway.fixes() // read before, or there would be no result
	for _, b := range r.Default.Breaks() {
		by := r.remedy(fixes, b)
		name := b.Case
		switch name {
		case "":
			name = "any request of " + strings.Join(b.Ways, ", ")
		case GoneWord:
			name = "a service that is gone"
		default:
			name = "`" + name + "`"
		}
		i := slices.IndexFunc(rows, func(row Row) bool { return row.clause == b.Clause && row.by == by })
		if i < 0 {
			i = len(rows)
			rows = append(rows, Row{clause: b.Clause, level: b.Level, by: by})
		}
		rows[i].cases = append(rows[i].cases, name)
		for _, got := range b.Gots {
			rows[i].gots = text.With(rows[i].gots, got)
		}
	}
	return rows
}

// remedy words what fixes a break: lines of the careful configuration, or the reason why none does.
func (r Both) remedy(fixes []Fix, b Break) string {
	if e, excused := excuseOf(r.Excuses, b); excused {
		return "nothing: " + e.Reason
	}
	m, fixed := fixOf(fixes, b)
	switch {
	case !fixed:
		return ""
	case m.Last < m.First:
		return "`" + strings.Join(r.Gateway.Careful, " ") + "`"
	case m.Last == m.First:
		return fmt.Sprintf("line %d: `%s`", m.First, m.Text)
	}
	return fmt.Sprintf("lines %d to %d: `%s` …", m.First, m.Last, text.Clip(m.Text, 70))
}

// excuseOf finds the entry that says why nothing fixes the case. By default it may break another clause than with care.
func excuseOf(list []schemas.KnownFailure, b Break) (schemas.KnownFailure, bool) {
	i := slices.IndexFunc(list, func(e schemas.KnownFailure) bool { return e.Case == b.Case })
	if i < 0 {
		return schemas.KnownFailure{}, false
	}
	return list[i], list[i].Clause == b.Clause
}

func counted(n int, noun string) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
