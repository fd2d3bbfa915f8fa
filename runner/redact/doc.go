// Package redact takes secrets out of everything that is shown or written: requests, answers, findings, and the line for
// the shell that sends a request again.
package redact
