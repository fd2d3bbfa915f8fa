package redact

import "strings"

// A Clean is a value that has passed the redactor. Only this package makes one, so that a writer that takes it cannot be
// handed what an answer said as it came.
type Clean[T any] struct{ value T }

// Value returns what can be shown.
func (c Clean[T]) Value() T { return c.value }

// Values returns what can be shown of a list.
func Values[T any](list []Clean[T]) []T {
	var out []T
	for _, c := range list {
		out = append(out, c.value)
	}
	return out
}

// Map returns what a function makes of a clean value: nothing gets into it from elsewhere but what the function brings.
func Map[T any](c Clean[T], f func(T) T) Clean[T] { return Clean[T]{f(c.value)} }

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
