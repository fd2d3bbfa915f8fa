// Package report tells people and machines what a run found: report.json, junit.xml and the summary on the terminal.
//
// Everything is made from a [schemas.Report] and the clauses; nothing is judged here. What came from a target is
// shown as plain text, whatever it tried.
//
// Nothing about it is promised to importers; package runner says what is.
package report
