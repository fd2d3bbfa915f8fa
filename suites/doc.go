// Package suites is the book: the rules a server is judged by, and the cases that provoke it to break them.
//
// It has no I/O and no clock. [Plan] says what to send, [Planned.Craft] makes the requests, [Judge.Case]
// and [Judge.Run] say what the answers break; who sends, when, and how often is somebody else's business.
//
// Of what is exported here [Plan], [Planned], [Brief] and [Judged] are promised: they change only with a major version.
// The rest is the book's own language, and grows with it.
package suites
