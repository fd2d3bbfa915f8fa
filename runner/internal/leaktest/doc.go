// Package leaktest finds secrets in what was written down, in plain or coded, and has a server that does its worst to have
// them written down. It is for tests.
package leaktest
