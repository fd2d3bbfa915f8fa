package redact

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
