package selftest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"slices"
	"time"

	"github.com/acsconform/acsconform/schemas"
)

// Summary is what a self-test found: how many servers were tried, and on which the suite was wrong.
type Summary struct {
	Results []Result
	Seconds float64
}

// Run makes the trials and sums them up. Progress, when not nil, is told how many are done; its calls do not overlap.
func Run(ctx context.Context, trials []Trial, progress func(done, total int)) Summary {
	started := time.Now()
	results := each(ctx, trials, progress)
	return Summary{Results: results, Seconds: time.Since(started).Seconds()}
}

// Misses returns the results that are not as they must be.
func (s Summary) Misses() []Result {
	return slices.DeleteFunc(slices.Clone(s.Results), func(r Result) bool { return r.Miss == "" })
}

// Counts counts the right servers, mutants and oddities tried, each variant as often as it was tried.
func (s Summary) Counts() (right, mutants, oddities int) {
	for _, r := range s.Results {
		switch {
		case r.Trial.Variant == nil:
			right++
		case r.Trial.Oddity:
			oddities++
		default:
			mutants++
		}
	}
	return right, mutants, oddities
}

// Row is one line of the matrix: a clause, and the mutants that break it.
type Row struct {
	Clause string
	Caught []string
	Missed []string
}

// Matrix returns, clause by clause in the order of the clauses, which mutants were caught by it.
func (s Summary) Matrix(clauses []schemas.Clause) []Row {
	rows := make([]Row, 0, len(clauses))
	for _, c := range clauses {
		row := Row{Clause: c.ID}
		for _, r := range s.Results {
			v := r.Trial.Variant
			if v == nil || r.Trial.Oddity || v.Clause != c.ID {
				continue
			}
			list := &row.Caught
			if r.Miss != "" {
				list = &row.Missed
			}
			if !slices.Contains(*list, v.Name) {
				*list = append(*list, v.Name)
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// Verdict describes it in one line.
func (s Summary) Verdict() string {
	right, mutants, oddities := s.Counts()
	misses := len(s.Misses())
	if misses == 0 {
		return fmt.Sprintf("every mutant caught (%d), every oddity let pass (%d), %d right servers conformant", mutants, oddities, right)
	}
	return fmt.Sprintf("%d of %d servers judged wrongly (%d mutants, %d oddities, %d right)", misses, len(s.Results), mutants, oddities, right)
}

// Digest is the SHA-256 of which servers were tried and what was found of each.
func (s Summary) Digest() string {
	sum := sha256.New()
	for _, r := range s.Results {
		_, _ = fmt.Fprintln(sum, r.Trial, r.Found, r.Miss)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// Report returns the summary as report.json carries it.
func (s Summary) Report() *schemas.Selftest {
	right, mutants, oddities := s.Counts()
	report := &schemas.Selftest{Digest: s.Digest(), Right: right, Mutants: mutants, Oddities: oddities, Misses: []string{}}
	for _, r := range s.Misses() {
		report.Misses = append(report.Misses, r.Trial.String()+": "+r.Miss)
	}
	return report
}

// Sampled takes the right server of every profile and style, and each variant once, in a profile and style that its name
// decides, so that a new variant changes nothing for the others. Those that are generated are left out. A mutant is sent
// all variants of the cases of its clause, and one of each other case, since these are to find nothing in it; what may not
// be judged wrongly, right servers and oddities, is sent the whole plan.
func Sampled(trials []Trial) []Trial {
	var names []string
	where := map[string][]Trial{}
	var some []Trial
	for _, t := range trials {
		if t.Variant == nil {
			some = append(some, t)
			continue
		}
		if t.Variant.Generated {
			continue
		}
		name := t.Variant.Name
		if where[name] == nil {
			names = append(names, name)
		}
		where[name] = append(where[name], t)
	}
	for _, name := range names {
		t := where[name][lot(name)%len(where[name])]
		if t.isMutant() {
			t.Own, t.Turn = true, 1+lot(name)%maxTurn
		}
		some = append(some, t)
	}
	return some
}

// maxTurn bounds the turn that the name of a variant decides.
const maxTurn = 1000

// lot is a number that the name of a variant decides.
func lot(name string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	return int(h.Sum32() >> 1)
}
