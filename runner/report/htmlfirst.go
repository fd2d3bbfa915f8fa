package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/acsconform/acsconform/runner/internal/lang"
	"github.com/acsconform/acsconform/schemas"
)

// htmlTodo is one thing to do: the causes by which one clause is broken in a run, with the share of the failed cases that they
// explain.
type htmlTodo struct {
	Statement, Clause, Run, Fix string
	Same                        string // an earlier thing to do that explains the very same cases: it is probably one fault
	Level                       schemas.Level
	Outcome                     schemas.Outcome
	Causes                      []htmlCause // the first are shown
	More                        int         // further causes
	Cases, Failed, Wide         int         // Wide in thousandths

	names []string // of the cases
}

// htmlCause is one answer by which a clause is broken.
type htmlCause struct {
	ID, Title, Want, Got string
	Cases                int
}

const (
	mostTodo   = 12 // things to do that the list at the top has. The others follow below, in their runs.
	mostCauses = 3  // causes of each that are shown
)

// todo ranks what is to be done in all runs: what fails a run before what warns, then by the cases that it explains.
func todo(runs []htmlRun) []htmlTodo {
	var all []htmlTodo
	for i := range runs {
		all = append(all, todoOf(&runs[i])...)
	}
	slices.SortStableFunc(all, func(a, b htmlTodo) int {
		return cmp.Or(cmp.Compare(rankOf(a.Outcome), rankOf(b.Outcome)), b.Cases-a.Cases)
	})
	for i := range all {
		earlier := slices.IndexFunc(all[:i], func(t htmlTodo) bool { return t.Run == all[i].Run && slices.Equal(t.names, all[i].names) })
		if earlier >= 0 {
			all[i].Same = all[earlier].Clause
		}
	}
	return all[:min(mostTodo, len(all))]
}

// todoOf returns what is to be done in a run, a thing for each clause.
func todoOf(r *htmlRun) []htmlTodo {
	failed := r.Counts.Broken + r.Counts.Warned
	var all []htmlTodo
	for _, f := range r.Findings {
		if f.Outcome == schemas.Known || failed == 0 {
			continue
		}
		at := slices.IndexFunc(all, func(t htmlTodo) bool { return t.Clause == f.Clause && t.Outcome == f.Outcome })
		if at < 0 {
			at = len(all)
			all = append(all, htmlTodo{Statement: cmp.Or(f.statement, f.Title), Clause: f.Clause, Fix: f.fix, Level: f.Level, Outcome: f.Outcome, Failed: failed,
				Run: fmt.Sprintf("%s/%s%s", r.Target.Profile, r.Target.Style, r.Nth)})
		}
		t := &all[at]
		t.Causes = append(t.Causes, htmlCause{f.ID, f.Title, f.Want, f.Got, 1 + len(f.Others)})
		t.Cases += 1 + len(f.Others)
		t.names = append(t.names, f.Title)
		for _, other := range f.Others {
			t.names = append(t.names, other.Text)
		}
	}
	for i := range all {
		t := &all[i]
		slices.SortStableFunc(t.Causes, func(a, b htmlCause) int { return b.Cases - a.Cases })
		slices.Sort(t.names)
		t.Wide, t.More = min(1000, t.Cases*1000/failed), max(0, len(t.Causes)-mostCauses)
		t.Causes = t.Causes[:len(t.Causes)-t.More]
	}
	return all
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
