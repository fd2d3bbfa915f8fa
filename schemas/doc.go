// Package schemas holds the types of our own files and of what is exchanged with a target (profile, clauses, target,
// exchange, report), each with the JSON Schema that it mirrors. Package file reads such files, package body the answers.
//
// What is exported here is promised: it changes only with a major version.
package schemas
