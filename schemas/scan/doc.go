// Package scan reads bodies and lines of JSON in one pass that allocates nothing. It proves the common case sound and
// says "not accepted" of everything else: that is no verdict, and the one who asks then reads with package schemas.
//
// What it accepts, schemas.Open reads without a flaw and with the same members.
//
// Nothing about it is promised to importers; package runner says what is.
package scan
