// Package wording puts findings into words for people: short lines of plain text in which nothing that came from a
// target can move a cursor, hide, or fill the screen.
//
// It knows no terminal and no test framework; the one who shows a finding (a spec that fails, the terminal, JUnit) takes
// the words from here, so that a finding reads the same everywhere.
//
// Nothing about it is promised to importers; package runner says what is.
package wording
