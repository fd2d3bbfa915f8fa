// Package rotation finds the files that a log which is followed has been: those that came to stand under its name and were
// renamed since, in their order, and how many of them are gone.
//
// Where the system tells of changes in a folder (Linux), every file that has stood under the name is known, however short
// the time was and whatever it is called since. Elsewhere, and on file systems of which no such word comes, the folder is
// searched for rotated files that are new.
//
// Nothing about it is promised to importers; package runner says what is.
package rotation
