// Package schemas holds the shapes: the envelopes a server answers in, and our own files (profile, clauses,
// target, exchange, report), each as a JSON Schema with the Go type that mirrors it.
//
// It is the only package that uses gojsonschema and the only one that reads XML. It knows nothing of what is
// right for a given request; that is the book's business.
//
// What is exported here is promised: it changes only with a major version.
package schemas
