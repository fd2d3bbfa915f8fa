// Package redact takes secrets out of everything that is shown or written: requests, answers, findings, and the line for
// the shell that sends a request again.
//
// Nothing about it is promised to importers; package runner says what is.
package redact
