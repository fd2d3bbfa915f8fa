// Package doctor finds what keeps a target from being tested, or from being tested in full, and says what to do first.
//
// Nothing about it is promised to importers; package runner says what is.
package doctor
