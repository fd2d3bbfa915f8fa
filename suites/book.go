package suites

// Book gives the chapters in the order they are read. It is made anew at each call; nothing of it is shared.
func Book() []Chapter {
	return []Chapter{
		statusChapter(), envelopeChapter(), tableChapter(), formatChapter(), acceptChapter(), requestIDChapter(),
		parametersChapter(), timestampChapter(), nonceChapter(), signatureChapter(), credentialsChapter(),
		methodChapter(), routingChapter(), ownerChapter(), bodyChapter(), idempotencyChapter(), recipesChapter(),
		hostileChapter(), clientChapter(), throttlingChapter(),
	}
}
