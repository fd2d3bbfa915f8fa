package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/schemas"
)

// htmlTodo is one thing to do: a cause with the share of the failed cases that it explains.
type htmlTodo struct {
	ID, Statement, Title, Clause, Run, Want, Got, Fix string
	Level                                             schemas.Level
	Outcome                                           schemas.Outcome
	Cases, Failed, Wide                               int // Wide in thousandths
}

// mostTodo is how many causes the list at the top names. The others follow below, in their runs.
const mostTodo = 12

// todo ranks the causes of all runs: what fails a run before what warns, then by the cases that they explain.
func todo(runs []htmlRun) []htmlTodo {
	var all []htmlTodo
	for i := range runs {
		r := &runs[i]
		failed := r.Counts.Broken + r.Counts.Warned
		for _, f := range r.Findings {
			if f.Outcome == schemas.Known || failed == 0 {
				continue
			}
			n := 1 + len(f.Others)
			all = append(all, htmlTodo{ID: f.ID, Statement: cmp.Or(f.statement, f.Title), Title: f.Title, Clause: f.Clause, Fix: f.fix, Level: f.Level, Outcome: f.Outcome, Want: f.Want, Got: f.Got,
				Run: fmt.Sprintf("%s/%s%s", r.Target.Profile, r.Target.Style, r.Nth), Cases: n, Failed: failed, Wide: min(1000, n*1000/failed)})
		}
	}
	slices.SortStableFunc(all, func(a, b htmlTodo) int {
		return cmp.Or(cmp.Compare(rankOf(a.Outcome), rankOf(b.Outcome)), b.Cases-a.Cases)
	})
	return all[:min(mostTodo, len(all))]
}

func rankOf(o schemas.Outcome) int {
	if o == schemas.Broken {
		return 0
	}
	return 1
}

// musts describes how many clauses of level MUST the runs exercised; empty where all were.
func musts(r *schemas.Report) string {
	exercised, all := 0, 0
	for i := range r.Runs {
		for _, c := range r.Runs[i].Clauses {
			if c.Level != schemas.Must {
				continue
			}
			all++
			if c.State != schemas.Unexercised {
				exercised++
			}
		}
	}
	if exercised == all {
		return ""
	}
	return fmt.Sprintf("%d of %d clauses of level MUST exercised", exercised, all)
}

// markdown writes a finding as an issue tracker takes it, in a language. Backquotes of the target end no code of ours.
func (f htmlFinding) markdown(url string, language lang.Language) string {
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, language.Format(format)+"\n", args...) }
	plain := func(text string) string { return strings.ReplaceAll(language.Text(text), "`", "'") }
	shown := func(text string) string { return cell(language.Text(text)) }
	say("### %s: %s\n", f.Clause, plain(f.Title))
	say("%s\n\n| | |\n|---|---|\n| level | %s |\n| want | %s |\n| got | %s |\n| target | %s |", language.Text(f.statement), language.Text(string(f.Level)), shown(f.Want), shown(f.Got), cell(url))
	if n := len(f.Others); n > 0 {
		say("| cases | %d |", n+1)
	}
	if f.impact != "" {
		say("\nImpact: %s", language.Text(f.impact))
	}
	if f.fix != "" {
		say("\nFix: %s", language.Text(f.fix))
	}
	if f.Again != "" {
		say("\n```sh\n%s\n```", strings.ReplaceAll(f.Again, "```", "'''"))
	}
	return b.String()
}
