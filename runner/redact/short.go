package redact

import "strings"

// Named takes what is under the name of a secret out of a text that stands alone: an action, a code, the type of a body.
func Named(text string) Clean[string] {
	if isOneName(text) {
		return Clean[string]{text}
	}
	return Clean[string]{without(text, byName(text))}
}

// Host is Named for the name of a host, without user and password.
func Host(text string) Clean[string] {
	if isOneName(text) {
		return Clean[string]{text}
	}
	shown := Named(text).Value()
	end := len(shown)
	if i := strings.IndexAny(shown, "/?#"); i >= 0 {
		end = i
	}
	if i := strings.LastIndexByte(shown[:end], '@'); i >= 0 {
		shown = hidden + shown[i:]
	}
	return Clean[string]{shown}
}

// Address is Host for a URL, or what was written in the place of one.
func Address(text string) Clean[string] {
	if !strings.Contains(text, "://") {
		return Host(text)
	}
	return Clean[string]{withoutUser(Named(text).Value())}
}

// isOneName reports whether a text is a name alone, as most are: it has no value.
func isOneName(text string) bool {
	for i := range len(text) {
		if !isNameByte(text[i]) {
			return false
		}
	}
	return true
}
