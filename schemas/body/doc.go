// Package body reads the bodies of answers: what they are at first sight ([Sniff]), the envelope in them ([Open]) with
// its flaws, and whether that has the shape that a profile documents ([NewShapes]). JSON and XML of answers are read here
// only. It knows nothing of what is right for a given request; that is the business of the book.
//
// Nothing about it is promised to importers; package runner says what is.
package body
