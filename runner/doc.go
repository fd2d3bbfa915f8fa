// Package runner is the hands: it reads the target file, sends the plan over the network, and keeps what came back.
//
// It is the only package with a network and the only one with concurrency. It knows nothing of what is right: the
// book in package suites makes every request and judges every answer. Targets are not trusted: whatever one does,
// every request ends within its deadline, and memory stays bounded.
package runner
