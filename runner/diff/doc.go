// Package diff tells what changed between two runs of the suite: a run that was taken for good, BASE, and a new one.
//
// It compares two reports, or two targets that it sends the same plan to at the same time. It judges nothing: what is
// right was said in the runs. What came from a target is shown as plain text, whatever it tried.
//
// Nothing about it is promised to importers; package runner says what is.
package diff
