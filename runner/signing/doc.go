// Package signing explains the signature of a request step by step, and names the mistake by which another signature of it,
// or what that signature was made of, differs.
//
// It signs nothing by rules of its own: every right text is that of suites/sign, and every wrong one is a right one with a
// known mistake made in it.
//
// Nothing about it is promised to importers; package runner says what is.
package signing
