// Package transport carries exchanges to a target: over a pool of connections, over one of their own, or as raw bytes. It
// bounds what is read and held of answers, sets every request a deadline, names what went wrong, finds the pace that a
// target takes, and limits how much is on the way at once. It knows nothing of cases and of what is right.
//
// Nothing about it is promised to importers; package runner says what is.
package transport
