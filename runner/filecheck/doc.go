// Package filecheck checks the files that users write, whatever kind each is of, and says what is wrong with them, a line
// for each fault.
//
// Nothing about it is promised to importers; package runner says what is.
package filecheck
