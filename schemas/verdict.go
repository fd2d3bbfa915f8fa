package schemas

import (
	"fmt"
	"slices"
	"strings"
)

// Partial describes what keeps a run in which nothing is broken from being conformant.
type Partial struct {
	Unexercised int // MUST clauses that nothing exercised
	LeftOut     int // cases that a filter or the target file leaves out
	Known       int // cases that are on the list of known failures
	known       int // of them, those that break a MUST
}

// Partial returns what the run lacks. It is the same whether the report has complete or, being older, has not.
func (r *Run) Partial() Partial {
	p := Partial{LeftOut: r.LeftOut, Known: r.Counts.Known}
	for _, c := range r.Clauses {
		if c.Level == Must && (c.State == Unexercised || c.State == string(Skipped)) {
			p.Unexercised++
		}
	}
	for i := range r.Cases {
		if r.Cases[i].Outcome == Known && r.Cases[i].breaksMust() {
			p.known++
		}
	}
	return p
}

// None reports whether nothing is lacking: every MUST was exercised, and none is on the list of known failures.
func (p Partial) None() bool { return p.Unexercised == 0 && p.LeftOut == 0 && p.known == 0 }

// add returns the sum of both counts.
func (p Partial) add(other Partial) Partial {
	return Partial{p.Unexercised + other.Unexercised, p.LeftOut + other.LeftOut, p.Known + other.Known, p.known + other.known}
}

func (c *CaseResult) breaksMust() bool {
	return slices.ContainsFunc(c.Findings, func(f Finding) bool { return f.Level == Must })
}

// Summary returns the verdict for people: "conformant" only where every MUST was exercised and kept, else "nothing broken
// (partial: 18 MUST not exercised)" or "no new failures (17 known)". A run that is non-conformant or inconclusive is so in
// its own word.
func (r *Run) Summary() string { return summary(r.Verdict, r.Partial()) }

// Summary returns the verdict for people, as that of a run. What several runs lack is added up.
func (r *Report) Summary() string {
	var sum Partial
	for i := range r.Runs {
		sum = sum.add(r.Runs[i].Partial())
	}
	return summary(r.Verdict, sum)
}

func summary(v Verdict, p Partial) string {
	if v != Conformant || p.None() {
		return string(v)
	}
	word, lacks := "nothing broken", []string{}
	if p.known > 0 {
		word, lacks = "no new failures", append(lacks, fmt.Sprintf("%d known", p.Known))
	}
	switch {
	case p.Unexercised > 0:
		lacks = append(lacks, fmt.Sprintf("partial: %d MUST not exercised", p.Unexercised))
	case p.LeftOut == 1:
		lacks = append(lacks, "partial: 1 case left out")
	case p.LeftOut > 1:
		lacks = append(lacks, fmt.Sprintf("partial: %d cases left out", p.LeftOut))
	}
	return word + " (" + strings.Join(lacks, "; ") + ")"
}

// Green reports whether the run is conformant without a reservation, so that it may be shown in green.
func (r *Run) Green() bool { return r.Summary() == string(Conformant) }

// Green reports whether every run of the report is conformant without a reservation.
func (r *Report) Green() bool { return r.Summary() == string(Conformant) }
