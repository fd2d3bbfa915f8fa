package suites

import "sync"

// Book returns the chapters in the order they are read. It is made anew at each call; nothing of it is shared.
func Book() []Chapter {
	return []Chapter{
		statusChapter(), envelopeChapter(), tableChapter(), formatChapter(), acceptChapter(), requestIDChapter(),
		parametersChapter(), timestampChapter(), nonceChapter(), signatureChapter(), credentialsChapter(),
		methodChapter(), routingChapter(), ownerChapter(), bodyChapter(), idempotencyChapter(), recipesChapter(),
		operationsChapter(), hostileChapter(), lookalikesChapter(), clientChapter(), throttlingChapter(),
	}
}

// chapters is the book, made once for all plans and judges, which only read it: every name in it asks the runtime for its
// place. Book makes one that its caller may change.
var chapters = sync.OnceValue(Book)
