// Package reference is the right server: for every profile one that answers each request, sound or not, as the
// profile's document says. It verifies signatures for real, keeps nonces and client tokens, and whatever arrives is
// answered in the envelope, also what Go's HTTP server would refuse by itself in plain text.
//
// It stands on its own as a mock for people who test clients: [New] with a profile, [Server.Start], and
// [Server.Target] for the keys and actions it knows. Package mutants lists the same server with one thing wrong, and
// package oddities with one legal peculiarity; they are what the suite is tested with, and [With] makes one of them.
//
// What is exported here is promised: it changes only with a major version.
package reference
