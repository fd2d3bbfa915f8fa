// Package metadata reads the API metadata that a product publishes, and makes a profile and a list of operations of it.
//
// Nothing about it is promised to importers; package runner says what is.
package metadata
