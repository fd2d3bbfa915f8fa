// Package schemas holds the types of our own files and of what is exchanged with a target (profile, clauses, target,
// exchange, report), each with the JSON Schema that it mirrors. Package file reads such files, package body the answers.
//
// The types of the target file and of the report are promised: they change only with a major version.
package schemas
