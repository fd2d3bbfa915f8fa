// Package gateways puts the reference server behind real gateways, each in the configuration that tutorials show and
// in one that a careful person would write, and finds out what of the convention survives. It starts programs that are
// installed on the machine, on loopback and in folders of their own, and ends them.
//
// Nothing about it is promised to importers; package runner says what is.
package gateways
