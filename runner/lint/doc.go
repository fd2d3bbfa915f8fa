// Package lint judges captured traffic: logs of answers as JSON Lines, HAR files, and the transcripts of runs. It sends
// nothing.
//
// Of captured traffic only the universal rules speak: nobody knows what was wrong in a request. A transcript knows, and
// is judged as its run was.
//
// Nothing about it is promised to importers; package runner says what is.
package lint
