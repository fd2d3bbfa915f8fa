// Package wire does what net/http cannot: it answers in the words of the caller what net/http would refuse by itself in plain
// text, follows the bytes of a connection to see a body that is longer than its Content-Length, closes or resets a
// connection without an answer, and answers plain HTTP where TLS is spoken. It knows nothing of the convention.
//
// Nothing about it is promised to importers; package runner says what is.
package wire
