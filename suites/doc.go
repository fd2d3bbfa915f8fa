// Package suites is the book: the rules a server is judged by, and the cases that provoke it to break them.
//
// It has no I/O and no clock. [Plan] says what to send, [Planned.Craft] makes the requests, [Judge] and [JudgeRun]
// say what the answers break; who sends, when, and how often is somebody else's business.
package suites
