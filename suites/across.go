package suites

// Across is what a rule of the whole run compares across answers. A reader of traffic that never ends cannot hold the whole
// run, so it counts what the rule declares, and reports it by the rule's clause.
type Across int

// What rules compare across answers.
const (
	Nothing     Across = iota
	UniqueIDs          // no id of an answer comes again
	LetterCases        // ids are in one letter case
	ResultData         // no error carries what the successes of its call carry
)

// AcrossClause returns the clause of the rule of the book that compares it.
func AcrossClause(a Across) string {
	if clauses := ruled(func(r *Rule) bool { return r.Across == a }); len(clauses) > 0 {
		return clauses[0]
	}
	return ""
}
