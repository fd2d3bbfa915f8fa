// Package scan reads bodies and lines of JSON in one pass that allocates nothing. It proves the common case sound and
// reports "not accepted" of everything else: that is no verdict, and such a body is for package body to read.
//
// What it accepts, body.Open reads without a flaw and with the same members, but for pages of HTML: those are none to it.
//
// Nothing about it is promised to importers; package runner says what is.
package scan
