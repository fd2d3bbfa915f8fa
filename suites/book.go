package suites

import (
	"slices"
	"sync"
)

// Book returns the chapters in the order they are read. It is made anew at each call; nothing of it is shared.
func Book() []Chapter {
	return []Chapter{
		statusChapter(), envelopeChapter(), tableChapter(), formatChapter(), acceptChapter(), requestIDChapter(),
		parametersChapter(), timestampChapter(), nonceChapter(), signatureChapter(), credentialsChapter(),
		methodChapter(), routingChapter(), ownerChapter(), bodyChapter(), idempotencyChapter(), recipesChapter(),
		operationsChapter(), hostileChapter(), lookalikesChapter(), combinedChapter(), clientChapter(), throttlingChapter(),
	}
}

// chapters returns the book that all plans and judges read and nobody changes, made once: every name in it asks the runtime
// for its place. Book makes one that its caller may change.
func chapters() []Chapter {
	made.once.Do(func() { made.chapters = Book() })
	return made.chapters
}

var made struct {
	once     sync.Once
	chapters []Chapter
}

// CaseNames lists the names of the cases of the book.
func CaseNames() (names []string) {
	for _, chapter := range chapters() {
		for i := range chapter.Cases {
			names = append(names, chapter.Cases[i].Name.Text)
		}
	}
	return names
}

// Everything are all other clauses, in the place of those that explain what a rule finds.
const Everything = "*"

// Explains reports whether findings of a clause explain those of another one, and are to be shown before them.
func Explains(clause, another string) bool {
	return clause != another && slices.Contains(ruled(func(r *Rule) bool {
		return slices.Contains(r.Behind, clause) || slices.Contains(r.Behind, Everything)
	}), another)
}

// ruled returns the clauses of the rules of the book that declare something, each once, in the order of the book.
func ruled(declares func(*Rule) bool) (clauses []string) {
	for _, chapter := range chapters() {
		for i := range chapter.Rules {
			if r := &chapter.Rules[i]; declares(r) && !slices.Contains(clauses, r.Clause) {
				clauses = append(clauses, r.Clause)
			}
		}
	}
	return clauses
}
