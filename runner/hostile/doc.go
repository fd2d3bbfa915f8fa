// Package hostile is a set of servers that behave badly on purpose: silent ones, endless ones, bombs, garbage. The one who
// tests servers meets them sooner or later, and must end in time, in bounded memory, and say what was met.
//
// Each is in front of a right server. It either behaves badly always, or lets through what the right server serves, so
// that a client takes it for sound at first. It knows nothing of the convention beyond that.
//
// Nothing about it is promised to importers; package runner says what is.
package hostile
