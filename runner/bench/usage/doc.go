// Package usage measures what processes take of the machine. It is for the benchmarks.
//
// Nothing about it is promised to importers; package runner says what is.
package usage
