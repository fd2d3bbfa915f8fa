package lang

// fixtureTexts returns the texts of clauses, conditions, errata and sources: English, and their translation.
func fixtureTexts() map[string]string { return nil }
