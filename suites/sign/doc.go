// Package sign computes the signatures of the three request styles: rpc and roa with HMAC-SHA1, acs3 with
// HMAC-SHA256.
//
// It knows strings and keys only: no requests, no clock, no network. Both sides use it, the one who signs and the one who
// checks, and so it is pinned to the published vectors rather than to itself.
//
// Nothing about it is promised to importers; package runner says what is.
package sign
