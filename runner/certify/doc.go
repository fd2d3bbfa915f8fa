// Package certify makes certificates of runs that a third party can check, and checks them.
//
// A certificate is a folder: what was tested (subject.json), the report, the transcript it was judged from, forms of both
// for people, and an in-toto attestation, signed, that pins them all. Nothing here sends anything: a run and its transcript
// are handed in, and the reader of a certificate judges the transcript again.
//
// Nothing about it is promised to importers; package runner says what is.
package certify
