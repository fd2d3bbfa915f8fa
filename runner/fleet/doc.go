// Package fleet is the root of the module of conform-fleet, which tests many targets in rounds. Its packages:
//
//	plan     reads fleet files: which targets there are, and what travels to the workers
//	store    the database: River's jobs and our results in one, on SQLite or PostgreSQL
//	work     tests one target, and makes a result of its report
//	round    begins rounds when they are due, and ends them
//	outcome  what a round found: causes over all targets, reports, differences
//
// Nothing about it is promised to importers; package runner says what is.
package fleet
