// Package embedtest holds tests that embed the suite as a stranger does: in modules made for the purpose, which see of
// this one what any other module sees. There is nothing in it to import.
//
// Nothing about it is promised to importers; package runner says what is.
package embedtest
