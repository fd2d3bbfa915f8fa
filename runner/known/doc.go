// Package known holds runs against a list of known failures: what is on it no longer fails a run, and the list itself
// fails one when it has become wrong. It reads and writes such lists; nothing is sent and nothing is judged here.
//
// Nothing about it is promised to importers; package runner says what is.
package known
