// Package mock serves several products on one port by the reference server of each: a request goes to the product that it
// names, and an operation answers with its published sample, made fit for use.
//
// Nothing about it is promised to importers; package runner says what is.
package mock
